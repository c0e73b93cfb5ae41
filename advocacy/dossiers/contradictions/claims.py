"""Sources that name a deadline which no dossier has: raised by itself, decided by a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any  # a row is what its table says

from advocacy import database
from advocacy.dossiers import queries
from advocacy.dossiers.contradictions import hearing
from advocacy.dossiers.contradictions.statements import Statement, is_official
from advocacy.dossiers.deadlines import telling, windows
from advocacy.dossiers.forms import NewWindow
from advocacy.dossiers.mails import Shift
from advocacy.dossiers.rules import ClaimState, DeadlineState, Station
from advocacy.dossiers.tables import DeadlineClaim, Dossier, DossierEntry, Window
from advocacy.errors import Message, NotFound
from advocacy.history.actions import record
from advocacy.logs import going_on
from advocacy.triage.forms import LARGEST_ID
from feeds.tables import EntryVersion

_window: Any = DeadlineClaim.window
_known_source = _window.entry.source
_entry: Any = DeadlineClaim.entry
_source = _entry.source
LOOKS_BACK = timedelta(days=7)
"""Versions seen since are compared, each minute: longer than any process stands still."""
AT_ONCE = 500
MOST_VERSIONS = 50  # of later ones no version is kept (feeds.polling.storing): always compared
LISTED = 200
DECIDED = Message("Somebody has decided this already")


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """What a source says. `place`: 1-based, of the deadline that it speaks of; 0: of none.

    `known`: the date that this deadline has. `evident`: it stands on an official source.
    """

    id: int
    dossier: int
    number: str
    title: str
    language: str
    place: int
    closes: datetime
    zone: str
    precision: str
    known: datetime | None
    known_zone: str
    known_precision: str
    quote: str
    entry: int
    version: int
    address: str
    source: str
    official: bool
    evident: bool
    raised: datetime


async def raise_claims(now: datetime) -> int:
    """For the job: compares the entries of open dossiers that have changed with the deadlines.

    Idempotent; each dossier is a transaction of its own. Returns how many claims and proposed
    deadlines there are more.
    """
    dossiers, raised = await _changed_lately(now), 0
    for start in range(0, len(dossiers), AT_ONCE):
        for dossier in await _concerned(dossiers[start : start + AT_ONCE], now=now):
            with going_on(f"raising claims of dossier {dossier}"):
                raised += await raise_for(dossier, now=now)
    return raised


async def _concerned(dossiers: Sequence[int], *, now: datetime) -> list[int]:
    """Those in which something is to be written; all, where one of them cannot be judged."""
    found = set(dossiers)
    with going_on("judging deadlines together"):
        found &= set(await hearing.verdicts(dossiers, now=now))
    return sorted(found)


async def _changed_lately(now: datetime) -> list[int]:
    rows = await DossierEntry.select(
        *(DossierEntry.dossier, DossierEntry.entry),
        DossierEntry.entry.versions.as_alias("versions"),
    ).where(
        DossierEntry.entry.versions > 1,
        DossierEntry.dossier.station != Station.CLOSED,
        DossierEntry.dossier.merged_into.is_null(),
    )
    changed: set[int] = set()
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        seen = await EntryVersion.select(EntryVersion.entry).where(
            EntryVersion.entry.is_in([row["entry"] for row in part]),
            EntryVersion.number > 1,
            EntryVersion.seen_at >= now - LOOKS_BACK,
        )
        lately = {row["entry"] for row in seen}
        changed |= {
            row["dossier"]
            for row in part
            if row["entry"] in lately or row["versions"] >= MOST_VERSIONS
        }
    return sorted(changed)


async def raise_for(dossier_id: int, *, now: datetime) -> int:
    """As `raise_claims`, for one dossier, whatever its entries' age: after one was attached.

    A dossier without any deadline gets the first statement as a proposed one, for a person to
    confirm; everything else is a claim.
    """
    async with database.transaction():
        await database.one_at_a_time(hearing.LOCK % dossier_id)
        verdict = (await hearing.verdicts([dossier_id], now=now)).get(dossier_id)
        if verdict is None:
            return 0
        dossier = await queries.by_id(dossier_id)
        await hearing.settle(verdict.settled, now=now)
        await _lapse(verdict.lapsed)
        raised = list(verdict.raised)
        if raised and not await Window.exists().where(Window.dossier == dossier_id):
            await _propose(dossier, raised.pop(0)[0], now=now)
        for statement, window in raised:
            await _raise(dossier, statement, window, now=now)
    return len(verdict.raised)


async def _lapse(claims: Sequence[int]) -> None:
    if claims:
        await DeadlineClaim.update({DeadlineClaim.state: ClaimState.LAPSED}).where(
            DeadlineClaim.id.is_in(list(claims))
        )


async def _propose(dossier: Dossier, statement: Statement, *, now: datetime) -> None:
    window = await windows.plan_window(
        dossier, _as_window(statement), entry_id=statement.entry,
        state=DeadlineState.PROPOSED, now=now,
    )  # fmt: skip
    details = {"closes": window.closes, "entry": statement.entry, "version": statement.version}
    await windows.note("deadline proposed", window, by=None, now=now, details=details)


def _as_window(statement: Statement, kind: str = "consultation") -> NewWindow:
    return NewWindow(
        closes=statement.end.closes,
        zone=statement.end.zone,
        precision=statement.end.precision,
        kind=kind,
        evidence=statement.quote,
    )


async def _raise(
    dossier: Dossier, statement: Statement, window_id: int | None, *, now: datetime
) -> None:
    claim = DeadlineClaim(
        dossier=dossier.id,
        window=window_id,
        entry=statement.entry,
        version=statement.version,
        closes=statement.end.closes,
        zone=statement.end.zone,
        precision=statement.end.precision,
        quote=statement.quote,
        state=ClaimState.OPEN,
        raised=now,
    )
    await claim.save()
    window = await Window.objects().where(Window.id == (window_id or 0)).first()
    before = windows.before_of(window) if window else {}
    await record(
        "deadline claimed", kind="deadline claim", object=claim.id, dossier=dossier.id, by=None,
        now=now,
        details=before
        | {"closes": claim.closes, "entry": statement.entry, "version": statement.version},
    )  # fmt: skip
    shown = window or Window(zone=claim.zone, id=0)
    shift = _claimed_shift(window, claim)
    await telling.tell_claimed(
        shown, dossier, shift, quote=statement.quote, claim=claim.id, now=now
    )


def _claimed_shift(window: Window | None, claim: DeadlineClaim) -> Shift:
    return Shift(
        telling.DEADLINE,
        Message("Deadline"),
        window.closes if window else None,
        claim.closes,
        window.precision if window else "exact",
        claim.precision,
    )


async def open_claims(dossier_id: int | None = None) -> list[ClaimRow]:
    """To be decided: what official sources say first, then what is soonest. Two queries."""
    query = DeadlineClaim.select(
        *DeadlineClaim.all_columns(),
        *_dossier_columns(),
        _known_source.kind.as_alias("known_kind"),
        _known_source.address.as_alias("known_source"),
        DeadlineClaim.window.closes.as_alias("known"),
        DeadlineClaim.window.zone.as_alias("known_zone"),
        DeadlineClaim.window.precision.as_alias("known_precision"),
        DeadlineClaim.entry.address.as_alias("address"),
        _source.name.as_alias("source"),
        _source.kind.as_alias("source_kind"),
        _source.address.as_alias("source_address"),
    ).where(
        DeadlineClaim.state == ClaimState.OPEN,
        DeadlineClaim.dossier.station != Station.CLOSED,
        DeadlineClaim.dossier.merged_into.is_null(),
    )
    if dossier_id is not None:
        query = query.where(DeadlineClaim.dossier == dossier_id)
    rows = await query.order_by(DeadlineClaim.closes).order_by(DeadlineClaim.id).limit(LISTED)
    places = await _places({row["dossier"] for row in rows})
    found = [_row(row, places) for row in rows]
    return sorted(found, key=lambda each: not each.official)


def _dossier_columns() -> list[Any]:
    return [
        getattr(DeadlineClaim.dossier, name).as_alias(name)
        for name in ("number", "title", "language")
    ]


async def _places(dossiers: set[int]) -> dict[int, int]:
    """By window, its place among those of its dossier."""
    if not dossiers:
        return {}
    rows = await (
        Window.select(Window.id, Window.dossier)
        .where(Window.dossier.is_in(sorted(dossiers)))
        .order_by(Window.id)
    )
    counted: dict[int, int] = {}
    places: dict[int, int] = {}
    for row in rows:
        counted[row["dossier"]] = counted.get(row["dossier"], 0) + 1
        places[row["id"]] = counted[row["dossier"]]
    return places


def _row(row: dict[str, Any], places: dict[int, int]) -> ClaimRow:
    known_kind = row["known_kind"] or ""
    return ClaimRow(
        **{
            name: row[name]
            for name in (
                *("id", "dossier", "number", "title", "language", "closes", "zone", "precision"),
                *("known", "quote", "entry", "version", "address", "source", "raised"),
            )
        },
        place=places.get(row["window"], 0),
        known_zone=row["known_zone"] or "",
        known_precision=row["known_precision"] or "",
        official=is_official(row["source_kind"], row["source_address"]),
        evident=is_official(known_kind, row["known_source"] or ""),
    )


async def claim_by_id(claim_id: int, dossier_id: int) -> DeadlineClaim:
    known = 0 < claim_id <= LARGEST_ID
    claim = (
        await DeadlineClaim.objects()
        .where(DeadlineClaim.id == claim_id, DeadlineClaim.dossier == dossier_id)
        .first()
        if known
        else None
    )
    if claim is None:
        raise NotFound("There is no such claim")
    return claim
