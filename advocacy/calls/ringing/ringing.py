"""Ring who has not answered: each try with its outcome, and the secretariat's wish to be helped."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from typing import Any  # columns of a joined table

from advocacy import database
from advocacy.calls.asking.whole_calls import whole_by_id
from advocacy.calls.labels import RINGS
from advocacy.calls.reminding import absences
from advocacy.calls.ringing import ring_lists
from advocacy.calls.rules import CallState, InvitationState, RingOutcome
from advocacy.calls.tables import Call, Invitation, Ring, RingRequest
from advocacy.deadlines import local_date
from advocacy.errors import Invalid, Message, NotAllowed, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.mail.actions import post
from advocacy.mail.letters import Written, write
from advocacy.municipalities.queries import coordinators
from advocacy.municipalities.rules import may_edit
from advocacy.people.tables import Person
from advocacy.settings import settings

LONGEST_NOTE = 300
RUNNING = (CallState.OPEN, CallState.CLOSED)
_call: Any = Invitation.call  # Piccolo types the columns of a joined table loosely
_municipality: Any = Invitation.municipality

list_of = ring_lists.list_of


def label(outcome: RingOutcome) -> Message:
    return RINGS[outcome]


def check_right(by: Person, country: str) -> None:
    """The secretariat, and the coordinator of the country."""
    if not may_edit(by.role, by.countries.split(","), country=country):
        raise NotAllowed("Only the secretariat and the coordinator of the country ring there")


async def _asked(invitation_id: int) -> Mapping[str, Any]:
    row = await (
        Invitation.select(
            Invitation.id,
            Invitation.state,
            Invitation.contact,
            _call.id.as_alias("call"),
            _call.number.as_alias("number"),
            _call.state.as_alias("call_state"),
            _call.zone.as_alias("zone"),
            _call.window.dossier.as_alias("dossier"),
            _municipality.code.as_alias("code"),
            _municipality.country.as_alias("country"),
        )
        .where(Invitation.id == invitation_id)
        .first()
    )
    if row is None:
        raise NotFound("There is no such invitation")
    facts: Mapping[str, Any] = row
    return facts


async def ring(
    invitation_id: int,
    outcome: RingOutcome,
    *,
    until: date | None = None,
    note: str = "",
    by: Person,
    now: datetime,
) -> int:
    """What came of one try. Returns the event's id, which can be undone.

    `until`, for an absence: the first day they are back; None: nobody said. Outdated: the
    municipality has answered meanwhile.
    """
    async with database.transaction():
        row = await _asked(invitation_id)
        check_right(by, row["country"])
        await database.one_at_a_time(_rings(row["call"], row["country"]))
        _check(row, outcome, until, now=now)
        made = Ring(
            invitation=invitation_id, outcome=outcome, note=_short(note), person=by.id, at=now,
            until=until if outcome == RingOutcome.ABSENT else None,
        )  # fmt: skip
        await made.save()
        absence = None
        if outcome == RingOutcome.ABSENT and row["contact"] is not None:
            absence = await absences.note_absence(row["contact"], until, by=by, now=now)
        ended = await _end_requests(row["call"], row["country"], now=now)
        return await record(
            "rung", kind="invitation", object=invitation_id, by=by, now=now,
            dossier=row["dossier"],
            details={
                "ring": made.id, "outcome": outcome, "absence": absence, "requests": ended,
                "call": row["number"], "code": row["code"], "country": row["country"],
            },
        )  # fmt: skip


def _rings(call_id: int, country: str) -> str:
    return f"rings/{call_id}/{country}"


def _short(note: str) -> str:
    return " ".join(note.split())[:LONGEST_NOTE]


def _check(
    row: Mapping[str, Any], outcome: RingOutcome, until: date | None, *, now: datetime
) -> None:
    if row["state"] == InvitationState.ANSWERED:
        raise Outdated("This municipality has answered meanwhile: nobody needs to ring")
    if row["call_state"] not in RUNNING:
        raise Outdated("This call has not left yet: nobody is rung")
    today = local_date(now, row["zone"])
    if outcome == RingOutcome.ABSENT and until is not None and until <= today:
        raise Invalid({"until": Message("Enter the first day they are back: it lies ahead")})


async def _end_requests(call_id: int, country: str, *, now: datetime) -> list[int]:
    """A wish is fulfilled when everybody on the list was rung since. Returns their numbers."""
    open_ones = await ring_lists.requests([country], call=call_id)
    rows = (await ring_lists.list_of(call_id, country)).rows if open_ones else []
    done = [
        each.id
        for each in open_ones
        if all(row.last is not None and row.last.at >= each.at for row in rows)
    ]
    if done:
        await RingRequest.update({RingRequest.done: now}).where(RingRequest.id.is_in(done))
    return done


async def undo_ring(event: Event, by: Person, now: datetime) -> str:
    """Not rung: what followed from it is taken back too."""
    facts = json.loads(event.details)
    check_right(by, facts["country"])
    async with database.transaction():
        gone = await Ring.delete().where(Ring.id == facts["ring"]).returning(Ring.id)
        if not gone:
            raise Outdated("It has been undone already")
        if facts["requests"]:
            await RingRequest.update({RingRequest.done: None}).where(
                RingRequest.id.is_in(facts["requests"])
            )
        if facts["absence"]:
            noted = await Event.objects().where(Event.id == facts["absence"]).first()
            if noted is not None:
                await absences.undo_absence(noted, by, now)
        await record(
            "undone", kind="invitation", object=event.object, by=by, now=now,
            dossier=event.dossier, undoes=event.id,
        )  # fmt: skip
    return f"/c/{facts['call']}/ring/{facts['country'].lower()}#row-{facts['code']}"


async def ask(call_id: int, country: str, note: str, *, by: Person, now: datetime) -> int:
    """Ask the coordinator of a country to ring who has not answered. Returns the event's id.

    Invalid: nobody looks after that country, or everybody there has answered. Outdated: somebody
    has asked already, and it is not done yet.
    """
    async with database.transaction():
        await database.one_at_a_time(_rings(call_id, country))
        call = await Call.objects().where(Call.id == call_id).first()
        if call is None:
            raise NotFound("There is no such call")
        if call.state != CallState.OPEN or call.answers_until < now:
            raise Outdated("This call takes no answers any more: nobody is rung")
        keeper = (await coordinators()).get(country)
        if keeper is None:
            raise Invalid({"country": Message("Nobody looks after this country yet")})
        if await ring_lists.requests([country], call=call_id):
            raise Outdated(Message("%(name)s has been asked already", {"name": keeper.name}))
        listed = await ring_lists.list_of(call_id, country)
        if not listed.rows:
            raise Invalid({"country": Message("Everybody there has answered")})
        made = RingRequest(
            call=call_id, country=country, note=_short(note), person=by.id, at=now, done=None
        )
        await made.save()
        letter = await _letter(made, keeper, listed, by=by)
        event = await record(
            "ringing asked for", kind="call", object=call_id, by=by, now=now,
            dossier=letter.dossier,
            details={"country": country, "coordinator": keeper.name, "asked": len(listed.rows)},
        )  # fmt: skip
        await post(letter, now=now)
    return event


async def _letter(
    request: RingRequest, keeper: Person, listed: ring_lists.RingList, *, by: Person
) -> Written:
    whole = await whole_by_id(request.call)
    spoken, words = whole.words_in(keeper.language)
    address = f"{settings().base_url}/{keeper.language}/c/{whole.call.number}/ring/"
    return write(
        "ring_wanted", key=f"ring/{request.id}", recipient=keeper.email,
        recipient_name=keeper.name, language=keeper.language, headers={"Reply-To": by.email},
        dossier=whole.dossier.id, person=keeper, by=by, note=request.note, call=whole.call,
        words=words, words_language=spoken, rows=listed.rows,
        country=request.country, link=f"{address}{request.country.lower()}",
    )  # fmt: skip


UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "rung": undo_ring,
}
