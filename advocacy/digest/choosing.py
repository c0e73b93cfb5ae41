"""How often somebody wants each kind of news: from a letter, or from their settings."""

from collections.abc import Mapping
from datetime import datetime

from advocacy import database
from advocacy.digest import queries, rules
from advocacy.digest.rules import Kind
from advocacy.digest.tables import DigestKind, DigestTold
from advocacy.errors import Invalid, Message
from advocacy.history.actions import record
from advocacy.people.rules import Rhythm, Role
from advocacy.people.tables import Person

HOW_OFTEN = Message("Choose how often")


def typed_rhythms(typed: Mapping[str, str], kinds: tuple[Kind, ...]) -> dict[Kind, Rhythm]:
    """From a form: "digest" for all kinds, "digest-inbox" for one. What is not there stays."""
    fields = {kind: typed.get(f"digest-{kind}", typed.get("digest", "")) for kind in kinds}
    wrong = {
        f"digest-{kind}": HOW_OFTEN
        for kind, value in fields.items()
        if value not in {*Rhythm, ""}
    }  # fmt: skip
    if wrong or not any(fields.values()):
        raise Invalid(wrong or dict.fromkeys([f"digest-{kind}" for kind in kinds], HOW_OFTEN))
    return {kind: Rhythm(value) for kind, value in fields.items() if value}


async def choose(
    person_id: int, chosen: Mapping[Kind, Rhythm], *, now: datetime
) -> dict[Kind, Rhythm]:
    """Returns what it was before, of those that changed. What has been told stays told.

    Who wants a kind again after "never" hears of the last week, and of all that lies ahead.
    """
    async with database.transaction():
        await database.one_at_a_time(f"digest/{person_id}")
        person = await Person.objects().where(Person.id == person_id).first()
        if person is None:
            return {}
        before = await queries.rhythms_of(person)
        new = {
            kind: rhythm for kind, rhythm in chosen.items() if before.get(kind, rhythm) != rhythm
        }
        if not new:
            return {}
        told = {wish.kind: wish.told_until for wish in await _wishes(person)}
        for kind, rhythm in new.items():
            await _keep(person_id, kind, rhythm, told.get(kind))
            if before[kind] is Rhythm.NEVER:
                await _leave_out(person_id, kind, told.get(kind), now=now)
        changed = {kind.value: [before[kind], rhythm] for kind, rhythm in new.items()}
        await record(
            "mail settings changed", kind="person", object=person_id, by=person, now=now,
            details={"digest": changed},
        )  # fmt: skip
    return {kind: before[kind] for kind in new}


async def want(person_id: int, topics: tuple[str, ...], countries: tuple[str, ...]) -> None:
    """Of which topics and countries somebody wants news; none chosen: of all."""
    async with database.transaction():
        begun = DigestTold(person=person_id, told_until=rules.BEGINNING)
        await DigestTold.insert(begun).on_conflict(target=DigestTold.person, action="DO NOTHING")
        await DigestTold.update(
            {DigestTold.topics: ",".join(topics), DigestTold.countries: ",".join(countries)}
        ).where(DigestTold.person == person_id)


async def _wishes(person: Person) -> tuple[rules.Wish, ...]:
    found = await queries.readers(person.id)
    return found[0].wishes if found else ()


async def _keep(person: int, kind: Kind, rhythm: Rhythm, until: datetime | None) -> None:
    """`until` is for the first row only: what a run has told meanwhile stays told."""
    row = DigestKind(person=person, kind=kind, rhythm=rhythm, told_until=until)
    await DigestKind.insert(row).on_conflict(
        target=(DigestKind.person, DigestKind.kind),
        action="DO UPDATE",
        values=[DigestKind.rhythm],
    )


async def _leave_out(person: int, kind: Kind, until: datetime | None, *, now: datetime) -> None:
    """What happened more than a week ago, while nobody wanted to hear of it."""
    if until is not None:
        await DigestKind.update(
            {DigestKind.told_until: rules.back_from_never(until, now=now)}
        ).where(
            DigestKind.person == person, DigestKind.kind == kind, DigestKind.told_until == until
        )


async def stop(person_id: int, kinds: tuple[Kind, ...], *, now: datetime) -> dict[Kind, Rhythm]:
    """The one click of a letter: none of these kinds any more. Returns what it was before."""
    return await choose(person_id, dict.fromkeys(kinds, Rhythm.NEVER), now=now)


def kinds_of(person: Person) -> tuple[Kind, ...]:
    return rules.KINDS[Role(person.role)]
