"""How readers report a mistake to the publisher. In: `CONTACT`, a fact's id; out: a link.

A contact is a mail address, or the address of a form with `{id}` as the placeholder for the fact's id.
"""

import re
import urllib.parse

from ..problem import Problem, Problems
from ..reading import addresses

ID = "{id}"
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?P<host>[^@/\s]+)")  # WHATWG HTML, valid e-mail address


def read(text: str) -> str:
    """Return a contact stripped of blanks, empty if there is none; raises `Problems` for one that nobody could use."""
    text = text.strip()
    mail = _MAIL.fullmatch(text)
    if mail:
        fault = "is not a mail address" if addresses.fault(f"https://{mail['host']}") else ""
    else:
        fault = addresses.fault(text.replace(ID, "id"))
        if not fault and ID not in text:
            fault = f"has no place for a fact's id; write {ID} there, as in https://example.org/new?title={ID}"
        elif fault and "@" in text:
            fault = "is neither a mail address nor an http(s) address"
    if text and fault:
        raise Problems([Problem("CONTACT", 1, f"{text!r} {fault}")])
    return text


def link(contact: str, fact_id: str = "") -> str:
    """Return the link that reports a fact, or anything; empty without a contact."""
    if ID in contact:
        return contact.replace(ID, urllib.parse.quote(fact_id, safe=""))
    subject = f"?subject={urllib.parse.quote(fact_id)}" if fact_id else ""
    return contact and f"mailto:{urllib.parse.quote(contact, safe='@')}{subject}"
