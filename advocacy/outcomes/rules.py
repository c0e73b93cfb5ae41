"""What a body made of an ask, and what a municipality is told."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum

from advocacy.errors import Invalid, Message, NotAllowed
from advocacy.submissions.rules import HANDED_IN


class Fate(StrEnum):
    OPEN = "open"
    ADOPTED = "adopted"
    PARTLY = "partly"
    REJECTED = "rejected"


ALLOWED: Mapping[Fate, frozenset[Fate]] = {each: frozenset(Fate) - {each} for each in Fate}
"""Bodies change their minds from stage to stage."""

ENDS = frozenset({Fate.ADOPTED, Fate.PARTLY, Fate.REJECTED})
PROVEN = frozenset({Fate.ADOPTED, Fate.PARTLY})
"""Nobody believes a success without the body's own words; a refusal is often silence."""

LONGEST_QUOTATION = 5_000  # characters


class Occasion(StrEnum):
    """Why municipalities are written to."""

    SUBMITTED = "submitted"
    OUTCOME = "outcome"


class TellingState(StrEnum):
    HELD = "held"
    LEFT = "left"
    STOPPED = "stopped"


TELLING_ALLOWED: Mapping[TellingState, frozenset[TellingState]] = {
    TellingState.HELD: frozenset({TellingState.LEFT, TellingState.STOPPED}),
    TellingState.LEFT: frozenset(),
    TellingState.STOPPED: frozenset(),
}
TELLING_ENDS = frozenset({TellingState.LEFT, TellingState.STOPPED})
HOLD = timedelta(minutes=10)
"""Letters wait so long: to stop them is the undo."""


def check_telling(occasion: Occasion, fates: Collection[Fate], *, letters: int) -> None:
    if occasion is Occasion.OUTCOME and not set(fates) - {Fate.OPEN}:
        raise NotAllowed("No outcome is known yet")
    if not letters:
        raise NotAllowed("Everybody has been told already")


def check_handed_in(state: str) -> None:
    if state not in HANDED_IN:
        raise NotAllowed("The text has not been handed in yet")


def check_outcome(
    ask: int,
    *,
    asks: Collection[int],
    fate: Fate,
    quotation: str,
    entry: int | None,
    entries: Collection[int],
    decided: date | None,
    review: date | None = None,
    today: date,
) -> None:
    """Fields are named with the number of the ask: each has a form of its own on one page."""
    wrong: dict[str, Message] = {}
    if ask not in asks:
        wrong[f"fate-{ask}"] = Message("The position has no such ask")
    if len(quotation) > LONGEST_QUOTATION:
        wrong[f"quotation-{ask}"] = Message("Shorten the quotation to 5000 characters")
    if fate in PROVEN and entry is None and not quotation.strip():
        text = Message("Quote what was decided, or choose the entry that shows it")
        wrong[f"quotation-{ask}"] = text
    if entry is not None and entry not in entries:
        wrong[f"entry-{ask}"] = Message("Choose an entry of this dossier")
    if decided is not None and decided > today:
        wrong[f"decided-{ask}"] = Message("This day is still ahead")
    if review is not None and review <= today:
        wrong[f"review-{ask}"] = Message("Choose a day that is still ahead")
    if wrong:
        raise Invalid(wrong)


def all_decided(asks: Collection[int], fates: Mapping[int, Fate]) -> bool:
    """Every ask has found its end; a position without asks never does."""
    return bool(asks) and all(fates.get(ask, Fate.OPEN) in ENDS for ask in asks)
