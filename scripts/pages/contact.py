"""How readers say that something is wrong: the way that the publisher names. In: `CONTACT`, a fact's id; out: an address.

The way is a mail address, or the address of a form with `{id}` where the id of the fact goes.
"""

import re
import urllib.parse

from ..problem import Problem, Problems
from ..reading import addresses

ID = "{id}"
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?P<host>[^@/\s]+)")  # WHATWG HTML, valid e-mail address


def read(text: str) -> str:
    """A contact as it can be published, or nothing where none is named; raises `Problems` for what nobody could reach."""
    text = text.strip()
    mail = _MAIL.fullmatch(text)
    if mail:
        fault = "is not an address for mail" if addresses.fault(f"https://{mail['host']}") else ""
    else:
        fault = addresses.fault(text.replace(ID, "id"))
        if not fault and ID not in text:
            fault = (
                f"does not say where the id of a fact goes; write {ID} there, as in https://example.org/new?title={ID}"
            )
        elif fault and "@" in text:
            fault = "is neither an address for mail nor an http(s) address"
    if text and fault:
        raise Problems([Problem("CONTACT", 1, f"{text!r} {fault}")])
    return text


def link(contact: str, fact_id: str = "") -> str:
    """Where a reader reports a fact, or anything; empty where the publisher names no way."""
    if ID in contact:
        return contact.replace(ID, urllib.parse.quote(fact_id, safe=""))
    subject = f"?subject={urllib.parse.quote(fact_id)}" if fact_id else ""
    return contact and f"mailto:{urllib.parse.quote(contact, safe='@')}{subject}"
