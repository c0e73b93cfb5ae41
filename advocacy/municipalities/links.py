"""Addresses in a contact's letters: no login, the token in them is enough."""

import hmac

from advocacy.people.tokens import derived_token
from advocacy.settings import settings

SETTINGS = "mail"
PAGE = "own page"


def mail_settings(contact: int, *, of: str = "") -> str:
    """`of`: the type of letter that one click switches off, in a List-Unsubscribe header."""
    address = f"{settings().base_url}/u/{key_of(contact, SETTINGS)}"
    return f"{address}/{of}" if of else address


def own_page(contact: int) -> str:
    """What the contact's municipality was asked, what it answered, what became of it."""
    return f"{settings().base_url}/m/{key_of(contact, PAGE)}"


def key_of(contact: int, purpose: str) -> str:
    return f"{contact}-{derived_token(purpose, contact)}"


def contact_of(key: str, purpose: str = SETTINGS) -> int | None:
    """The contact whose key this is; None for a key that is not ours."""
    number, _, token = key.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 10):  # noqa: PLR2004  a serial
        return None
    ours = derived_token(purpose, int(number))
    return int(number) if hmac.compare_digest(ours.encode(), token.encode()) else None
