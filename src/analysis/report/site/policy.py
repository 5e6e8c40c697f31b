"""A Content-Security-Policy in every page: nothing from outside, no script but ours."""

import base64
import hashlib
import re

INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
HEAD = re.compile(r"<head>\s*", re.IGNORECASE)
OLD = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\s*')


def policy_for(page: str) -> str:
    """Return the policy of one page: scripts from disk, and its own inline ones by their hash.

    page : str
        The whole page as HTML.

    >>> "connect-src 'none'" in policy_for("<head></head>")
    True
    """
    digests = [hashlib.sha256(script.encode()).digest() for script in INLINE.findall(page)]
    hashes = dict.fromkeys(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' file: {' '.join(hashes)}".strip(),
        "style-src": "'self' file: 'unsafe-inline'",
        "img-src": "'self' file: data:",
        "font-src": "'self' file:",
        "connect-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self' file:",
        "object-src": "'none'",
        "frame-src": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def with_policy(page: str) -> str:
    """Return a page with its policy as the first thing in the head.

    page : str
        The whole page as HTML.

    >>> with_policy("<html><head><title>x</title></head>").count("Content-Security-Policy")
    1
    """
    page = OLD.sub("", page)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy_for(page)}">'
    return HEAD.sub(lambda _: f"<head>\n{meta}\n", page, count=1)
