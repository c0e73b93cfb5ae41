"""Which projects stand beside a dossier or a municipality, and why others are offered there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from advocacy.dossiers.tables import Dossier
from advocacy.municipalities.tables import Municipality
from advocacy.projects import rules
from advocacy.projects.lists import ProjectRow, has_topic, members_of, parts, rows_of
from advocacy.projects.rules import Shared
from advocacy.projects.tables import DossierProject, Project, TakesPart

MOST_OFFERED = 6


@dataclass(frozen=True, slots=True)
class Beside:
    """A project beside a dossier; `because` None: somebody put it there."""

    row: ProjectRow
    because: Shared | None


async def beside(
    dossier: Dossier, language: str, *, today: date
) -> tuple[list[Beside], list[Beside]]:
    """Those that belong to it, and those that are suggested with the reason. Five queries."""
    said = {
        row["project"]: row["belongs"]
        for row in await DossierProject.select(
            DossierProject.project, DossierProject.belongs
        ).where(DossierProject.dossier == dossier.id, DossierProject.project.removed.is_null())
    }
    topics, countries = parts(dossier.topics), parts(dossier.countries)
    reasons = await _alike(topics, countries, but=said)
    best = sorted(reasons, key=lambda number: (-reasons[number].weight, -number))
    suggested = best[: rules.MOST_SUGGESTED]
    belonging = sorted((number for number, belongs in said.items() if belongs), reverse=True)
    rows = {row.id: row for row in await rows_of([*belonging, *suggested], language, today=today)}
    return (
        [Beside(rows[number], None) for number in belonging if number in rows],
        [Beside(rows[number], reasons[number]) for number in suggested if number in rows],
    )


async def _alike(
    topics: Sequence[str], countries: Sequence[str], *, but: Collection[int]
) -> dict[int, Shared]:
    """Projects that share a topic, each with what it shares; without those in `but`."""
    if not topics:
        return {}
    condition = has_topic(topics[0])
    for topic in topics[1:]:
        condition = condition | has_topic(topic)
    rows = await Project.select(Project.id, Project.topics).where(
        Project.removed.is_null(), condition
    )
    numbers = [row["id"] for row in rows if row["id"] not in but]
    members = await members_of(numbers) if numbers else {}
    found = {}
    for row in rows:
        if row["id"] not in numbers:
            continue
        reason = rules.shared(
            topics, countries, of_topics=parts(row["topics"]),
            of_countries={each["country"] for each in members[row["id"]]},
        )  # fmt: skip
        if reason is not None:
            found[row["id"]] = reason
    return found


async def of_municipality(
    municipality: Municipality, language: str, *, today: date
) -> tuple[list[ProjectRow], list[Beside]]:
    """Its own projects, and who has done before what it named: with what they share."""
    rows = await TakesPart.select(TakesPart.project).where(
        TakesPart.municipality == municipality.id, TakesPart.project.removed.is_null()
    )
    own = sorted((row["project"] for row in rows), reverse=True)
    reasons = await _alike(parts(municipality.topics), [municipality.country], but=own)
    best = sorted(reasons, key=lambda number: (-reasons[number].weight, -number))[:MOST_OFFERED]
    found = {row.id: row for row in await rows_of([*own, *best], language, today=today)}
    return (
        [found[number] for number in own if number in found],
        [Beside(found[number], reasons[number]) for number in best if number in found],
    )
