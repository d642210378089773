"""The publisher's contact: read, refused if unusable, and turned into a link with a fact's id."""

import pytest

from scripts.pages import contact
from scripts.problem import Problems

FORM = "https://example.org/new?title={id}&labels=fact"


@pytest.mark.parametrize(("given", "id_", "href"), [
    ("", "x", ""),
    (" desk@example.org ", "yunji-revenue-2018", "mailto:desk@example.org?subject=yunji-revenue-2018"),
    ("desk@example.org", "", "mailto:desk@example.org"),
    ("a&b?c@example.org", "x", "mailto:a%26b%3Fc@example.org?subject=x"),
    (FORM, "yunji-revenue-2018", "https://example.org/new?title=yunji-revenue-2018&labels=fact"),
    (FORM, "", "https://example.org/new?title=&labels=fact"),
    (FORM, "a&b", "https://example.org/new?title=a%26b&labels=fact"),
])  # fmt: skip
def test_a_contact_becomes_a_mail_or_form_link_with_the_id(given: str, id_: str, href: str):
    assert contact.link(contact.read(given), id_) == href


@pytest.mark.parametrize(("given", "fault"), [
    ("desk", "is not an http(s) address"),
    ("desk@localhost", "is not a mail address"),
    ("desk@", "is neither a mail address nor an http(s) address"),
    ("javascript:alert({id})", "is not an http(s) address"),
    ("https://intranet/{id}", "is not a public http(s) address; intranet is not the name of a public host"),
    ("https://example.org/new", "has no place for a fact's id; write {id} there, as in https://example.org/new?title={id}"),
    ('https://example.org/"{id}', "is not an http(s) address; write the host in ASCII, and percent-encode other characters after it"),
])  # fmt: skip
def test_an_unusable_contact_is_refused(given: str, fault: str):
    with pytest.raises(Problems) as found:
        contact.read(given)
    assert [str(problem) for problem in found.value.all] == [f"CONTACT:1: {given!r} {fault}"]
