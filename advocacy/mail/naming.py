"""The Message-ID of a letter: made of its key, and of a mark that nobody outside can make.

Keys can be guessed. Without the mark anybody could tell us that a letter came back, or answer one
that they never had.
"""

import hashlib
import hmac

from advocacy.settings import secret, settings

MARK = 12  # characters


def message_id(key: str) -> str:
    """The same for the same key, so that a letter that leaves twice is known as one."""
    return f"<{key.replace('/', '.')}.{_mark(key)}@{_domain()}>"


def key_in(message_id: str) -> str:
    """The key of the letter that has this Message-ID; "" when it is none of ours."""
    name, _, domain = message_id.strip("<> ").rpartition("@")
    dotted, _, mark = name.rpartition(".")
    key = dotted.replace(".", "/")
    is_ours = hmac.compare_digest(_mark(key).encode(), mark.lower().encode())
    return key if is_ours and domain.lower() == _domain().lower() else ""


def _domain() -> str:
    return settings().sender.rpartition("@")[2]


def _mark(key: str) -> str:
    made = hmac.new(secret().encode(), f"letter:{key}".encode(), hashlib.sha256)
    return made.hexdigest()[:MARK]
