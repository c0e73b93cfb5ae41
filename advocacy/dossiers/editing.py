"""Change what a dossier says about itself; take a change back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from advocacy import database
from advocacy.dossiers import queries
from advocacy.dossiers.contradictions import hearing
from advocacy.dossiers.deadlines import milestones
from advocacy.dossiers.forms import Change
from advocacy.dossiers.joining.merged import hold
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Invalid, Message, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.people.tables import Person
from feeds.reading.folding import search_text

CHANGED_MEANWHILE = Message("Somebody has changed this dossier meanwhile")


def as_change(dossier: Dossier) -> Change:
    """What may be changed of it, as it stands."""
    return Change(
        title=dossier.title,
        summary=dossier.summary,
        lead=dossier.lead,
        priority=dossier.priority,
        topics=tuple(each for each in dossier.topics.split(",") if each),
        countries=queries.countries_of(dossier),
        procedure_number=dossier.procedure_number,
        sponsor=dossier.sponsor,
    )


def as_form(dossier: Dossier) -> dict[str, str]:
    """What the form shows at first; `base` tells later what it showed."""
    there = as_change(dossier)
    return {
        "title": there.title,
        "summary": there.summary,
        "lead": str(there.lead or ""),
        "priority": str(there.priority),
        "topics": ",".join(there.topics),
        "countries": ",".join(there.countries),
        "procedure_number": there.procedure_number,
        "sponsor": there.sponsor,
        "base": there.fingerprint(),
    }


async def change(
    dossier_id: int, new: Change, *, base: str, by: Person, now: datetime
) -> int | None:
    """`base`: the fingerprint of what the form showed. None: nothing is different.

    Outdated, with both versions, when somebody else changed one of these fields since.
    """
    await known_lead(new.lead)
    async with database.transaction():
        await hold(dossier_id)
        await database.one_at_a_time(hearing.LOCK % dossier_id)
        dossier = await queries.by_id(dossier_id)
        before = as_change(dossier)
        if before == new:
            return None
        if before.fingerprint() != base:
            raise Outdated(CHANGED_MEANWHILE, theirs=before.as_text(), mine=new.as_text())
        plans = await _write(dossier, new, now)
        return await record(
            "dossier changed", kind="dossier", object=dossier_id, dossier=dossier_id, by=by,
            now=now,
            details={
                "before": asdict(before), "after": new.fingerprint(), "to": asdict(new),
                "plans": plans,
            },
        )  # fmt: skip


async def _write(dossier: Dossier, new: Change, now: datetime) -> Mapping[int, object]:
    """Other countries have other holidays: returns the plans that this replaced, by window."""
    countries = ",".join(new.countries)
    elsewhere = countries != dossier.countries
    dossier.title, dossier.summary, dossier.countries = new.title, new.summary, countries
    dossier.procedure_number = new.procedure_number
    numbers = [each.value for each in await queries.references_of(dossier.id)]
    await Dossier.update(
        {
            Dossier.title: new.title,
            Dossier.summary: new.summary,
            Dossier.lead: new.lead,
            Dossier.priority: new.priority,
            Dossier.topics: ",".join(new.topics),
            Dossier.countries: countries,
            Dossier.procedure_number: new.procedure_number,
            Dossier.sponsor: new.sponsor,
            Dossier.search_text: searchable(dossier, numbers),
            Dossier.changed: now,
        }
    ).where(Dossier.id == dossier.id)
    return await milestones.plan_dossier_again(dossier, now=now) if elsewhere else {}


async def undo_change(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001  as all
    details = json.loads(event.details)
    before = details["before"]
    old = Change(**before | {name: tuple(before[name]) for name in ("topics", "countries")})
    async with database.transaction():
        await hold(event.object)
        await database.one_at_a_time(hearing.LOCK % event.object)
        dossier = await queries.by_id(event.object)
        if as_change(dossier).fingerprint() != details["after"]:
            raise Outdated(
                CHANGED_MEANWHILE, theirs=as_change(dossier).as_text(), mine=old.as_text()
            )
        await _write(dossier, old, now)
    return f"/d/{dossier.number}"


def searchable(dossier: Dossier, numbers: Sequence[str] = ()) -> str:
    """What the dossier is found by; `numbers` are its references."""
    words = (dossier.number, dossier.title, dossier.procedure_number, *numbers, dossier.summary)
    return search_text(" ".join(words), language=dossier.language)


async def known_lead(person_id: int | None) -> int | None:
    if person_id is None:
        return None
    if not await Person.exists().where(Person.id == person_id, Person.active.eq(True)):
        raise Invalid({"lead": Message("Choose one of the people")})
    return person_id
