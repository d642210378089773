"""What a page may load, run and tell. In: a finished page's HTML; out: the same with its policy in the head.

Content Security Policy Level 3, in a `meta` element, because a static host may let nobody set headers. Nothing is
allowed but what the pages need of their own site. Of the scripts that stand in a page those run that are known here,
by the hash of their text; any other is named, and no page with one is made.
"""

import base64
import hashlib
import re
from collections.abc import Iterator

SCHEME = 'try{var s=localStorage.getItem("lt-scheme");if(s)document.documentElement.dataset.scheme=s}catch(e){}'
"""Our own: the reader's colour scheme, before anything is drawn."""
THEME = {
    "base": "sha256-pSM75uI3oM5V7J3l+aJQFeQxRmLeuewxE4kolwqUVa8=",
    "content": "sha256-/8wPdzX9q0NNJXyA5lzsLojXFpkeaXVxhbfkUOQaWy8=",
    "palette": "sha256-DrEMJJ29sL7vIloQzly+VUGMxKcBTMII+OfW7Y8AkG4=",
}
"""The theme's, by the file of its templates, with @ for the way to the site's root. `tests/pages/test_policy.py` says when the
installed theme has others; look at what changed before you take them over."""

_HEAD = '<meta charset="utf-8">'
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script", re.DOTALL | re.IGNORECASE)
_ELSEWHERE = re.compile(r'\s(?:src="|type="application/(?:ld\+)?json")')  # a file, which `'self'` judges; or data
_ROOT = re.compile(r'(?<=new URL\(")[\w./~%:-]*(?=",location\))')
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


def unknown(text: str) -> Iterator[str]:
    """The scripts that stand in a page and that nobody knows."""
    known = {digest(SCHEME), *THEME.values()}
    yield from (script for script in _standing(text) if digest(_ROOT.sub("@", script)) not in known)


def digest(script: str) -> str:
    """The hash of a script's text, as a policy names it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def _standing(text: str) -> Iterator[str]:
    yield from (script[2] for script in _SCRIPT.finditer(text) if not _ELSEWHERE.search(script[1]))


def _rules(text: str) -> dict[str, str]:
    if "<script" not in text:
        return _ALL
    strange = list(unknown(text))
    hashes = [f"'{digest(script)}'" for script in _standing(text) if script not in strange]
    return _ALL | _SCRIPTED | {"script-src": " ".join(["@", *hashes])}
