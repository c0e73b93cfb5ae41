"""The source list for the Alps that ships with the product: alps.opml beside this file. Pure.

Nothing of it is polled by itself; a person adds from it. Each source says how sure we are of it and
what its trap is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from feeds.sources.opml import Outline, outlines

FILE = Path(__file__).with_name("alps.opml")
BRUSSELS = "Europe/Brussels"

Verified = Literal["recorded", "several", "one", "none"]
"""An answer was seen; several independent clients use it; one does; nobody was seen to."""


@dataclass(frozen=True, slots=True)
class ShippedSource:
    """A source of the list. `note` is its trap, for a person."""

    name: str
    address: str
    kind: str
    language: str | None
    zone: str
    countries: tuple[str, ...]
    selector: str | None
    verified: Verified
    note: str

    @property
    def is_verified(self) -> bool:
        """Whether it may be polled without a look: more than one has seen it work."""
        return self.verified in ("recorded", "several")


def shipped() -> list[ShippedSource]:
    """The list in the order of the file."""
    return list(_shipped())


@lru_cache(maxsize=1)
def _shipped() -> tuple[ShippedSource, ...]:
    return tuple(_as_shipped(each) for each in outlines(FILE.read_bytes()))


def _as_shipped(outline: Outline) -> ShippedSource:
    known: Sequence[Verified] = ("recorded", "several", "one")
    return ShippedSource(
        name=outline.name,
        address=outline.address,
        kind=outline.kind,
        language=outline.language or None,
        zone=outline.zone or BRUSSELS,
        countries=split_countries(outline.countries),
        selector=outline.selector or None,
        verified=next((each for each in known if each == outline.verified), "none"),
        note=outline.note,
    )


def split_countries(countries: str) -> tuple[str, ...]:
    """The codes in a list such as AT, SI."""
    return tuple(code.strip() for code in countries.split(",") if code.strip())
