"""Validate addresses to link to: http(s), on hosts that every reader can reach. In: a text; out: what is wrong with it.

A browser is more lenient than a parser: it drops tabs, takes `\\` for `/`, full-width digits for digits and `0x7f.1` for
127.0.0.1 (WHATWG URL Standard, sections 3.5 and 4.4). Only addresses that both read the same are accepted.
"""

import ipaddress
import re

_ADDRESS = re.compile(r"(?is)https?://(?P<host>[^/?#]+)(?P<rest>[/?#].*)?")
_HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(:(?P<port>[0-9]{1,5}))?")
_REST = re.compile(r"""(?:[^\s\x00-\x20\x7f"'<>\\^`{|}%]|%[0-9A-Fa-f]{2})*""")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")  # a host whose last label is one is an IPv4 address
_RESERVED = ("localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa",
        "test", "invalid", "onion")  # fmt: skip
"""Endings of host names that resolve nowhere, or differently for each reader (RFC 6761, 6762, 7686, 8375; ICANN SAC 113)."""


def fault(text: str) -> str:
    """Why a text is not a public http(s) address, as a predicate to follow the text in a message; empty if it is one."""
    fault, host = _read(text)
    return fault or _private(host)


def malformed(text: str) -> str:
    """Why a text is not an http(s) address, of a private host or this machine too; empty if it is one."""
    return _read(text)[0]


def _read(text: str) -> tuple[str, str]:
    """Return why a text is not an http(s) address, or an empty text and the host in lower case."""
    match = _ADDRESS.fullmatch(text)
    if not match:
        return "is not an http(s) address", ""
    if "@" in match["host"]:
        return "is not an http(s) address to publish; remove the user information before the @", ""
    host = _HOST.fullmatch(match["host"])
    if not host or int(host["port"] or 1) not in range(1, 65536) or not _REST.fullmatch(match["rest"] or ""):
        return "is not an http(s) address; write the host in ASCII, and percent-encode other characters after it", ""
    return "", host["name"].lower()


def _private(host: str) -> str:
    labels = host.removesuffix(".").split(".")
    try:
        public = ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        named = len(labels) > 1 and all(map(_LABEL.fullmatch, labels)) and not _NUMBER.fullmatch(labels[-1])
        public = named and not any(f".{'.'.join(labels)}".endswith(f".{end}") for end in _RESERVED)
    return "" if public else f"is not a public http(s) address; {host} is not the name of a public host"
