"""Where a reply to a letter goes: the address names the invitation, and nobody can guess it."""

import hmac
import re

from advocacy.people.tokens import derived_code
from advocacy.settings import settings

_TAG = re.compile(r"\+(\d{1,9})-([a-z0-9]{8})@", re.IGNORECASE)


def address(invitation: int) -> str | None:
    """answers+345-k7m2qxd4@… (subaddressing, RFC 5233); None where no mailbox takes replies.

    Lower case, because some servers change the case of a local part.
    """
    local, _, domain = settings().replies.rpartition("@")
    return f"{local}+{invitation}-{_code(invitation)}@{domain}" if local else None


def invitation_in(text: str) -> int | None:
    """The invitation whose address this is, or that a header holds; None when it is not ours."""
    for found in _TAG.finditer(text):
        number = int(found[1])
        if hmac.compare_digest(_code(number).encode(), found[2].lower().encode()):
            return number
    return None


def _code(invitation: int) -> str:
    return derived_code("reply", invitation).lower()
