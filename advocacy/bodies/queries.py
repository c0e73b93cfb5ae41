"""What pages and later rooms need to know of bodies."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # a joined row is what its tables say

from advocacy import database, texts
from advocacy.bodies import labels, rules
from advocacy.bodies.tables import Body, Meeting, Presidency, Procedure
from advocacy.errors import Invalid, Message, NotFound
from advocacy.triage.forms import LARGEST_ID
from feeds.tables import Source

PAST_MEETINGS = 20


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """`body` is its name in the language in use. One that is called off is among them: see
    `state` (rules.MeetingState). `documents_until`: as set, else as the body usually asks.
    """

    id: int
    body: str
    body_key: str
    number: str
    title: str
    place: str
    begins: date
    ends: date
    documents_until: date | None
    zone: str
    state: str
    sequence: int
    changed: datetime
    address: str


def body_name(body: Body | Procedure, language: str) -> str:
    """Of a body or a procedure; English when it has no name in the language."""
    return rules.name_in(json.loads(body.names), language) or body.key


async def bodies(*, now: datetime) -> list[Body]:
    """Those that are valid today, from the Alps to the regions, each followed by those under it."""
    today = rules.office_day(now)
    known = [each for each in await all_bodies() if is_valid(each, today)]
    return [each for each, _ in rules.in_order(known)]


async def all_bodies() -> list[Body]:
    """Past ones too."""
    return list(await Body.objects().order_by(Body.id))


def is_valid(row: Body | Procedure, day: date) -> bool:
    return rules.is_valid(row.valid_from, row.valid_to, day)


async def by_key(key: str) -> Body:
    found = await Body.objects().where(Body.key == key[:40]).first()
    if found is None:
        raise NotFound("There is no such body")
    return found


def guessed_body(source: Source, known: Sequence[Body]) -> Body | None:
    """Who decides on what this source publishes: by its kind, else its only country's state."""
    countries = source.countries.split(",") if source.countries else []
    if source.kind == "have-your-say" or "ec.europa.eu" in source.address:
        return next((body for body in known if body.key == "commission"), None)
    if source.kind == "fedlex":
        countries = ["CH"]
    of_states = (body for body in known if body.level == rules.Level.NATIONAL)
    return next((body for body in of_states if [body.country] == countries), None)


async def procedures(*, now: datetime) -> list[Procedure]:
    """Those that are valid today, with their bodies."""
    today = rules.office_day(now)
    rows = await database.with_referred(Procedure.objects().order_by(Procedure.id), Procedure.body)
    return [each for each in rows if is_valid(each, today)]


@dataclass(frozen=True, slots=True)
class Offered:
    """To choose from. Groups: key, label, and pairs of key and name."""

    bodies: list[tuple[str, str, list[tuple[str, str]]]]
    procedures: list[tuple[str, str, list[tuple[str, str]]]]


async def offered(*, now: datetime, first: str = "") -> Offered:
    """What is valid today: bodies by level, procedures by body, those of body `first` first."""
    language = texts.language()
    known = await bodies(now=now)
    by_level: dict[str, list[tuple[str, str]]] = {}
    for each in known:
        by_level.setdefault(each.level, []).append((each.key, body_name(each, language)))
    of_body: dict[int, list[tuple[str, str]]] = {}
    for way in await procedures(now=now):
        of_body.setdefault(way.body.id, []).append((way.key, body_name(way, language)))
    deciding = sorted((each for each in known if each.id in of_body), key=lambda b: b.key != first)
    return Offered(
        [
            (level, texts.translate(label), by_level[level])
            for level, label in labels.LEVELS.items()
            if level in by_level
        ],
        [(each.key, body_name(each, language), of_body[each.id]) for each in deciding],
    )


async def check_choice(body: str, procedure: str, *, now: datetime) -> None:
    """Raises Invalid: a key that is not offered, or the procedure of another body."""
    choice = await offered(now=now)
    if body and body not in {key for _, _, pairs in choice.bodies for key, _ in pairs}:
        raise Invalid({"body": Message("Choose one from the list")})
    deciding = next(
        ((key, name) for key, name, pairs in choice.procedures if procedure in dict(pairs)), None
    )
    if procedure and deciding is None:
        raise Invalid({"procedure": Message("Choose one from the list")})
    if procedure and body and deciding is not None and deciding[0] != body:
        text = Message("This procedure is one of another body: %(body)s", {"body": deciding[1]})
        raise Invalid({"procedure": text})


async def procedures_of(body_id: int) -> list[Procedure]:
    """Past ones too."""
    return list(await Procedure.objects().where(Procedure.body == body_id).order_by(Procedure.id))


async def procedure(body_id: int, key: str) -> Procedure:
    found = await (
        Procedure.objects().where(Procedure.body == body_id, Procedure.key == key[:40]).first()
    )
    if found is None:
        raise NotFound("There is no such procedure")
    return found


def usual_days(procedure: Procedure, kind: str) -> int | None:
    """How long a window of this kind usually is in this procedure; None: nobody knows."""
    return rules.usual_days(rules.stages_of(procedure.stages), kind)


async def presiding(body_id: int, day: date) -> Presidency | None:
    """Who chairs the body itself on a day; see `chairing` for one that another chairs."""
    return rules.presiding(await presidencies_of([body_id]), day)


async def presidencies_of(body_ids: Sequence[int]) -> list[Presidency]:
    """The latest first."""
    if not body_ids:
        return []
    return list(
        await Presidency.objects()
        .where(Presidency.body.is_in(list(body_ids)))
        .order_by(Presidency.begins, ascending=False)
    )


async def chairing(known: Iterable[Body], day: date) -> dict[int, tuple[Presidency, Body]]:
    """By body: who presides, and over which body: itself, else the nearest one above it."""
    by_id = {each.id: each for each in known}
    terms: dict[int, list[Presidency]] = {}
    for each in await presidencies_of(list(by_id)):
        terms.setdefault(each.body, []).append(each)
    heads = {body: rules.presiding(of_body, day) for body, of_body in terms.items()}
    found: dict[int, tuple[Presidency, Body]] = {}
    for body in by_id.values():
        for above in rules.upwards(body.id, {each.id: each.parent for each in by_id.values()}):
            head = heads.get(above)
            if head is not None and above in by_id:
                found[body.id] = (head, by_id[above])
                break
    return found


async def presidency(body_id: int, number: int) -> Presidency:
    known = 0 < number <= LARGEST_ID
    found = known and (
        await Presidency.objects()
        .where(Presidency.id == number, Presidency.body == body_id)
        .first()
    )
    if not found:
        raise NotFound("There is no such presidency")
    return found


async def meeting(body_id: int, number: int) -> Meeting:
    known = 0 < number <= LARGEST_ID
    found = known and (
        await Meeting.objects().where(Meeting.id == number, Meeting.body == body_id).first()
    )
    if not found:
        raise NotFound("There is no such meeting")
    return found


def _meetings() -> Any:  # Piccolo's select has no narrower type
    return Meeting.select(
        *(Meeting.id, Meeting.number, Meeting.title, Meeting.place, Meeting.begins, Meeting.ends),
        *(Meeting.documents_until, Meeting.state, Meeting.sequence, Meeting.changed),
        *(Meeting.address, Meeting.body.key.as_alias("body_key")),
        Meeting.body.names.as_alias("names"),
        Meeting.body.zone.as_alias("zone"),
        Meeting.body.lead_days.as_alias("lead_days"),
    )


def _row(row: Mapping[str, Any]) -> MeetingRow:
    values = dict(row)
    names, lead_days = json.loads(values.pop("names")), values.pop("lead_days")
    due = rules.documents_due(values["begins"], values.pop("documents_until"), lead_days)
    name = rules.name_in(names, texts.language()) or values["body_key"]
    return MeetingRow(body=name, documents_until=due, **values)


async def meetings_ahead(*, now: datetime, until: datetime | None = None) -> list[MeetingRow]:
    """Of all bodies, those that are not over, the next first; `until`: that begin by that day."""
    query = _meetings().where(Meeting.ends >= rules.office_day(now))
    if until is not None:
        query = query.where(Meeting.begins <= rules.office_day(until))
    return [_row(row) for row in await query.order_by(Meeting.begins, Meeting.id)]


async def meetings_of(body_id: int, *, now: datetime) -> tuple[list[MeetingRow], list[MeetingRow]]:
    """Ahead, the next first; and the last ones past, the latest first."""
    today = rules.office_day(now)
    own = _meetings().where(Meeting.body == body_id)
    ahead = await own.where(Meeting.ends >= today).order_by(Meeting.begins, Meeting.id)
    past = await (
        _meetings()
        .where(Meeting.body == body_id, Meeting.ends < today)
        .order_by(Meeting.begins, ascending=False)
        .limit(PAST_MEETINGS)
    )
    return [_row(row) for row in ahead], [_row(row) for row in past]
