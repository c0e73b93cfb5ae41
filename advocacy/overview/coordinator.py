"""What needs a coordinator now: texts in their language, members who have not answered, mail."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from advocacy.calls.covering import country
from advocacy.calls.ringing import ring_lists
from advocacy.calls.rules import CallState, InvitationState
from advocacy.calls.tables import Invitation
from advocacy.calls.understanding import foreign_answers
from advocacy.deadlines import Milestone as Kind
from advocacy.deadlines import midnight_ending
from advocacy.letterbox import queries as letterbox
from advocacy.overview import mails, presidency, rules
from advocacy.overview.gatherings import to_keep
from advocacy.overview.participation import CallRow
from advocacy.overview.questions import to_answer
from advocacy.overview.rules import Need
from advocacy.overview.windows import OpenWindow
from advocacy.people.rules import LANGUAGES
from advocacy.people.tables import Person
from advocacy.positions.rules import PositionState
from advocacy.positions.tables import Position, PositionVersion
from advocacy.texts import country_name, gettext, language_name, ngettext
from advocacy.translations.rules import TranslationState, is_stale
from advocacy.translations.tables import Translation

SILENT = (InvitationState.SENT, InvitationState.DRAFTED)


def countries_of(person: Person) -> tuple[str, ...]:
    return tuple(code for code in person.countries.split(",") if code)


async def needs(
    person: Person, windows: Sequence[OpenWindow], calls: Sequence[CallRow], *, now: datetime
) -> list[Need]:
    found = await presidency.of_deputy(person, now=now)
    found += await _texts_to_check(person)
    found += await to_answer(person, now=now)
    found += await _to_translate(person, windows)
    found += await _to_ring(person, calls)
    found += await _stances(person)
    found += await _letters(person, calls)
    found += await to_keep([person.id], now=now)
    return rules.in_order(found)


async def _texts_to_check(person: Person) -> list[Need]:
    """In the own language, unless somebody else was asked; in any other, if asked."""
    found = []
    for text in await country.texts_to_check(LANGUAGES):
        mine = text.asked == person.id or (text.asked is None and text.language == person.language)
        if not mine:
            continue
        act = gettext("Check the text of the call: %(language)s") % {
            "language": language_name(text.language)
        }
        why = gettext("The call cannot leave before")
        if text.stale:
            why = gettext("The original has changed since it was checked")
        at = text.answers_until
        if text.due:
            at = min(at, _end_of(text.due, text.zone))
        found.append(Need(act, text.title, text.title_language, why, text.path, at, text.zone))
    return found


def _end_of(day: date, zone: str) -> datetime:
    """Its last second, which is shown as that day."""
    return midnight_ending(day, zone) - timedelta(seconds=1)


async def _to_translate(person: Person, windows: Sequence[OpenWindow]) -> list[Need]:
    """Drafts that bind in this language and have paragraphs nobody has checked."""
    by_dossier = {window.dossier: window for window in reversed(windows)}
    binding = [
        position
        for position in await Position.objects().where(Position.state == PositionState.DRAFT)
        if person.language in position.binding_languages.split(",")
        and person.language != position.language
        and position.dossier in by_dossier
    ]
    if not binding:
        return []
    open_paragraphs = await _open_paragraphs(binding, person.language)
    act = gettext("Translate the position: %(language)s") % {
        "language": language_name(person.language)
    }
    found = []
    for position in binding:
        window, count = by_dossier[position.dossier], open_paragraphs[position.id]
        if not count:
            continue
        why = ngettext(
            "%(num)d paragraph is not checked", "%(num)d paragraphs are not checked", count
        ) % {"num": count}
        path = f"/p/{window.number}"
        due = window.due(Kind.TRANSLATIONS)
        found.append(Need(act, window.title, window.language, why, path, due, window.zone))
    return found


async def _open_paragraphs(positions: Sequence[Position], language: str) -> Counter[int]:
    ids = [position.id for position in positions]
    current = {position.id: position.version for position in positions}
    versions = await PositionVersion.select(
        PositionVersion.position, PositionVersion.number, PositionVersion.paragraphs
    ).where(PositionVersion.position.is_in(ids))
    checked = {
        (row["position"], row["paragraph"]): row["source_text"]
        for row in await Translation.select(
            Translation.position, Translation.paragraph, Translation.source_text
        ).where(
            Translation.position.is_in(ids),
            Translation.language == language,
            Translation.state == TranslationState.CHECKED,
        )
    }
    counts: Counter[int] = Counter()
    for version in versions:
        number = version["position"]
        if version["number"] != current[number]:
            continue
        for paragraph in json.loads(version["paragraphs"]):
            source = checked.get((number, paragraph["key"]))
            counts[number] += source is None or is_stale(source, paragraph["text"])
    return counts


async def _to_ring(person: Person, calls: Sequence[CallRow]) -> list[Need]:
    """One row per call; who asked for it is named."""
    countries = countries_of(person)
    if not countries:
        return []
    rows = await Invitation.select(
        Invitation.call, Invitation.municipality.country.as_alias("country")
    ).where(
        Invitation.call.state == CallState.OPEN,
        Invitation.municipality.country.is_in(list(countries)),
        Invitation.state.is_in(list(SILENT)),
    )
    silent = Counter(row["call"] for row in rows)
    places = {(row["call"], row["country"]) for row in rows}
    asked = {wish.call: wish for wish in reversed(await ring_lists.wishes(countries))}
    found = []
    for call in calls:
        if not (count := silent[call.id]):
            continue
        act = ngettext("Ring %(num)d municipality", "Ring %(num)d municipalities", count) % {
            "num": count
        }
        why = ngettext("It has not answered yet", "They have not answered yet", count)
        place = next(each for each in countries if (call.id, each) in places)
        if wish := asked.get(call.id):
            why, place = gettext("%(who)s asks you to ring.") % {"who": wish.who}, wish.country
        path = f"/c/{call.number}/ring/{place.lower()}"
        found.append(Need(act, call.title, call.language, why, path, call.answers_until, call.zone))
    return found


async def _stances(person: Person) -> list[Need]:
    """Answers by mail that say neither yes nor no."""
    found = []
    silent = await foreign_answers.without_stance(countries_of(person))
    for code in countries_of(person):
        rows = [row for row in silent if row["country"] == code]
        if not rows:
            continue
        act = ngettext(
            "Assign the answer of %(num)d letter",
            "Assign the answers of %(num)d letters",
            len(rows),
        ) % {"num": len(rows)}
        found.append(
            Need(
                act, country_name(code), "", gettext("Nobody can count them before"),
                f"/countries/{code.lower()}#stances", rows[0]["answers_until"], rows[0]["zone"],
                size=len(rows),
            )
        )  # fmt: skip
    return found


async def _letters(person: Person, calls: Sequence[CallRow]) -> list[Need]:
    """Mails that somebody has to look at, by the call they belong to."""
    rows = await letterbox.waiting(countries_of(person), owner=person.id)
    waiting = Counter(row.call for row in rows)
    found = mails.elsewhere(rows, calls)
    for call in calls:
        if not (count := waiting.get(call.number, 0)):
            continue
        act = ngettext(
            "Read %(num)d letter that waits", "Read %(num)d letters that wait", count
        ) % {"num": count}
        why = gettext("Somebody has to look at what they answer")
        found.append(
            Need(
                act, call.title, call.language, why, "/letterbox", call.answers_until, call.zone,
                size=count,
            )
        )  # fmt: skip
    return found
