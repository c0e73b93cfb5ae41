"""What entries say of the ends of a matter, against the deadlines that we have. Pure.

One statement is the word of one entry in its version of now. It is raised as a claim when no
deadline has that date and nobody has decided on it; it is not raised again while the entry goes
on saying it. An entry that says something else, and later the old date once more, has said it
anew.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any  # what JSON columns hold is described in feeds/tables.py
from zoneinfo import ZoneInfo

from advocacy.dossiers.rules import ClaimState, DeadlineState, Precision

SAME = timedelta(minutes=1)
"""23:59:59 and 0:00 are one end."""

OFFICIAL_KINDS = frozenset({"have-your-say", "fedlex", "austrian-parliament", "ris"})
OFFICIAL_HOSTS = (
    *("europa.eu", "alpconv.org", "alpine-region.eu"),
    *("admin.ch", "gv.at", "bund.de", "gouv.fr", "gov.it", "gov.si", "llv.li", "gesetze.li"),
)


@dataclass(frozen=True, slots=True)
class End:
    """A date as somebody gives it. `closes` is aware; how much of it counts says `precision`."""

    closes: datetime
    zone: str
    precision: str

    def day(self) -> date:
        return (self.closes - timedelta(seconds=1)).astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True, slots=True)
class Statement:
    """An end for input that an entry names. `stated`: as data, not in its text."""

    entry: int
    version: int
    end: End
    quote: str = ""
    opens: date | None = None
    former: date | None = None
    stated: bool = False
    official: bool = False

    @property
    def key(self) -> tuple[bool, bool, datetime, int]:
        """Whose word comes first: the official source's, data before text, the sooner end."""
        return not self.official, not self.stated, self.end.closes, self.entry


@dataclass(frozen=True, slots=True)
class Held:
    """A deadline that we have."""

    id: int
    end: End
    state: str
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A statement that was raised before, and what became of it."""

    id: int
    entry: int
    version: int
    end: End
    state: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to write: new claims with the deadline each speaks of, settled ones, lapsed ones."""

    raised: tuple[tuple[Statement, int | None], ...] = ()
    settled: tuple[tuple[int, int], ...] = ()
    lapsed: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.raised or self.settled or self.lapsed)


def is_official(kind: str, address: str) -> bool:
    """Whether the body itself speaks: its data, or a page on its own host."""
    host = address.partition("://")[2].partition("/")[0].partition(":")[0].lower()
    own = any(host == each or host.endswith(f".{each}") for each in OFFICIAL_HOSTS)
    return kind in OFFICIAL_KINDS or own


def said(entry: int, version: int, deadlines: str, *, official: bool) -> list[Statement]:
    """The ends for input in an entry's JSON; all other kinds of dates are none of our deadlines."""
    return [
        Statement(
            entry=entry,
            version=version,
            end=End(datetime.fromisoformat(each["at"]), each["zone"], each["precision"]),
            quote=each.get("quote", ""),
            opens=_day(each, "opens"),
            former=_day(each, "former"),
            stated=bool(each.get("stated")),
            official=official,
        )
        for each in json.loads(deadlines)
        if each["kind"] == "input" and each["at"]
    ]


def _day(told: dict[str, Any], name: str) -> date | None:
    return date.fromisoformat(told[name]) if told.get(name) else None


def same(one: End, other: End) -> bool:
    return abs(one.closes - other.closes) < SAME


def fits(told: End, held: End) -> bool:
    """Whether `told` says nothing that `held` does not say: the same end, or the same less
    exactly. What is held as unknown fits nothing: any date is news.
    """
    if held.precision == Precision.UNKNOWN:
        return False
    if same(told, held) and told.precision == held.precision:
        return True
    if told.precision == Precision.MONTH:
        return _month(told) == _month(held)
    if held.precision == Precision.MONTH:
        return False
    return same(told, held) or (told.precision == Precision.DAY and told.day() == held.day())


def _month(end: End) -> tuple[int, int]:
    return end.day().year, end.day().month


def judged(
    statements: Iterable[Statement],
    windows: Sequence[Held],
    claims: Sequence[Claimed],
    *,
    now: datetime,
) -> Verdict:
    """Whatever the order of the arguments; nothing once it has been written."""
    said_now = sorted(statements, key=lambda each: each.key)
    standing = [each for each in windows if each.state != DeadlineState.WITHDRAWN]
    lapsed = [each.id for each in claims if _lapsed(each, said_now)]
    settled = [
        (each.id, held.id)
        for each in claims
        if each.state == ClaimState.OPEN and each.id not in lapsed
        for held in _fitting(each.end, standing)[:1]
    ]
    return Verdict(tuple(_raised(said_now, standing, claims, now)), tuple(settled), tuple(lapsed))


def _lapsed(claim: Claimed, said_now: Sequence[Statement]) -> bool:
    return claim.state != ClaimState.LAPSED and not any(
        each.entry == claim.entry and same(each.end, claim.end) for each in said_now
    )


def _fitting(end: End, windows: Iterable[Held]) -> list[Held]:
    return sorted((each for each in windows if fits(end, each.end)), key=lambda each: each.id)


def _raised(
    said_now: Sequence[Statement],
    standing: Sequence[Held],
    claims: Sequence[Claimed],
    now: datetime,
) -> Iterator[tuple[Statement, int | None]]:
    taken: list[Statement] = []
    for each in said_now:
        twice = any(other.entry == each.entry and same(other.end, each.end) for other in taken)
        if each.end.closes <= now or twice or is_known(each, claims):
            continue
        if not _fitting(each.end, standing):
            taken.append(each)
            yield each, spoken_of(each, said_now, standing)


def is_known(statement: Statement, claims: Iterable[Claimed]) -> bool:
    """It was raised, and the entry has said it ever since; or it was in this very version."""
    return any(
        each.entry == statement.entry
        and same(each.end, statement.end)
        and (each.state != ClaimState.LAPSED or each.version == statement.version)
        for each in claims
    )


def spoken_of(
    statement: Statement, said_now: Sequence[Statement], standing: Sequence[Held]
) -> int | None:
    """The deadline that a statement contradicts; None when it may be a further one.

    By the date that it says held before; else the one that came from this entry; else the only
    one. A deadline whose date the entry names still is not meant.
    """
    own = [each for each in said_now if each.entry == statement.entry]
    free = [
        each
        for each in sorted(standing, key=lambda held: held.id)
        if each.state != DeadlineState.MET and not any(fits(other.end, each.end) for other in own)
    ]
    former = [each for each in free if each.end.day() == statement.former]
    same_source = [each for each in free if each.entry == statement.entry]
    open_ones = [each for each in free if each.state != DeadlineState.MISSED]
    for among in (former, same_source):
        if among:
            return among[-1].id
    return open_ones[0].id if len(open_ones) == 1 else None
