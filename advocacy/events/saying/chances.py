"""Whether a line of the minutes can become an answer to a call, and to which invitation."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any  # rows, and columns behind foreign keys

from advocacy.calls import rules as calls
from advocacy.calls.rules import CallState, ContributionState, Reception
from advocacy.calls.tables import Contribution, Invitation
from advocacy.events.rules import WhyNot
from advocacy.events.saying.minutes import MinuteRow

KNOWN_CALLS = (CallState.OPEN, CallState.CLOSED)


async def chances(rows: Sequence[MinuteRow], *, now: datetime) -> dict[int, int | WhyNot]:
    """By minute: the invitation that it can answer, in the newest call of the dossier that asks
    the municipality; else why not. Two queries.
    """
    wanted = sorted({row.dossier for row in rows if row.dossier and not missing(row)})
    invitations = await _invitations(wanted)
    given = await _given([each["id"] for each in invitations])
    return {row.id: _chance(row, invitations, given, now=now) for row in rows}


def missing(row: MinuteRow) -> WhyNot | None:
    """What the minutes themselves lack."""
    if row.became:
        return WhyNot.ALREADY
    if not row.dossier:
        return WhyNot.NO_DOSSIER
    if not row.municipality_id:
        return WhyNot.NO_MUNICIPALITY
    return None if row.stance else WhyNot.NO_STANCE


def _chance(
    row: MinuteRow, invitations: Sequence[Mapping[str, Any]], given: set[int], *, now: datetime
) -> int | WhyNot:
    if lacking := missing(row):
        return lacking
    called = [each for each in invitations if each["dossier"] == row.dossier]
    ours = [each for each in called if each["municipality"] == row.municipality_id]
    if not ours:
        return WhyNot.NOT_ASKED if called else WhyNot.NO_CALL
    newest = ours[0]
    reception = calls.reception(
        CallState(newest["state"]), leaves=newest["leaves"],
        answers_until=newest["answers_until"], given=newest["id"] in given, now=now,
    )  # fmt: skip
    if reception is Reception.OVER:
        return WhyNot.OVER
    return WhyNot.NO_CALL if reception is Reception.NOT_YET else int(newest["id"])


async def _invitations(dossiers: Sequence[int]) -> list[dict[str, Any]]:
    """The newest first."""
    if not dossiers:
        return []
    call: Any = Invitation.call
    rows: list[dict[str, Any]] = await (
        Invitation.select(
            *(Invitation.id, Invitation.municipality, call.window.dossier.as_alias("dossier")),
            *(call.state.as_alias("state"), call.leaves.as_alias("leaves")),
            call.answers_until.as_alias("answers_until"),
        )
        .where(call.window.dossier.is_in(list(dossiers)), call.state.is_in(list(KNOWN_CALLS)))
        .order_by(Invitation.id, ascending=False)
    )
    return rows


async def _given(invitations: Sequence[int]) -> set[int]:
    if not invitations:
        return set()
    rows = await Contribution.select(Contribution.invitation).where(
        Contribution.invitation.is_in(list(invitations)),
        Contribution.state == ContributionState.GIVEN,
    )
    return {row["invitation"] for row in rows}
