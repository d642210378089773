import pytest

from scripts.reading import addresses

PUBLIC = [
    "https://example.org", "http://example.org/", "HTTPS://Example.ORG/a?b=c&d#e", "https://example.org:8443/云",
    "https://xn--fiqs8s.xn--fiqs8s/", "https://a_b.example.org/%E4%BA%91(1)", "http://1.1.1.1/", "https://example.org?a",
]  # fmt: skip
UNUSABLE = {
    "scheme": ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "ftp://example.org/", "htp://example.org/",
               "//example.org/", "example.org", "/a", "", "https:", "https://", "https:///a", "http:example.org", " https://example.org"],
    "user": ["https://user@example.org/", "https://example.org\\@localhost/", "https://example.org:x@127.0.0.1/"],
    "letters": ["https://example.org/a b", "https://example.org/\\a", "https://example.org/<b>",
                'https://example.org/"onclick="a', "https://example.org/\na", "https://example.org/%zz", "https://example.org:0/",
                "https://example.org:65536/", "https://例え.jp/", "http://１２７.0.0.1/", "https://example.org:/", "http://[::1/"],
    "host": ["http://localhost/", "http://example/", "http://127.0.0.1:22/", "http://127.1/", "http://2130706433/", "http://0x7f.1/",
             "http://0177.0.0.1/", "http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/",
             "http://100.64.0.1/", "http://0.0.0.0/", "http://[::1]/", "http://[fe80::1]/", "http://[fd00::1]/", "http://[::ffff:127.0.0.1]/",
             "http://printer.local/", "http://a.internal/", "http://router.home.arpa/", "http://a.localhost/", "http://a..org/",
             "http://-a.org/", "http://example.org../", "http://localhost./"],
}  # fmt: skip
MESSAGES = {
    "scheme": "is not an http(s) address",
    "user": "is not an http(s) address to publish; remove the user information before the @",
    "letters": "is not an http(s) address; write the host in ASCII, and percent-encode other characters after it",
    "host": "is not a public http(s) address; ",
}


@pytest.mark.parametrize("text", PUBLIC)
def test_public_http_address_has_no_fault(text: str):
    assert addresses.fault(text) == addresses.malformed(text) == ""


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in UNUSABLE.items() for text in texts])
def test_unusable_address_is_reported_with_its_reason(kind: str, text: str):
    fault = addresses.fault(text)
    assert fault.startswith(MESSAGES[kind]) and (kind == "host" or fault == MESSAGES[kind])


@pytest.mark.parametrize("text", UNUSABLE["host"])
def test_local_host_is_allowed_where_nothing_is_published(text: str):
    assert addresses.malformed(text) == ""
