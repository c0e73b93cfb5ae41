"""What a source's health means for the office: its state, whether somebody should look, the order.

Pure but for the words, which are said in the language in use.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from advocacy.overview.rules import FAILURES_SHOWN
from advocacy.people.rules import COUNTRIES, LANGUAGES
from advocacy.texts import gettext, ngettext, number
from feeds.drift import Drift, Sign
from feeds.health import SourceHealth
from feeds.parsing import KINDS

PAUSED_BY_HAND = "paused by hand"


class Health(StrEnum):
    """The most serious first; those before FAILED need a look."""

    GONE = "gone"
    STOPPED = "stopped"
    BLOCKED = "blocked"
    LOGIN = "login"
    SHELL = "shell"
    PAGE = "page"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    FAILING = "failing"
    QUIET = "quiet"
    DRIFTING = "drifting"
    FAILED = "failed"
    NEW = "new"
    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    PAUSED = "paused"


ORDER = tuple(Health)
NEED_A_LOOK = frozenset(ORDER[: ORDER.index(Health.FAILED)])
IN_ORDER = frozenset({Health.FETCHED, Health.UNCHANGED})


@dataclass(frozen=True, slots=True)
class Watched:
    """A row of the board."""

    source: SourceHealth
    health: Health
    drifts: tuple[Drift, ...]

    @property
    def needs_a_look(self) -> bool:
        return self.health in NEED_A_LOOK

    @property
    def name(self) -> str:
        return self.source.name or self.source.address


@dataclass(frozen=True, slots=True)
class Filters:
    """`show`: look, fine, paused, or "" for all."""

    show: str = ""
    country: str = ""
    kind: str = ""
    language: str = ""

    @property
    def any(self) -> bool:
        return bool(self.show or self.country or self.kind or self.language)

    def takes(self, row: Watched) -> bool:
        shows = {
            "look": row.needs_a_look,
            "fine": row.health in IN_ORDER,
            "paused": row.health is Health.PAUSED,
        }
        source = row.source
        return (
            shows.get(self.show, True)
            and (not self.country or self.country in source.countries.split(","))
            and self.kind in {"", source.kind}
            and self.language in {"", source.language}
        )


SHOWS = ("look", "fine", "paused")


def filters_of(query: Mapping[str, str]) -> Filters:
    """What is unknown filters nothing."""

    def known(name: str, values: Iterable[str]) -> str:
        value = query.get(name, "")
        return value if value in set(values) else ""

    return Filters(
        known("show", SHOWS),
        known("country", COUNTRIES),
        known("kind", KINDS),
        known("language", LANGUAGES),
    )


def watched(source: SourceHealth, *, now: datetime) -> Watched:
    """What is unlike before is said of sources that answer: of the others it is no news."""
    found = tuple(source.drifts(now=now))
    health = _health(source, found)
    return Watched(source, health, found if health in {Health.QUIET, Health.DRIFTING} else ())


def on_board(sources: Iterable[SourceHealth], *, now: datetime) -> list[Watched]:
    """What needs a look first, the most serious at the top; then by name."""
    rows = [watched(source, now=now) for source in sources]
    return sorted(rows, key=lambda row: (_place(row.health), row.name.casefold(), row.source.id))


def _place(health: Health) -> int:
    # Among those in order it says nothing whether the last visit brought something.
    return ORDER.index(Health.FETCHED if health in IN_ORDER else health)


def _health(source: SourceHealth, found: Sequence[Drift]) -> Health:
    if source.state == "gone":
        return Health.GONE
    if source.state == "paused":
        by_hand = source.state_reason in {"", PAUSED_BY_HAND}
        return Health.PAUSED if by_hand else Health.STOPPED
    if source.outcome is None:
        return Health.NEW
    if source.outcome in {"failed", "gone"}:
        return Health.FAILING if source.failures >= FAILURES_SHOWN else Health.FAILED
    outcome = Health(source.outcome)
    return _unlike_before(found) or outcome if outcome in IN_ORDER else outcome


def _unlike_before(found: Sequence[Drift]) -> Health | None:
    if any(each.sign is Sign.QUIET for each in found):
        return Health.QUIET
    return Health.DRIFTING if found else None


def summary(rows: Sequence[Watched]) -> str:
    """3 of 42 sources need a look."""
    count, all_of_them = sum(row.needs_a_look for row in rows), len(rows)
    if not count:
        return ngettext(
            "No source needs a look; %(num)d is watched.",
            "No source needs a look; %(num)d are watched.",
            all_of_them,
        ) % {"num": all_of_them}
    return ngettext(
        "%(num)d of %(all)s sources needs a look.",
        "%(num)d of %(all)s sources need a look.",
        count,
    ) % {"num": count, "all": all_of_them}


def drift_sentence(drift: Drift) -> str:
    """What is unlike before, with both numbers."""
    values = {"num": drift.found, "found": number(drift.found), "usual": number(drift.usual)}
    return _drift_words(drift) % values


def _drift_words(drift: Drift) -> str:
    found = drift.found
    if drift.sign is Sign.FEWER_ITEMS:
        return ngettext(
            "The list holds %(num)d entry; usual: %(usual)s.",
            "The list holds %(num)d entries; usual: %(usual)s.",
            found,
        )
    if drift.sign is Sign.SHORTER:
        return gettext("Its entries have become much shorter: %(found)s bytes, usual: %(usual)s.")
    if drift.sign is Sign.QUIET:
        return ngettext(
            "Nothing new for %(num)d day; usual number of days between two entries: %(usual)s.",
            "Nothing new for %(num)d days; usual number of days between two entries: %(usual)s.",
            found,
        )
    return ngettext(
        "%(num)d new entry within a week; usual: %(usual)s.",
        "%(num)d new entries within a week; usual: %(usual)s.",
        found,
    )
