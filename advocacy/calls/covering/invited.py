"""The invited one by one: where each stands, what went there, what came back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any  # a row is what its table says

from advocacy.calls import labels
from advocacy.calls.covering.coverage import HAS_ACTED, is_bounced, not_arrived
from advocacy.calls.covering.latest import answers_to
from advocacy.calls.covering.standings import Standing
from advocacy.calls.reminding.choosing import Chosen
from advocacy.calls.rules import ContributionState, InvitationState, RingOutcome
from advocacy.calls.tables import Contribution, Invitation, Ring
from advocacy.calls.understanding.foreign_answers import translations_of

PAGE = 100
NO_ROW = 0
_place: Any = Invitation.municipality  # Piccolo types the columns of a joined table loosely
_contact: Any = Invitation.contact
_ringer: Any = Ring.person


@dataclass(frozen=True, slots=True)
class Invited:
    """A page in the order of codes; `further` is the code that the next one begins after."""

    rows: list[dict[str, Any]]
    further: str | None


async def invited(
    call_id: int, *, standing: str = "", chosen: Chosen | None = None, after: str = ""
) -> Invited:
    """Five queries and one for a restriction, however many rows."""
    back = await not_arrived([call_id])
    rows = _rows().where(Invitation.call == call_id, *(chosen or Chosen()).conditions())
    for condition in await _conditions(call_id, standing, back):
        rows = rows.where(condition)
    if after:
        rows = rows.where(_place.code > after)
    found = await rows.order_by(_place.code).limit(PAGE + 1)
    page = found[:PAGE]
    await _complete(page, back)
    return Invited(page, page[-1]["code"] if len(found) > PAGE else None)


def _rows() -> Any:
    return Invitation.select(
        *(Invitation.id, Invitation.state, Invitation.sent, Invitation.reminded),
        *(Invitation.reminders, Invitation.language, Invitation.draft_saved, Invitation.opened),
        _place.code.as_alias("code"),
        _place.name.as_alias("name"),
        _place.language.as_alias("name_language"),
        _place.country.as_alias("country"),
        _place.region.as_alias("region"),
        _place.population.as_alias("population"),
        _contact.name.as_alias("contact"),
        _contact.phone.as_alias("phone"),
        _contact.bounced.as_alias("bounced"),
        _contact.bounce.as_alias("bounce"),
        _contact.absent_until.as_alias("absent_until"),
    )


async def _conditions(call_id: int, standing: str, back: set[int]) -> list[Any]:
    unanswered = Invitation.state != InvitationState.ANSWERED
    if standing in {Standing.DRAFTED, Standing.WITHDRAWN}:
        taken_back = await _withdrawn(call_id) or [NO_ROW]
        if standing == Standing.WITHDRAWN:
            return [unanswered, Invitation.id.is_in(taken_back)]
        drafted = Invitation.state == InvitationState.DRAFTED
        return [drafted, Invitation.id.not_in(taken_back)]
    bounced = _contact.bounced.is_not_null() | Invitation.id.is_in(sorted(back) or [NO_ROW])
    acted = Invitation.state.is_in(list(HAS_ACTED))
    conditions: Mapping[str, list[Any]] = {
        Standing.UNANSWERED: [unanswered],
        Standing.ANSWERED: [Invitation.state == InvitationState.ANSWERED],
        Standing.ABSENT: [Invitation.state == InvitationState.ABSENT],
        Standing.OPENED: [Invitation.opened.is_not_null() | acted],
        Standing.NOT_OPENED: [
            Invitation.opened.is_null(),
            Invitation.state.not_in(list(HAS_ACTED)),
        ],
        Standing.BOUNCED: [unanswered, bounced],
    }
    return conditions.get(standing, [])


async def _withdrawn(call_id: int) -> list[int]:
    asked: Any = Contribution.invitation
    rows = await Contribution.select(Contribution.invitation).where(
        asked.call == call_id, Contribution.state == ContributionState.WITHDRAWN
    )
    return [row["invitation"] for row in rows]


async def _complete(rows: Sequence[dict[str, Any]], back: set[int]) -> None:
    """Put to each row its answer, with its translation, and the last ring."""
    numbers = [row["id"] for row in rows]
    answers = await answers_to(numbers)
    translated = await translations_of([each["id"] for each in answers.values()])
    rings = await _last_rings(numbers)
    for row in rows:
        answer = answers.get(row["id"])
        if answer:
            answer["translation"] = translated.get(answer["id"])
        row["answer"] = answer
        row["ring"] = rings.get(row["id"])
        row["letter"] = row["reminded"] or row["sent"]
        row["came_back"] = is_bounced(row, back)
        row["label"] = labels.INVITATIONS[InvitationState(row["state"])]


async def _last_rings(invitations: Sequence[int]) -> dict[int, dict[str, Any]]:
    if not invitations:
        return {}
    rows = await (
        Ring.select(
            *(Ring.invitation, Ring.outcome, Ring.until, Ring.note, Ring.at),
            _ringer.name.as_alias("who"),
        )
        .where(Ring.invitation.is_in(list(invitations)))
        .order_by(Ring.id)
    )
    for row in rows:
        row["label"] = labels.RINGS[RingOutcome(row["outcome"])]
    return {row["invitation"]: row for row in rows}
