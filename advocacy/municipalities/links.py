"""The address of a contact's mail settings: no login, the token in it is enough."""

import hmac

from advocacy.people.tokens import derived_token
from advocacy.settings import settings


def mail_settings(contact: int, *, of: str = "") -> str:
    """`of`: the type of letter that one click switches off, in a List-Unsubscribe header."""
    address = f"{settings().base_url}/u/{contact}-{derived_token('mail', contact)}"
    return f"{address}/{of}" if of else address


def contact_of(key: str) -> int | None:
    """The contact whose key this is; None for a key that is not ours."""
    number, _, token = key.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 10):  # noqa: PLR2004  a serial
        return None
    ours = derived_token("mail", int(number))
    return int(number) if hmac.compare_digest(ours.encode(), token.encode()) else None
