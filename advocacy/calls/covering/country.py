"""One country as its coordinator sees it: running calls, texts to check, people to be mended."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # columns of a joined table

from advocacy import texts
from advocacy.calls import rules
from advocacy.calls.asking.call_forms import Words
from advocacy.calls.reminding import resting
from advocacy.calls.rules import CallState, InvitationState
from advocacy.calls.tables import CallText, Invitation, QuestionText
from advocacy.deadlines import local_date
from advocacy.municipalities.rules import CONFIRMED_FOR
from advocacy.municipalities.tables import Contact

_call: Any = Invitation.call  # Piccolo types the columns of a joined table loosely
_municipality: Any = Invitation.municipality
_text_call: Any = CallText.call
_member: Any = Contact.municipality


@dataclass(frozen=True, slots=True)
class Part:
    """`key`: the name of a region; empty where none is known."""

    key: str
    asked: int
    answered: int

    @property
    def percent(self) -> float:
        return self.answered / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class RunningCall:
    id: int
    number: str
    title: str
    language: str
    answers_until: datetime
    zone: str
    regions: tuple[Part, ...]

    @property
    def asked(self) -> int:
        return sum(each.asked for each in self.regions)

    @property
    def answered(self) -> int:
        return sum(each.answered for each in self.regions)


async def running(country: str) -> list[RunningCall]:
    """Open calls that ask somebody there, the first to end first. Two queries."""
    rows = await (
        Invitation.select(
            Invitation.state,
            _call.id.as_alias("id"),
            _call.number.as_alias("number"),
            _call.language.as_alias("lead"),
            _call.answers_until.as_alias("answers_until"),
            _call.zone.as_alias("zone"),
            _municipality.region.as_alias("region"),
        )
        .where(_call.state == CallState.OPEN, _municipality.country == country)
        .order_by(_call.answers_until)
        .order_by(_call.id)
    )
    calls = {row["id"]: row for row in rows}
    titles = await _titles(calls)
    return [
        _running(row, titles, [each for each in rows if each["id"] == row["id"]])
        for row in calls.values()
    ]


def _running(
    row: Mapping[str, Any],
    titles: Mapping[tuple[int, str], str],
    asked: Sequence[Mapping[str, Any]],
) -> RunningCall:
    spoken = (texts.language(), row["lead"])
    language = next((each for each in spoken if (row["id"], each) in titles), row["lead"])
    return RunningCall(
        row["id"],
        row["number"],
        titles.get((row["id"], language), row["number"]),
        language,
        row["answers_until"],
        row["zone"],
        tuple(
            _part(key, [each for each in asked if each["region"] == key])
            for key in sorted({each["region"] for each in asked})
        ),
    )


def _part(key: str, rows: Sequence[Mapping[str, Any]]) -> Part:
    answered = sum(row["state"] == InvitationState.ANSWERED for row in rows)
    return Part(key, len(rows), answered)


async def _titles(calls: Iterable[int]) -> dict[tuple[int, str], str]:
    numbers = list(calls)
    if not numbers:
        return {}
    rows = await CallText.select(CallText.call, CallText.language, CallText.title).where(
        CallText.call.is_in(numbers)
    )
    return {(row["call"], row["language"]): row["title"] for row in rows if row["title"]}


@dataclass(frozen=True, slots=True)
class TextToCheck:
    """A language of a call that cannot leave before a person has checked it.

    `begun`: there are words in it. `stale`: it was checked, and the original has changed since.
    `asked`: the person who was asked for it, `due` until when.
    """

    call: int
    number: str
    title: str
    title_language: str
    language: str
    answers_until: datetime
    zone: str
    begun: bool
    stale: bool
    asked: int | None
    due: date | None

    @property
    def path(self) -> str:
        return f"/c/{self.number}/text/{self.language}"


async def texts_to_check(languages: Sequence[str]) -> list[TextToCheck]:
    """Of calls being prepared, what waits in these languages. Two queries at most.

    A language in which nothing stands yet waits when somebody was asked for it.
    """
    if not languages:
        return []
    rows = await (
        CallText.select(
            *(CallText.language, CallText.title, CallText.why, CallText.summary),
            *(CallText.checked, CallText.source_hash, CallText.asked, CallText.due),
            _text_call.id.as_alias("call"),
            _text_call.number.as_alias("number"),
            _text_call.language.as_alias("lead"),
            _text_call.answers_until.as_alias("answers_until"),
            _text_call.zone.as_alias("zone"),
        )
        .where(_text_call.state == CallState.DRAFT)
        .order_by(_text_call.answers_until)
        .order_by(CallText.language)
    )
    leads = {row["call"]: row for row in rows if row["language"] == row["lead"]}
    checked = {
        row["call"] for row in rows if row["language"] in languages and row["checked"] is not None
    }
    hashes = await _hashes({call: lead for call, lead in leads.items() if call in checked})
    return [
        _to_check(row, leads.get(row["call"], row), stale=_is_stale(row, hashes))
        for row in rows
        if row["language"] in languages and (row["checked"] is None or _is_stale(row, hashes))
    ]


def _is_stale(row: Mapping[str, Any], hashes: Mapping[int, str]) -> bool:
    return row["checked"] is not None and row["source_hash"] != hashes.get(row["call"])


def _to_check(row: Mapping[str, Any], lead: Mapping[str, Any], *, stale: bool) -> TextToCheck:
    return TextToCheck(
        **{key: row[key] for key in ("call", "number", "language", "answers_until", "zone")},
        title=lead["title"],
        title_language=lead["language"],
        begun=bool(row["title"]),
        stale=stale,
        asked=row["asked"],
        due=row["due"],
    )


async def _hashes(leads: Mapping[int, Mapping[str, Any]]) -> dict[int, str]:
    """By call, what its translations must have been checked against."""
    if not leads:
        return {}
    question: Any = QuestionText.question
    said = await (
        QuestionText.select(
            *(QuestionText.language, QuestionText.text, QuestionText.options),
            question.call.as_alias("call"),
            question.number.as_alias("number"),
        )
        .where(question.call.is_in(list(leads)))
        .order_by(QuestionText.id)
    )
    return {
        call: rules.words_hash(
            _words(
                lead,
                [
                    each
                    for each in said
                    if each["call"] == call and each["language"] == lead["language"]
                ],
            ).as_facts()
        )
        for call, lead in leads.items()
    }


def _words(lead: Mapping[str, Any], said: Sequence[Mapping[str, Any]]) -> Words:
    return Words(
        lead["title"],
        lead["why"],
        lead["summary"],
        {each["number"]: each["text"] for each in said if each["text"]},
        {each["number"]: tuple(o) for each in said if (o := json.loads(each["options"]))},
    )


@dataclass(frozen=True, slots=True)
class People:
    """Contacts of a country that need somebody, each with code and name of the municipality."""

    bounced: tuple[Mapping[str, Any], ...]
    unconfirmed: tuple[Mapping[str, Any], ...]
    away: tuple[Mapping[str, Any], ...]


async def people(country: str, *, zone: str, now: datetime) -> People:
    """One query. What was never confirmed counts from the day it was written down.

    `zone`: in which a day begins, for those who are away.
    """
    today = local_date(now, zone)
    rows = await (
        Contact.select(
            *(Contact.id, Contact.name, Contact.email, Contact.bounced, Contact.bounce),
            *(Contact.created, Contact.confirmed, Contact.confirm_asked),
            *(Contact.absent_until, Contact.absence_noted),
            _member.code.as_alias("code"),
            _member.name.as_alias("municipality"),
            _member.language.as_alias("language"),
            _member.created.as_alias("joined"),
        )
        .where(_member.country == country, _member.active.eq(True))
        .order_by(_member.code)
        .order_by(Contact.id)
    )
    old = now - CONFIRMED_FOR
    return People(
        bounced=tuple(row for row in rows if row["bounced"] is not None),
        unconfirmed=tuple(
            row for row in rows if row["bounced"] is None and not _is_fresh(row, old=old)
        ),
        away=tuple(row for row in rows if _is_away(row, today=today, zone=zone)),
    )


def _is_away(row: Mapping[str, Any], *, today: date, zone: str) -> bool:
    back = resting.back_on(row["absent_until"], noted=row["absence_noted"], zone=zone)
    return resting.is_away(back, today=today)


def _is_fresh(row: Mapping[str, Any], *, old: datetime) -> bool:
    known: datetime = row["confirmed"] or row["created"] or row["joined"]
    return known > old
