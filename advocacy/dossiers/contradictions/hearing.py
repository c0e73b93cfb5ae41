"""What the entries of dossiers say of their ends, what was claimed, what a move answers."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any  # a row is what its table says

from advocacy.dossiers.contradictions.statements import (
    Claimed,
    End,
    Held,
    Statement,
    Verdict,
    fits,
    is_known,
    is_official,
    judged,
    said,
)
from advocacy.dossiers.rules import ClaimState
from advocacy.dossiers.tables import DeadlineClaim, DossierEntry, Window
from advocacy.people.tables import Person

LOCK = "deadlines/%d"
"""Whoever judges or moves the deadlines of a dossier does so alone."""


def end_of(row: Window | DeadlineClaim) -> End:
    return End(row.closes, row.zone, row.precision)


async def statements_of(dossier_ids: Sequence[int]) -> dict[int, list[Statement]]:
    """By dossier. One query."""
    rows = await DossierEntry.select(
        *(DossierEntry.dossier, DossierEntry.entry),
        DossierEntry.entry.versions.as_alias("version"),
        DossierEntry.entry.deadlines.as_alias("deadlines"),
        DossierEntry.entry.source.kind.as_alias("kind"),  # type: ignore[union-attr]  # two joins
        DossierEntry.entry.source.address.as_alias("address"),  # type: ignore[union-attr]
    ).where(DossierEntry.dossier.is_in(list(dossier_ids)), DossierEntry.entry.deadlines != "[]")
    found: dict[int, list[Statement]] = {}
    for row in rows:
        found.setdefault(row["dossier"], []).extend(_said(row))
    return found


def _said(row: dict[str, Any]) -> list[Statement]:
    official = is_official(row["kind"], row["address"])
    return said(row["entry"], row["version"], row["deadlines"], official=official)


async def held_of(dossier_ids: Sequence[int]) -> dict[int, list[Held]]:
    rows = await Window.objects().where(Window.dossier.is_in(list(dossier_ids)))
    found: dict[int, list[Held]] = {}
    for row in rows:
        held = Held(row.id, end_of(row), row.state, row.entry)
        found.setdefault(row.dossier, []).append(held)
    return found


async def claimed_of(dossier_ids: Sequence[int]) -> dict[int, list[Claimed]]:
    rows = await DeadlineClaim.objects().where(DeadlineClaim.dossier.is_in(list(dossier_ids)))
    found: dict[int, list[Claimed]] = {}
    for row in rows:
        claimed = Claimed(row.id, row.entry, row.version, end_of(row), row.state)
        found.setdefault(row.dossier, []).append(claimed)
    return found


async def verdicts(dossier_ids: Sequence[int], *, now: datetime) -> dict[int, Verdict]:
    """Of those dossiers in which something is to be written. Three queries."""
    if not dossier_ids:
        return {}
    statements = await statements_of(dossier_ids)
    held, claimed = await held_of(dossier_ids), await claimed_of(dossier_ids)
    found = {
        each: judged(statements.get(each, ()), held.get(each, ()), claimed.get(each, ()), now=now)
        for each in dossier_ids
    }
    return {each: verdict for each, verdict in found.items() if verdict}


async def settle(pairs: Iterable[tuple[int, int]], *, now: datetime) -> None:
    """Open claims that say what a deadline says: by claim and deadline."""
    for claim, window in pairs:
        await DeadlineClaim.update(
            {
                DeadlineClaim.state: ClaimState.SETTLED,
                DeadlineClaim.window: window,
                DeadlineClaim.decided: now,
            }
        ).where(DeadlineClaim.id == claim, DeadlineClaim.state == ClaimState.OPEN)


async def settle_what_fits(dossier_id: int, *, now: datetime) -> None:
    """After a deadline has moved or was set, in the caller's transaction."""
    verdict = (await verdicts([dossier_id], now=now)).get(dossier_id, Verdict())
    await settle(verdict.settled, now=now)


async def answer(window: Window, before: End, *, by: Person, now: datetime) -> None:
    """A person has moved a deadline away from what some entries say, and knows that they do:
    they are not raised for going on saying it.
    """
    statements = (await statements_of([window.dossier])).get(window.dossier, [])
    claimed = (await claimed_of([window.dossier])).get(window.dossier, [])
    rows = [
        DeadlineClaim(
            dossier=window.dossier,
            window=window.id,
            entry=each.entry,
            version=each.version,
            closes=each.end.closes,
            zone=each.end.zone,
            precision=each.end.precision,
            quote=each.quote,
            state=ClaimState.SETTLED,
            raised=now,
            person=by.id,
            decided=now,
        )
        for each in statements
        if fits(each.end, before) and not is_known(each, claimed)
    ]
    for row in rows:  # one by one: two of them may be the same
        await DeadlineClaim.insert(row).on_conflict(action="DO NOTHING")


async def reopen_unfitting(window: Window) -> None:
    """A move was taken back: what it had settled by itself is open again."""
    settled = await DeadlineClaim.objects().where(
        DeadlineClaim.window == window.id,
        DeadlineClaim.state == ClaimState.SETTLED,
        DeadlineClaim.person.is_null(),
    )
    for claim in settled:
        if not fits(end_of(claim), end_of(window)):
            await DeadlineClaim.update(
                {DeadlineClaim.state: ClaimState.OPEN, DeadlineClaim.decided: None}
            ).where(DeadlineClaim.id == claim.id, DeadlineClaim.state == ClaimState.SETTLED)
