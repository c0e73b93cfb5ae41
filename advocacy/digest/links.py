"""The address under which somebody changes the rhythm of their digest: no login, its token is
enough. It says which kinds a letter told, for the one click that stops those.
"""

import hmac
from collections.abc import Collection

from advocacy.digest.rules import Kind
from advocacy.people.tokens import derived_token
from advocacy.settings import settings

LETTERS = {
    Kind.DEADLINES: "d",
    Kind.DOSSIERS: "m",
    Kind.INBOX: "i",
    Kind.SOURCES: "s",
    Kind.NEWS: "n",
}


def letters_of(kinds: Collection[Kind]) -> str:
    """dm: deadlines and matters. In one order, so that one mix has one address."""
    return "".join(letter for kind, letter in LETTERS.items() if kind in kinds)


def rhythm_address(person: int, kinds: Collection[Kind] = tuple(Kind)) -> str:
    mix = letters_of(kinds)
    return f"{settings().base_url}/u/digest/{person}.{mix}.{derived_token(f'digest-{mix}', person)}"


def reader_of(key: str) -> tuple[int, tuple[Kind, ...]] | None:
    """The person whose key this is, and the kinds of its letter; None for a key not ours."""
    number, _, rest = key.partition(".")
    mix, _, token = rest.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 10):  # noqa: PLR2004  a serial
        return None
    ours = derived_token(f"digest-{mix}", int(number))
    if not hmac.compare_digest(ours.encode(), token.encode()):
        return None
    return int(number), tuple(kind for kind, letter in LETTERS.items() if letter in mix)
