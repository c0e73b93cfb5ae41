"""A letter to those who have not decided, once, while there is still time."""

from datetime import datetime
from zoneinfo import ZoneInfo

from advocacy import database
from advocacy.approvals import mails, queries, rules, sealing
from advocacy.approvals.notices import asking
from advocacy.approvals.queries import Ground
from advocacy.approvals.rules import Policy, RoundState
from advocacy.approvals.tables import Round
from advocacy.history.actions import record
from advocacy.mail.actions import post
from advocacy.people.tables import Person


async def remind_due(now: datetime) -> int:
    """A job; any number of processes may do it. Returns how many letters are written."""
    rows = await Round.select(Round.id, Round.opened, Round.ends).where(
        Round.state == RoundState.OPEN, Round.reminded.is_null(), Round.ends > now
    )
    due = [row["id"] for row in rows if rules.remind_at(row["opened"], row["ends"]) <= now]
    return sum([await _remind(round_id, now=now) for round_id in due])


async def _remind(round_id: int, *, now: datetime) -> int:
    async with database.transaction():
        await database.one_at_a_time(f"round/{round_id}")
        taken = await (
            Round.update({Round.reminded: now})
            .where(Round.id == round_id, Round.reminded.is_null(), Round.state == RoundState.OPEN)
            .returning(Round.id)
        )
        if not taken:
            return 0
        held = await queries.round_by_id(round_id)
        position = await queries.position_by_id(held.position)
        if await sealing.current_hash(position, held) != held.text_hash:
            return 0  # void, as soon as the job comes by
        ground = await queries.ground_of(position, version=held.version)
        wanted = await _waited_for(held, now=now)
        members = 0
        if held.asks_members:
            rows = await asking.notices(held.id)
            silent = [row for row in rows if not row.seen]
            members = await asking.tell(held, ground, "notice_reminder", silent, now=now)
        await record(
            "round reminded",
            kind="round",
            object=held.id,
            by=None,
            now=now,
            dossier=ground.dossier.id,
            details={"people": [person for person, _, _ in wanted], "municipalities": members},
        )
        await _write(held, ground, wanted, now=now)
    return len(wanted) + members


async def _waited_for(held: Round, *, now: datetime) -> list[tuple[int, str, str]]:
    """Person, address, and for whom a deputy stands in. In a round by silence it is enough to
    have read the text.
    """
    today = now.astimezone(ZoneInfo(queries.ZONE)).date()
    found: list[tuple[int, str, str]] = []
    for row in await queries.ballots_of([held.id]):
        if row["choice"] or (held.policy == Policy.SILENCE and row["seen"]):
            continue
        found.append((row["person"], mails.ballot_address(row["id"]), ""))
        if row["deputy"] and await queries.stands_in(row["person"], row["deputy"], today):
            address = mails.ballot_address(row["id"], deputy=row["deputy"])
            found.append((row["deputy"], address, row["name"]))
    return found


async def _write(
    held: Round, ground: Ground, wanted: list[tuple[int, str, str]], *, now: datetime
) -> None:
    if not wanted:
        return
    rows = await Person.objects().where(
        Person.id.is_in([each for each, _, _ in wanted]), Person.active.eq(True)
    )
    people = {person.id: person for person in rows}
    for number, address, stands_in_for in wanted:
        if person := people.get(number):
            title = await queries.title_in(ground, person.language)
            letter = mails.reminder(
                held, ground, person, title=title, address=address, stands_in_for=stands_in_for
            )
            await post(letter, now=now)
