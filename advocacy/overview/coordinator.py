"""What needs a coordinator now: texts in their language, members who have not answered."""

import json
from collections import Counter
from collections.abc import Sequence

from advocacy.calls.rules import CallState, InvitationState
from advocacy.calls.tables import CallText, Invitation
from advocacy.deadlines import Milestone as Kind
from advocacy.overview import rules
from advocacy.overview.participation import CallRow
from advocacy.overview.rules import Need
from advocacy.overview.windows import OpenWindow
from advocacy.people.tables import Person
from advocacy.positions.rules import PositionState
from advocacy.positions.tables import Position, PositionVersion
from advocacy.texts import gettext, language_name, ngettext
from advocacy.translations.rules import TranslationState, is_stale
from advocacy.translations.tables import Translation

SILENT = (InvitationState.SENT, InvitationState.DRAFTED)


def countries_of(person: Person) -> tuple[str, ...]:
    return tuple(code for code in person.countries.split(",") if code)


async def needs(
    person: Person, windows: Sequence[OpenWindow], calls: Sequence[CallRow]
) -> list[Need]:
    found = await _texts_to_check(person, calls)
    found += await _to_translate(person, windows)
    found += await _to_ring(person, calls)
    return rules.in_order(found)


async def _texts_to_check(person: Person, calls: Sequence[CallRow]) -> list[Need]:
    rows = await CallText.select(CallText.call).where(
        CallText.language == person.language,
        CallText.checked.is_null(),
        CallText.call.state == CallState.DRAFT,
    )
    waiting = {row["call"] for row in rows}
    why = gettext("The call cannot leave before")
    act = gettext("Check the text of the call: %(language)s") % {
        "language": language_name(person.language)
    }
    return [
        Need(act, call.title, call.language, why, call.path, call.answers_until, call.zone)
        for call in calls
        if call.id in waiting
    ]


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
    countries = countries_of(person)
    if not countries:
        return []
    rows = await Invitation.select(Invitation.call).where(
        Invitation.call.state == CallState.OPEN,
        Invitation.municipality.country.is_in(list(countries)),
        Invitation.state.is_in(list(SILENT)),
    )
    silent = Counter(row["call"] for row in rows)
    found = []
    for call in calls:
        if not (count := silent[call.id]):
            continue
        act = ngettext("Ring %(num)d municipality", "Ring %(num)d municipalities", count) % {
            "num": count
        }
        why = ngettext("It has not answered yet", "They have not answered yet", count)
        found.append(
            Need(act, call.title, call.language, why, call.path, call.answers_until, call.zone)
        )
    return found
