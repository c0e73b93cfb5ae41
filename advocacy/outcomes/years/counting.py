"""The facts of a year, read from the tables; a handful of queries, however many rows."""

import json
from datetime import datetime
from typing import Any  # joined columns
from zoneinfo import ZoneInfo

from advocacy.approvals.tables import Round
from advocacy.bodies.queries import all_bodies, body_name
from advocacy.calls.rules import CallState, ContributionState, InvitationState
from advocacy.calls.tables import Contribution, Invitation
from advocacy.dossiers.tables import Dossier
from advocacy.outcomes.rules import Fate
from advocacy.outcomes.tables import Outcome
from advocacy.outcomes.years.figures import Account, Asked, HandedIn, account
from advocacy.positions.tables import PositionVersion
from advocacy.submissions.rules import HANDED_IN, is_late
from advocacy.submissions.tables import Submission
from advocacy.triage.rules import OFFICE_ZONE

_place: Any = Invitation.municipality
_call: Any = Invitation.call
_dossier = _call.window.dossier
_contributed: Any = Contribution.invitation
_answered = _contributed.call
FIRST_YEAR = 2020


def span(year: int) -> tuple[datetime, datetime]:
    """From New Year to New Year, as the office counts."""
    zone = ZoneInfo(OFFICE_ZONE)
    return datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)


async def account_of(year: int, *, language: str) -> Account:
    """Bodies and topics by their names in `language` where they have one."""
    named = {each.id: body_name(each, language) for each in await all_bodies()}
    matters = {
        row["id"]: (
            named.get(row["body"], ""),
            tuple(topic for topic in row["topics"].split(",") if topic),
        )
        for row in await Dossier.select(Dossier.id, Dossier.body, Dossier.topics)
    }
    return account(year, await _asked(year, matters), await _handed_in(year, matters))


Matters = dict[int, tuple[str, tuple[str, ...]]]


async def _asked(year: int, matters: Matters) -> list[Asked]:
    begins, ends = span(year)
    rows = await Invitation.select(
        Invitation.id,
        _place.country.as_alias("country"),
        _dossier.id.as_alias("dossier"),
    ).where(
        _call.state.is_in([CallState.OPEN, CallState.CLOSED]),
        _call.leaves >= begins,
        _call.leaves < ends,
        Invitation.state != InvitationState.PREPARED,
    )
    answered = {
        row["invitation"]
        for row in await Contribution.select(Contribution.invitation).where(
            Contribution.state == ContributionState.GIVEN,
            _answered.leaves >= begins,
            _answered.leaves < ends,
        )
    }
    return [Asked(row["country"], *matters[row["dossier"]], row["id"] in answered) for row in rows]


async def _handed_in(year: int, matters: Matters) -> list[HandedIn]:
    begins, ends = span(year)
    held: Any = Submission.round
    rows = await Submission.select(
        Submission.id,
        Submission.submitted,
        Submission.window.closes.as_alias("closes"),
        held.id.as_alias("round"),
        held.position.dossier.id.as_alias("dossier"),
    ).where(
        Submission.state.is_in([state.value for state in HANDED_IN]),
        Submission.submitted >= begins,
        Submission.submitted < ends,
    )
    asks = await _asks([row["round"] for row in rows])
    fates: dict[int, dict[int, Fate]] = {}
    if rows:
        for known in await Outcome.select(Outcome.submission, Outcome.ask, Outcome.fate).where(
            Outcome.submission.is_in([row["id"] for row in rows])
        ):
            fates.setdefault(known["submission"], {})[known["ask"]] = Fate(known["fate"])
    return [
        HandedIn(
            *matters[row["dossier"]],
            late=is_late(row["submitted"], row["closes"]),
            fates=tuple(
                fates.get(row["id"], {}).get(ask, Fate.OPEN) for ask in asks.get(row["round"], ())
            ),
        )
        for row in rows
    ]


async def _asks(rounds: list[int]) -> dict[int, list[int]]:
    """By round: the numbers of the asks in the version that was adopted."""
    if not rounds:
        return {}
    held = await Round.select(Round.id, Round.position, Round.version).where(Round.id.is_in(rounds))
    versions = await PositionVersion.select(
        PositionVersion.position, PositionVersion.number, PositionVersion.asks
    ).where(PositionVersion.position.is_in([row["position"] for row in held]))
    texts = {(row["position"], row["number"]): json.loads(row["asks"]) for row in versions}
    return {
        row["id"]: [ask["number"] for ask in texts.get((row["position"], row["version"]), [])]
        for row in held
    }


async def years(now: datetime) -> list[int]:
    """From the first year in which something left to this one, the newest first."""
    first = await (
        Invitation.select(Invitation.call.leaves.as_alias("at"))
        .where(Invitation.call.leaves.is_not_null())
        .order_by(Invitation.call.leaves)
        .first()
    )
    handed = await (
        Submission.select(Submission.submitted.as_alias("at"))
        .where(Submission.submitted.is_not_null())
        .order_by(Submission.submitted)
        .first()
    )
    zone = ZoneInfo(OFFICE_ZONE)
    current = now.astimezone(zone).year
    begun = [row["at"].astimezone(zone).year for row in (first, handed) if row]
    return list(range(current, min([current, *begun]) - 1, -1))
