"""Open a round, vote, and end it when it has ended.

Every change of a round passes `one_at_a_time("round/<id>")`; what ends it also needs the
position to have the very version that the round is about, so that a text saved at the same
moment wins and the round is found void instead.
"""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime

from advocacy import database
from advocacy.approvals import mails, queries, rules
from advocacy.approvals.rules import Policy, RoundResult, RoundState
from advocacy.approvals.settling import back_to_draft, decide, make_void, move, settle
from advocacy.approvals.sheet import changes_since_seen
from advocacy.approvals.tables import Ballot, Round
from advocacy.dossiers.actions import advance
from advocacy.dossiers.rules import Station
from advocacy.errors import Invalid, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.mail.actions import post, stop
from advocacy.people.tables import Person
from advocacy.people.tokens import derived_token, hashed
from advocacy.positions import queries as positions
from advocacy.positions.actions import mark_seen
from advocacy.positions.rules import PositionState
from advocacy.positions.tables import Position
from advocacy.provenance import without_citations

__all__ = ["UNDO", "event_of_opening", "mark_read", "open_round", "settle", "undo_opening", "vote"]

OPENED = "round opened"


async def open_round(
    position_id: int, *, policy: Policy, quorum: int, ends: datetime, by: Person, now: datetime
) -> Round:
    """Bind a round to the text as it stands and write to every member of the presidency.

    Invalid: what has to be mended first, all of it. Outdated: a round is open, or was a moment
    faster.
    """
    try:
        async with database.transaction():
            return await _open(position_id, policy, quorum, ends, by=by, now=now)
    except database.DUPLICATE:
        raise Outdated("A round is open already") from None


async def _open(
    position_id: int, policy: Policy, quorum: int, ends: datetime, *, by: Person, now: datetime
) -> Round:
    position = await queries.position_by_id(position_id)
    if position.state != PositionState.DRAFT:
        raise Outdated("A round is open already, or the text is adopted")
    ground = await queries.ground_of(position)
    asked = await queries.members()
    if found := await queries.obstacles_of(ground, asked):
        raise Invalid({obstacle.key: obstacle.message for obstacle in found})
    rules.check_opening(
        quorum=quorum,
        members=len(asked),
        ends=ends,
        closes=ground.window.closes if ground.window else None,
        now=now,
    )
    await make_void(position, now=now)
    await move(position.id, PositionState.DRAFT, PositionState.IN_ROUND, version=position.version)
    held = Round(
        position=position.id,
        version=ground.version.number,
        text_hash=ground.version.text_hash,
        policy=policy,
        quorum=quorum,
        state=RoundState.OPEN,
        opened=now,
        ends=ends,
        person=by.id,
    )
    await held.save()
    ballots = [await _ballot(held, person) for person in asked]
    await advance(ground.dossier.id, Station.APPROVAL, by=by, now=now)
    await record(
        OPENED,
        kind="round",
        object=held.id,
        by=by,
        now=now,
        dossier=ground.dossier.id,
        details={"version": held.version, "text_hash": held.text_hash, "policy": held.policy},
    )
    for person, ballot in zip(asked, ballots, strict=True):
        letter = mails.opened(
            held,
            ground,
            person,
            title=await queries.title_in(ground, person.language),
            ballot_id=ballot.id,
            body=await queries.name_of_body(ground, person.language),
            changes=await changes_since_seen(ground, person),
            members=len(asked),
        )
        await post(letter, now=now)
    return held


async def _ballot(held: Round, person: Person) -> Ballot:
    ballot = Ballot(round=held.id, person=person.id)
    await ballot.save()
    ballot.token_hash = hashed(derived_token("ballot", ballot.id))
    await ballot.save()
    return ballot


async def vote(
    round_id: int, person: Person, choice: str, remark: str, text_hash: str, *, now: datetime
) -> RoundResult:
    """Record or change a choice on exactly the text with `text_hash`; the same again is nothing.

    NotFound: not asked in this round. Outdated: another text; what changed stands in `theirs`.
    """
    async with database.transaction():
        await database.one_at_a_time(f"round/{round_id}")
        held = await queries.round_by_id(round_id)
        ballot = await queries.ballot_of(round_id, person.id)
        if ballot is None:
            raise NotFound("There is no such round")
        position = await queries.position_by_id(held.position)
        current = await queries.current_hash(position, held)
        try:
            chosen = rules.check_vote(
                RoundState(held.state),
                choice=choice,
                remark=remark,
                voted_hash=text_hash,
                text_hash=held.text_hash,
                current_hash=current,
                ends=held.ends,
                now=now,
            )
        except Outdated as error:
            theirs = await _what_changed(held, position)
            raise Outdated(error.message, theirs=theirs, mine=remark) from None
        before = {"choice": ballot.choice, "remark": ballot.remark}
        if before != {"choice": chosen, "remark": remark.strip()}:
            await _keep(ballot, chosen, remark.strip(), held.text_hash, now=now)
            await mark_seen(position.id, person, held.version, now=now)
            await record(
                "voted",
                kind="round",
                object=held.id,
                by=person,
                now=now,
                dossier=position.dossier,
                details={"choice": chosen, "text_hash": text_hash, "before": before},
            )
        return await decide(held, position, current, now=now)


async def _keep(
    ballot: Ballot, choice: rules.Choice, remark: str, text_hash: str, *, now: datetime
) -> None:
    await Ballot.update(
        {
            Ballot.choice: choice,
            Ballot.remark: remark,
            Ballot.text_hash: text_hash,
            Ballot.voted: now,
            Ballot.seen: ballot.seen or now,
            Ballot.changed_before: bool(ballot.choice),
        }
    ).where(Ballot.id == ballot.id)


async def _what_changed(held: Round, position: Position) -> str:
    """The paragraphs that are not as they were voted on, as they read now."""
    voted = await positions.version(position.id, held.version)
    current = await positions.version(position.id)
    before = dict(positions.paragraphs_of(voted))
    changed = [
        f"§ {number} {without_citations(text)}"
        for number, (key, text) in enumerate(positions.paragraphs_of(current), 1)
        if before.get(key) != text
    ]
    return "\n\n".join([f"v{current.number}: {current.title}", *changed])


async def mark_read(round_id: int, person: Person, *, now: datetime) -> None:
    """The member says: I have read this version. In a round by silence that is what counts."""
    async with database.transaction():
        held = await queries.round_by_id(round_id)
        ballot = await queries.ballot_of(round_id, person.id)
        if ballot is None:
            raise NotFound("There is no such round")
        if not ballot.seen:
            await Ballot.update({Ballot.seen: now}).where(Ballot.id == ballot.id)
        await mark_seen(held.position, person, held.version, now=now)


async def event_of_opening(round_id: int) -> int | None:
    """For the button that takes it back."""
    row = await (
        Event.select(Event.id)
        .where(Event.kind == "round", Event.object == round_id, Event.action == OPENED)
        .first()
    )
    return row["id"] if row else None


async def undo_opening(event: Event, by: Person, now: datetime) -> str:
    """Take the round back before anybody has voted; letters that have not left stay here."""
    async with database.transaction():
        await database.one_at_a_time(f"round/{event.object}")
        held = await queries.round_by_id(event.object)
        if any(row["choice"] for row in await queries.ballots_of([held.id])):
            raise Outdated("Somebody has voted already: this cannot be undone")
        taken_back = await (
            Round.update({Round.state: RoundState.VOID, Round.ended: now})
            .where(Round.id == held.id, Round.state == RoundState.OPEN)
            .returning(Round.id)
        )
        if not taken_back:
            raise Outdated("This round has ended meanwhile")
        position = await queries.position_by_id(held.position)
        ground = await queries.ground_of(position)
        await back_to_draft(held, ground, now=now)
        await stop(mails.letter_prefix(held.id))
        await record(
            "round taken back",
            kind="round",
            object=held.id,
            by=by,
            now=now,
            dossier=ground.dossier.id,
            details=json.loads(event.details),
            undoes=event.id,
        )
    return f"/p/{ground.dossier.number}/rounds"


UNDO: dict[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {OPENED: undo_opening}
