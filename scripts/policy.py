"""What a page may load, run and tell. In: a finished page's HTML; out: the same with its policy in the head.

Content Security Policy Level 3, in a `meta` element, because a static host may let nobody set headers. Nothing is
allowed but what the pages need of their own site; scripts that stand in a page run by the hash of their text.
"""

import base64
import hashlib
import re

_HEAD = '<meta charset="utf-8">'
_INLINE = re.compile(r"<script(?![^>]*\s(?:src|type)=)[^>]*>(.*?)</script>", re.DOTALL)
_ALL = {"default-src": "'none'", "style-src": "@", "img-src": "@", "base-uri": "'none'", "form-action": "'none'"}
_SCRIPTED = {"img-src": "@ data:", "connect-src": "@", "worker-src": "@"}  # the theme's icons, its search; explore
_REFERRER = "strict-origin-when-cross-origin"  # a source may know which site sent a reader, not which page


def put(text: str, address: str) -> str:
    """A page with its policy before all that the policy governs; raises ValueError where its head is not as known.

    A site without an address may be opened from a folder, where not every browser takes a file for the page's own.
    """
    if _HEAD not in text:
        raise ValueError(f"a page has no {_HEAD}")
    own = "'self'" if address else "'self' file:"
    rules = "; ".join(f"{name} {value.replace('@', own)}" for name, value in _rules(text).items())
    policy = f'<meta http-equiv="Content-Security-Policy" content="{rules}">'
    return text.replace(_HEAD, f'{_HEAD}\n{policy}\n<meta name="referrer" content="{_REFERRER}">', 1)


def _rules(text: str) -> dict[str, str]:
    if "<script" not in text:
        return _ALL
    digests = [hashlib.sha256(script.encode()).digest() for script in _INLINE.findall(text)]
    hashes = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
    return _ALL | _SCRIPTED | {"script-src": " ".join(["@", *hashes])}
