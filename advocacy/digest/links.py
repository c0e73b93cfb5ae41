"""The address under which somebody changes the rhythm of their digest: no login, its token is
enough.
"""

import hmac

from advocacy.people.tokens import derived_token
from advocacy.settings import settings


def rhythm_address(person: int) -> str:
    return f"{settings().base_url}/u/digest/{person}-{derived_token('digest', person)}"


def person_of(key: str) -> int | None:
    """The person whose key this is; None for a key that is not ours."""
    number, _, token = key.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 10):  # noqa: PLR2004  a serial
        return None
    ours = derived_token("digest", int(number))
    return int(number) if hmac.compare_digest(ours.encode(), token.encode()) else None
