"""Where a reply to a letter about a question goes: nobody can guess the address."""

import hmac
import re

from advocacy.people.tokens import derived_code
from advocacy.settings import settings

_TAG = re.compile(r"\+q(\d{1,9})-([a-z0-9]{8})@", re.IGNORECASE)


def address(enquiry: int) -> str | None:
    """answers+q17-k7m2qxd4@… (subaddressing, RFC 5233); None where no mailbox takes replies."""
    local, _, domain = settings().replies.rpartition("@")
    return f"{local}+q{enquiry}-{_code(enquiry)}@{domain}" if local else None


def enquiry_in(text: str) -> int | None:
    """The question whose address this is, or that a header holds; None when it is not ours."""
    for found in _TAG.finditer(text):
        number = int(found[1])
        if hmac.compare_digest(_code(number).encode(), found[2].lower().encode()):
            return number
    return None


def _code(enquiry: int) -> str:
    return derived_code("enquiry reply", enquiry).lower()
