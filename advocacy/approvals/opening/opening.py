"""Open a round on a text, write to those who decide; take it back."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from advocacy import database
from advocacy.approvals import mails, queries, rules, sealing
from advocacy.approvals.deputies.standing import stand_in
from advocacy.approvals.forms import NewRound
from advocacy.approvals.notices import asking
from advocacy.approvals.notices.asked import tally_of
from advocacy.approvals.queries import Ground
from advocacy.approvals.rules import Policy, RoundState
from advocacy.approvals.sealing import OPENED
from advocacy.approvals.tables import Ballot, Round
from advocacy.approvals.voting.settling import back_to_draft, move, settle_position
from advocacy.approvals.voting.sheet import changes_since_seen
from advocacy.dossiers.actions import advance
from advocacy.dossiers.rules import Station
from advocacy.errors import Invalid, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.mail.actions import post, stop
from advocacy.people.tables import Person
from advocacy.people.tokens import derived_token, hashed
from advocacy.positions.rules import PositionState


async def open_round(
    position_id: int,
    *,
    policy: Policy,
    quorum: int,
    ends: datetime,
    per_country: bool = False,
    chair: int | None = None,
    asks_members: bool = False,
    by: Person,
    now: datetime,
) -> Round:
    """Bind a round to the text as it stands, with its binding translations, and write to every
    member of the presidency; with `asks_members` to the municipalities too (by silence only).

    `chair`: the member (a person's id) whose vote decides a tie. Invalid: what has to be mended
    first, all of it. Outdated: a round is open, or was a moment faster.
    """
    by_silence = policy is Policy.SILENCE
    new = NewRound(
        policy=policy,
        quorum=quorum,
        ends=ends,
        per_country=per_country and not by_silence,
        chair=chair if policy is Policy.MAJORITY else None,
        asks_members=asks_members and by_silence,
    )
    try:
        async with database.transaction():
            return await _open(position_id, new, by=by, now=now)
    except database.DUPLICATE:
        raise Outdated("A round is open already") from None


async def _open(position_id: int, new: NewRound, *, by: Person, now: datetime) -> Round:
    await settle_position(await queries.position_by_id(position_id), now=now)
    position = await queries.position_by_id(position_id)
    if position.state != PositionState.DRAFT:
        raise Outdated("A round is open already, or the text is adopted")
    languages = queries.binding_languages(position)
    await sealing.hold_still(position.id, languages)
    ground = await queries.ground_of(position)
    asked = await queries.members()
    if found := await queries.obstacles_of(ground, asked):
        raise Invalid({obstacle.key: obstacle.message for obstacle in found})
    _check(new, ground, asked, now=now)
    await move(position.id, PositionState.DRAFT, PositionState.IN_ROUND, version=position.version)
    held = Round(
        position=position.id,
        version=ground.version.number,
        text_hash=await queries.seal_of(position, ground.version, languages),
        languages=",".join(languages),
        policy=new.policy,
        quorum=new.quorum,
        per_country=new.per_country,
        chair=new.chair,
        asks_members=new.asks_members,
        state=RoundState.OPEN,
        opened=now,
        ends=new.ends,
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
        details={
            "version": held.version,
            "text_hash": held.text_hash,
            "policy": held.policy,
            "translations": await sealing.digests_of(position, languages),
        },
    )
    for person, ballot in zip(asked, ballots, strict=True):
        await _write(held, ground, person, ballot, members=len(asked), now=now)
    await stand_in(held, ground, now=now)
    if new.asks_members:
        await asking.ask(held, ground, now=now)
    return held


def _check(new: NewRound, ground: Ground, asked: Sequence[Person], *, now: datetime) -> None:
    countries = Counter(country_of(person) for person in asked)
    rules.check_opening(
        quorum=new.quorum,
        voices=len(countries) if new.per_country else len(asked),
        ends=new.ends,
        closes=ground.window.closes if ground.window else None,
        now=now,
        without_country=[p.name for p in asked if new.per_country and not country_of(p)],
        chair_votes=new.chair is None or new.chair in {person.id for person in asked},
    )


def country_of(person: Person) -> str:
    """Whose voice a member is: the first country that stands with the name."""
    return person.countries.split(",")[0].strip()


async def _ballot(held: Round, person: Person) -> Ballot:
    ballot = Ballot(round=held.id, person=person.id, country=country_of(person))
    await ballot.save()
    ballot.token_hash = hashed(derived_token("ballot", ballot.id))
    await ballot.save()
    return ballot


async def _write(
    held: Round, ground: Ground, person: Person, ballot: Ballot, *, members: int, now: datetime
) -> None:
    letter = mails.opened(
        held,
        ground,
        person,
        title=await queries.title_in(ground, person.language),
        ballot_id=ballot.id,
        body=await queries.name_of_body(ground, person.language),
        changes=await changes_since_seen(ground, person),
        members=members,
    )
    await post(letter, now=now)


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
        if (await tally_of(held)).seen:
            raise Outdated("A municipality has answered already: this cannot be undone")
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
