"""Everything the right side of the inbox says of one entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # what JSON columns hold is described in feeds/tables.py

from advocacy import texts
from advocacy.dossiers import forms as dossier_forms
from advocacy.dossiers import queries as dossiers  # looks ahead, only to read
from advocacy.dossiers.deadlines import instants
from advocacy.dossiers.labels import topic_name
from advocacy.errors import NotFound
from advocacy.people.rules import COUNTRIES
from advocacy.people.tables import Person
from advocacy.triage import presence, queries, rules, twins
from feeds.queries import EntryPage, entry_with_versions
from feeds.reading.procedures import cites_law
from feeds.reading.sameness import Matter
from feeds.tables import Source


@dataclass(frozen=True, slots=True)
class Detail:
    """`choose`: dossiers to attach to; `proposal`: what the panel for a new one shows at first."""

    entry: EntryPage
    zone: str
    countries: list[str]
    deadlines: list[dict[str, Any]]
    topics: list[tuple[str, list[str]]]
    decision: dict[str, Any] | None
    dossier: str | None
    suggestion: Any
    twins: list[twins.Twin]
    twin_dossier: str | None
    choose: list[dict[str, Any]]
    not_ours: tuple[rules.NotOurs, ...]
    lookers: list[str]
    proposal: dict[str, str]


async def detail(entry_id: int, *, older: twins.Rows, reader: Person, now: datetime) -> Detail:
    entry = await entry_with_versions(entry_id)
    if entry is None:
        raise NotFound("There is no such entry")
    source = await _source(entry)
    same = matter(entry)
    alike = await twins.twins(entry_id, same, older=older)
    language = texts.language()
    countries = queries.codes(source.countries)
    return Detail(
        entry=entry,
        zone=entry.deadlines[0]["zone"] if entry.deadlines else rules.OFFICE_ZONE,
        countries=countries,
        deadlines=[_deadline(each) for each in entry.deadlines],
        topics=[(topic_name(each["key"], language), each["words"]) for each in entry.topics],
        decision=await queries.decision_on(entry_id),
        dossier=await dossiers.dossier_of_entry(entry_id),
        suggestion=await dossiers.suggestion(same),
        twins=alike,
        twin_dossier=await dossiers.dossier_of_entry(alike[0].id) if alike else None,
        choose=await dossiers.open_dossiers(),
        not_ours=rules.not_ours(
            entry.topics, entry.deadlines, countries=countries, language=entry.language
        ),
        lookers=(await presence.lookers([entry_id], but=reader, now=now)).get(entry_id, []),
        proposal=proposal(entry, source),
    )


async def _source(entry: EntryPage) -> Source:
    source = await Source.objects().where(Source.id == entry.source_id).first()
    if source is None:
        raise NotFound("There is no such entry")
    return source


def matter(entry: EntryPage) -> Matter:
    published = entry.published.date() if entry.published else None
    numbers = tuple(entry.procedure_numbers)
    return Matter(entry.title, entry.language, numbers, entry.address, published)


def _deadline(found: dict[str, Any]) -> dict[str, Any]:
    words = found["words"] if isinstance(found["words"], str) else "".join(found["words"])
    at = datetime.fromisoformat(found["at"]) if found["at"] else None
    former = date.fromisoformat(found["former"]) if found.get("former") else None
    return found | {"at": at, "former": former, "pieces": rules.marked(found["quote"], words)}


def proposal(entry: EntryPage, source: Source) -> dict[str, str]:
    """A dossier as it can be read from an entry, for a person to check: the fields of its form."""
    # The law that a draft would change is no number of its procedure.
    numbers = [each for each in entry.procedure_numbers if not cites_law(each)]
    found = {
        "title": entry.title[: dossier_forms.TITLE],
        "language": entry.language or texts.language(),
        "procedure_number": numbers[0] if numbers else "",
        "topics": ",".join(each["key"] for each in entry.topics),
        "countries": ",".join(
            code for code in queries.codes(source.countries) if code in COUNTRIES
        ),
        "zone": source.zone if source.zone in instants.ZONES else instants.ZONES[0],
        "deadline": "",
    }
    return found | _ahead(entry)


def _ahead(entry: EntryPage) -> dict[str, str]:
    """The deadline for input that lies ahead, with the sentence it was read from."""
    for each in entry.deadlines:
        at = datetime.fromisoformat(each["at"]) if each["at"] else None
        if at and at == entry.next_deadline:
            zone = each["zone"] if each["zone"] in instants.ZONES else instants.ZONES[0]
            shown = instants.retyped(at, zone, each["precision"])
            return {"deadline": shown, "zone": zone, "evidence": each["quote"]}
    return {}


async def proposed(entry_id: int, typed: Mapping[str, str]) -> tuple[dict[str, str], Source]:
    """The proposal with what somebody has typed over it, and the entry's source."""
    entry = await entry_with_versions(entry_id)
    if entry is None:
        raise NotFound("There is no such entry")
    source = await _source(entry)
    read = proposal(entry, source)
    chosen = {name: typed.get(name, "") for name in ("title", "deadline", "topics", "past")}
    if chosen["deadline"].strip() != read["deadline"]:
        read.pop("evidence", None)  # the sentence says another day
    return read | chosen, source
