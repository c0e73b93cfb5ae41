"""A member, or its deputy, chooses on exactly one text."""

from datetime import datetime
from zoneinfo import ZoneInfo

from advocacy import database
from advocacy.approvals import queries, rules, sealing
from advocacy.approvals.rules import Choice, RoundState
from advocacy.approvals.tables import Ballot, Round
from advocacy.approvals.voting.counting import RoundResult
from advocacy.approvals.voting.settling import decide
from advocacy.errors import NotFound, Outdated
from advocacy.history.actions import record
from advocacy.people.tables import Person
from advocacy.positions import queries as positions
from advocacy.positions.actions import mark_seen
from advocacy.positions.tables import Position
from advocacy.provenance import without_citations


async def vote(
    round_id: int, person: Person, choice: str, remark: str, text_hash: str, *, now: datetime
) -> RoundResult:
    """Record or change a choice on exactly the text with `text_hash`; the same again is nothing.

    Who has chosen may think again until the end, even after the text was adopted, as long as it
    has not left. NotFound: not asked in this round. NotAllowed: over, or a deputy on a day that is
    not its own.
    Outdated: another text; what changed stands in `theirs`.
    """
    async with database.transaction():
        await database.one_at_a_time(f"round/{round_id}")
        held = await queries.round_by_id(round_id)
        await sealing.hold_still(held.position, sealing.bound_languages(held))
        ballot = await _asked(held, person)
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
                thinks_again=bool(ballot.choice) and queries.may_think_again(held, position),
            )
        except Outdated as error:
            theirs = await what_changed(held, position)
            raise Outdated(error.message, theirs=theirs, mine=remark) from None
        await _check_stands_in(ballot, person, now=now)
        if await _keep(held, ballot, person, chosen, remark.strip(), now=now):
            await mark_seen(position.id, person, held.version, now=now)
            await _record(held, ballot, person, chosen, dossier=position.dossier, now=now)
        return await decide(held, position, current, now=now, think_again=True)


async def _asked(held: Round, person: Person) -> Ballot:
    ballot = await queries.ballot_of(held.id, person.id)
    if ballot is None:
        raise NotFound("There is no such round")
    return ballot


async def _speaks(ballot: Ballot, person: Person, *, now: datetime) -> bool:
    """The member itself, or who stands in for it today."""
    day = now.astimezone(ZoneInfo(queries.ZONE)).date()
    member: int = ballot.person.id
    return member == person.id or await queries.stands_in(member, person.id, day)


async def _check_stands_in(ballot: Ballot, person: Person, *, now: datetime) -> None:
    member: Person = ballot.person
    if member.id == person.id:
        return
    rules.check_stands_in(
        member=member.name,
        in_force=await _speaks(ballot, person, now=now),
        member_voted=bool(ballot.choice) and ballot.voted_by is None,
    )


async def _keep(
    held: Round, ballot: Ballot, person: Person, choice: Choice, remark: str, *, now: datetime
) -> bool:
    """False: this is what stands already."""
    stood_in = _stands_in(ballot, person)
    if (ballot.choice, ballot.remark, ballot.voted_by) == (choice, remark, stood_in):
        return False
    await Ballot.update(
        {
            Ballot.choice: choice,
            Ballot.remark: remark,
            Ballot.text_hash: held.text_hash,
            Ballot.voted: now,
            Ballot.voted_by: stood_in,
            Ballot.seen: ballot.seen or now,
            Ballot.changed_before: bool(ballot.choice),
        }
    ).where(Ballot.id == ballot.id)
    return True


def _stands_in(ballot: Ballot, person: Person) -> int | None:
    return person.id if person.id != ballot.person.id else None


async def _record(
    held: Round, ballot: Ballot, person: Person, choice: Choice, *, dossier: int, now: datetime
) -> None:
    """`ballot` as it was before."""
    before = {"choice": ballot.choice, "remark": ballot.remark}
    details = {"choice": choice, "text_hash": held.text_hash, "before": before}
    if _stands_in(ballot, person):
        details["for"] = ballot.person.name
    await record(
        "voted",
        kind="round",
        object=held.id,
        by=person,
        now=now,
        dossier=dossier,
        details=details,
    )


async def what_changed(held: Round, position: Position) -> str:
    """The paragraphs that are not as they were decided on, as they read now, in every language
    that the round is about.
    """
    voted = await positions.version(position.id, held.version)
    current = await positions.version(position.id)
    before = dict(positions.paragraphs_of(voted))
    changed = [
        f"§ {number} {without_citations(text)}"
        for number, (key, text) in enumerate(positions.paragraphs_of(current), 1)
        if before.get(key) != text
    ]
    asked = {ask.number: ask.text for ask in positions.asks_of(voted)}
    changed += [
        f"{ask.number}. {without_citations(ask.text)}"
        for ask in positions.asks_of(current)
        if asked.get(ask.number) != ask.text
    ]
    others = await sealing.changed_translations(position, await sealing.digests_at_opening(held.id))
    for language, rows in others.items():
        changed += [f"{_place(row.number)}({language}) {row.text}".strip() for row in rows]
    return "\n\n".join([f"v{current.number}: {current.title}", *changed])


def _place(number: int | None) -> str:
    return f"§ {number} " if number else ""


async def mark_read(round_id: int, person: Person, *, now: datetime) -> None:
    """The member says: I have read this version. In a round by silence that is what counts, as
    long as it runs; a deputy says so on its days only.
    """
    async with database.transaction():
        await database.one_at_a_time(f"round/{round_id}")
        held = await queries.round_by_id(round_id)
        ballot = await _asked(held, person)
        runs = held.state == RoundState.OPEN and now <= held.ends
        if not ballot.seen and runs and await _speaks(ballot, person, now=now):
            await Ballot.update({Ballot.seen: now}).where(Ballot.id == ballot.id)
        await mark_seen(held.position, person, held.version, now=now)
