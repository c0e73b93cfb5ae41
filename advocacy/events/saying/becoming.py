"""A line of the minutes becomes an answer to a call, a project, or news: once, and only one.

answer:  call of the point's dossier → the municipality's invitation → calls' own action on behalf
news:    entry of the network's own source → the point's dossier, where it can be cited → or inbox
project: a project with these words, led by the municipality → its own page to go on with
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any  # columns

from advocacy import database, texts
from advocacy.calls import actions as calls
from advocacy.calls import queries as called
from advocacy.calls.answering.forms import Answer
from advocacy.calls.answering.versions import answer_of
from advocacy.calls.queries import Personal
from advocacy.calls.rules import LONGEST_TEXT, Basis, Stance
from advocacy.dossiers import actions as dossiers
from advocacy.errors import Invalid, Message, NotAllowed, Outdated
from advocacy.events.keeping.drafting import check_right
from advocacy.events.keeping.known import link_to, told_in
from advocacy.events.keeping.programme import points_of
from advocacy.events.labels import WHY_NOT
from advocacy.events.registering.placing import hold
from advocacy.events.rules import Became, WhyNot
from advocacy.events.saying import network_news
from advocacy.events.saying.chances import chances
from advocacy.events.saying.minutes import MinuteRow, one
from advocacy.events.saying.network_news import Said
from advocacy.events.tables import Gathering, Minute
from advocacy.history.actions import record
from advocacy.people.tables import Person
from advocacy.projects import actions as projects
from advocacy.projects.forms import NewProject, Told

CHANNEL = "workshop"
TITLE = 90  # characters
ALREADY = Message("Something has come of this already")
FIELDS: dict[Became, Any] = {
    Became.CONTRIBUTION: Minute.contribution,
    Became.PROJECT: Minute.project,
    Became.NEWS: Minute.entry,
}


async def become_answer(
    gathering_id: int, number: int, *, basis: Basis, by: Person, now: datetime
) -> int:
    """In the name of the municipality, marked as said at a gathering; it gets the receipt and can
    change it. Words behind an answer that it has given stand after these. Returns the contribution.
    """

    async def act(_: Gathering, minute: MinuteRow) -> int:
        chance = (await chances([minute], now=now))[minute.id]
        if isinstance(chance, WhyNot):
            raise NotAllowed(WHY_NOT[chance])
        personal = await called.invitation(chance)
        answer = _answer(personal, minute, basis)
        if len(answer.text) > LONGEST_TEXT:
            raise Invalid(
                {"text": Message("Together with the answer that is there it is too long")}
            )
        contribution = await calls.contribute(
            personal.invitation.id, answer, channel=CHANNEL, by=by, now=now,
        )  # fmt: skip
        return int(contribution.id)

    return await _become(gathering_id, number, Became.CONTRIBUTION, act, by=by, now=now)


async def become_news(gathering_id: int, number: int, *, by: Person, now: datetime) -> int:
    """Where the point belongs to a dossier the entry does so too; else it lies in the inbox.
    Returns the entry.
    """

    async def act(gathering: Gathering, minute: MinuteRow) -> int:
        entry = await network_news.publish(await _said(gathering, minute), now=now)
        if minute.dossier:
            await dossiers.attach([entry], minute.dossier, by=by, now=now)
        return entry

    return await _become(gathering_id, number, Became.NEWS, act, by=by, now=now)


async def become_project(gathering_id: int, number: int, *, by: Person, now: datetime) -> int:
    """With these words, led by the municipality that said them. Returns the number of [@P12]."""

    async def act(gathering: Gathering, minute: MinuteRow) -> int:
        return await projects.enter(await _project(gathering, minute), by=by, now=now)

    return await _become(gathering_id, number, Became.PROJECT, act, by=by, now=now)


Act = Callable[[Gathering, MinuteRow], Awaitable[int]]


async def _become(
    gathering_id: int, number: int, what: Became, act: Act, *, by: Person, now: datetime
) -> int:
    async with database.transaction():
        gathering = await hold(gathering_id)
        check_right(gathering, by)
        minute = await one(gathering_id, number)
        taken = await (
            Minute.update({Minute.became: what})
            .where(Minute.id == minute.id, Minute.became == "")
            .returning(Minute.id)
        )
        if not taken:
            raise Outdated(ALREADY)
        made = await act(gathering, minute)
        await Minute.update({FIELDS[what]: made}).where(Minute.id == minute.id)
        await record(
            f"minutes became {what.value}", kind="gathering", object=gathering_id, by=by, now=now,
            dossier=minute.dossier, details={"minute": minute.id, what.value: made},
        )  # fmt: skip
    return made


def _answer(personal: Personal, minute: MinuteRow, basis: Basis) -> Answer:
    if personal.given and personal.contribution and personal.version:
        there = answer_of(personal.contribution, personal.version)
        text = "\n\n".join(part for part in (there.text, minute.text) if part)
        return replace(there, text=text)
    return Answer(
        stance=Stance(minute.stance), language=minute.language,
        answered_by=minute.said_by or personal.municipality.name, text=minute.text, basis=basis,
        role="other", name_public=False,
    )  # fmt: skip


async def _project(gathering: Gathering, minute: MinuteRow) -> NewProject:
    points = {point.id: point for point in await points_of(gathering.id, minute.language)}
    point = points.get(minute.point or 0)
    own = [point.topic] if point and point.topic else gathering.topics.split(",")
    return NewProject(
        language=minute.language,
        texts={minute.language: Told(_title(minute.text), minute.text)},
        topics=tuple(topic for topic in own if topic),
        led_by=minute.code,
        members=(minute.code,) if minute.code else (),
        contact={"name": minute.said_by} if minute.said_by else {},
    )


def _title(text: str) -> str:
    """The first line, cut at a word: who goes on with the project gives it a better one."""
    first = text.partition("\n")[0]
    if len(first) <= TITLE:
        return first
    return (first[:TITLE].rpartition(" ")[0] or first[:TITLE]) + " …"


async def _said(gathering: Gathering, minute: MinuteRow) -> Said:
    told = await told_in(gathering, minute.language)
    points = {point.id: point for point in await points_of(gathering.id, minute.language)}
    point = points.get(minute.point or 0)
    with texts.speaking(minute.language):
        day = texts.short_day(gathering.begins, gathering.zone)
    title = f"{told.title}, {day}" + (f": {point.title}" if point else "")
    return Said(
        key=f"gathering/{gathering.id}/{minute.id}",
        title=title,
        text=minute.text,
        language=minute.language,
        author=minute.municipality,  # persons stand in the minutes, and nowhere else
        address=f"{link_to(gathering, minute.language)}#minute-{minute.number}",
        at=gathering.begins,
    )
