"""Matters at every station, made straight in the tables: these pages only read."""

import json
from datetime import datetime, timedelta
from typing import Any

from advocacy.approvals.rules import Policy, RoundState
from advocacy.approvals.tables import Ballot, Round
from advocacy.calls.rules import CallState
from advocacy.calls.tables import Call, CallText, Invitation
from advocacy.deadlines import Milestone as Kind
from advocacy.dossiers.rules import DeadlineState, Station
from advocacy.dossiers.tables import Dossier, Milestone, Window
from advocacy.municipalities.tables import Municipality
from advocacy.people.tables import Person
from advocacy.positions.rules import PositionState
from advocacy.positions.tables import Position, PositionVersion
from feeds.reading.folding import search_text
from feeds.tables import Entry, Source

BRUSSELS = "Europe/Brussels"


async def source(now: datetime, name: str = "Europäische Kommission", **more: Any) -> Source:
    made = Source(
        **{
            "name": name,
            "address": f"https://{name.lower().replace(' ', '-')}.example/feed",
            "created": now,
            "next_due": now,
            **more,
        }
    )
    await made.save()
    return made


async def entry(
    now: datetime,
    of: Source,
    title: str,
    *,
    language: str = "de",
    text: str = "",
    deadline: datetime | None = None,
) -> Entry:
    made = Entry(
        source=of.id,
        key=f"{of.id}-{title}",
        title=title,
        text=text,
        address="https://news.example/1",
        first_seen=now,
        last_seen=now,
        language=language,
        hash="h",
        next_deadline=deadline,
        search_text=search_text(f"{title} {text}", language=language),
    )
    await made.save()
    return made


async def dossier(
    now: datetime,
    number: str = "2026-014",
    title: str = "Großraubtiere",
    *,
    station: Station = Station.OPENED,
    language: str = "de",
    countries: str = "AT,IT,SI",
) -> Dossier:
    made = Dossier(
        number=number,
        title=title,
        language=language,
        station=station,
        countries=countries,
        opened=now,
        changed=now,
        search_text=search_text(f"{number} {title}", language=language),
    )
    await made.save()
    return made


async def window(
    now: datetime,
    of: Dossier,
    *,
    days: float = 22,
    state: DeadlineState = DeadlineState.CONFIRMED,
    **due_in_days: int,
) -> Window:
    made = Window(
        dossier=of.id,
        closes=now + timedelta(days=days),
        zone=BRUSSELS,
        state=state,
        changed=now,
    )
    await made.save()
    for kind, away in due_in_days.items():
        due = now + timedelta(days=away)
        await Milestone(window=made.id, kind=Kind(kind), due=due).save()
    return made


async def call(
    now: datetime,
    of: Window,
    number: str = "2026-014-1",
    *,
    by: Person,
    state: CallState = CallState.OPEN,
    days: float = 6,
    title: str = "Schutz der Herden",
    unchecked: tuple[str, ...] = (),
) -> Call:
    made = Call(
        window=of.id,
        number=number,
        state=state,
        language="de",
        answers_until=now + timedelta(days=days),
        zone=BRUSSELS,
        person=by.id,
        created=now,
    )
    await made.save()
    await CallText(call=made.id, language="de", title=title, checked=now).save()
    for language in unchecked:
        await CallText(call=made.id, language=language, title=f"({language}) {title}").save()
    return made


async def invite(of: Call, member: Municipality, *, state: str = "sent") -> Invitation:
    made = Invitation(call=of.id, municipality=member.id, language=member.language, state=state)
    await made.save()
    return made


async def position(
    now: datetime,
    of: Dossier,
    *,
    by: Person,
    state: PositionState = PositionState.DRAFT,
    text: str = "Die Kosten des Herdenschutzes sind ganz zu ersetzen.",
    title: str = "Großraubtiere: Schutz bezahlen",
    binding: str = "",
) -> Position:
    adopted = now if state in {PositionState.ADOPTED, PositionState.SUBMITTED} else None
    made = Position(
        dossier=of.id,
        language="de",
        binding_languages=binding,
        state=state,
        version=1,
        adopted=adopted,
    )
    await made.save()
    await PositionVersion(
        position=made.id,
        number=1,
        title=title,
        paragraphs=json.dumps([{"key": "k1", "text": text}]),
        text_hash="f" * 64,
        person=by.id,
        at=now,
        search_text=search_text(f"{title} {text}", language="de"),
    ).save()
    return made


async def held_round(
    now: datetime, of: Position, members: list[Person], *, by: Person, hours: float = 9
) -> Round:
    made = Round(
        position=of.id,
        version=1,
        text_hash="f" * 64,
        policy=Policy.MAJORITY,
        state=RoundState.OPEN,
        opened=now,
        ends=now + timedelta(hours=hours),
        person=by.id,
    )
    await made.save()
    for member in members:
        await Ballot(round=made.id, person=member.id).save()
    return made
