"""The Content Security Policy and referrer policy of pages. In: a finished page's HTML; out: the same with its policy in the head.

Content Security Policy Level 3, in a `meta` element, because many static hosts set no headers. It allows only what pages
need from their own site. Inline scripts run only if their hash is known here; a page with any other is reported by name
and the build fails.
"""

import base64
import hashlib
import re
from collections.abc import Iterator

SCHEME = 'try{var s=localStorage.getItem("lt-scheme");if(s)document.documentElement.dataset.scheme=s}catch(e){}'
"""Our inline script: sets the reader's colour scheme before anything is drawn."""
THEME = {
    "base": "sha256-pSM75uI3oM5V7J3l+aJQFeQxRmLeuewxE4kolwqUVa8=",
    "content": "sha256-/8wPdzX9q0NNJXyA5lzsLojXFpkeaXVxhbfkUOQaWy8=",
    "palette": "sha256-DrEMJJ29sL7vIloQzly+VUGMxKcBTMII+OfW7Y8AkG4=",
}
"""Hashes of the theme's inline scripts by template, with @ for the relative path to the site's root. `tests/pages/test_policy.py`
fails if the installed theme has others; review what changed before you copy them."""

_HEAD = '<meta charset="utf-8">'
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script", re.DOTALL | re.IGNORECASE)
_NOT_INLINE = re.compile(r'\s(?:src="|type="application/(?:ld\+)?json")')  # a file, which `'self'` judges; or data
_ROOT = re.compile(r'(?<=new URL\(")[\w./~%:-]*(?=",location\))')
_ALL = {"default-src": "'none'", "style-src": "@", "img-src": "@", "base-uri": "'none'", "form-action": "'none'"}
_SCRIPTED = {"img-src": "@ data:", "connect-src": "@", "worker-src": "@"}  # the theme's icons, its search; explore
_REFERRER = "strict-origin-when-cross-origin"  # a source may know which site sent a reader, not which page


def put(text: str, address: str) -> str:
    """Insert the policy before everything that it governs; raises ValueError if the head is not as expected.

    A site without an address may be opened from a folder, where some browsers do not count files as `'self'`.
    """
    if _HEAD not in text:
        raise ValueError(f"a page has no {_HEAD}")
    own = "'self'" if address else "'self' file:"
    rules = "; ".join(f"{name} {value.replace('@', own)}" for name, value in _rules(text).items())
    policy = f'<meta http-equiv="Content-Security-Policy" content="{rules}">'
    return text.replace(_HEAD, f'{_HEAD}\n{policy}\n<meta name="referrer" content="{_REFERRER}">', 1)


def unknown(text: str) -> Iterator[str]:
    """Yield the inline scripts of a page whose hash is unknown."""
    known = {digest(SCHEME), *THEME.values()}
    yield from (script for script in _inline(text) if digest(_ROOT.sub("@", script)) not in known)


def digest(script: str) -> str:
    """The hash of a script's text, as written in a policy."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def _inline(text: str) -> Iterator[str]:
    yield from (script[2] for script in _SCRIPT.finditer(text) if not _NOT_INLINE.search(script[1]))


def _rules(text: str) -> dict[str, str]:
    if "<script" not in text:
        return _ALL
    strange = list(unknown(text))
    hashes = [f"'{digest(script)}'" for script in _inline(text) if script not in strange]
    return _ALL | _SCRIPTED | {"script-src": " ".join(["@", *hashes])}
