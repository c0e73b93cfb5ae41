"""What pages need to know of projects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any  # columns behind foreign keys

from advocacy.dossiers.tables import Dossier
from advocacy.errors import NotFound
from advocacy.municipalities.tables import Municipality
from advocacy.projects.lists import (
    ProjectRow,
    Wanted,
    listed,
    members_of,
    rows_of,
    texts_of,
    wanted,
)
from advocacy.projects.suggesting import Beside, beside, of_municipality
from advocacy.projects.tables import Project, ProjectResult, ProjectText

__all__ = [
    "Beside",
    "ProjectRow",
    "Wanted",
    "beside",
    "listed",
    "members_of",
    "of_municipality",
    "rows_of",
    "texts_of",
    "wanted",
]

NOT_THERE = "There is no such project"
LARGEST = 2**31
"""What a column of numbers holds."""


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """`texts` by language; `results` without their content."""

    row: ProjectRow
    project: Project
    texts: Mapping[str, ProjectText]
    members: Sequence[Mapping[str, Any]]
    results: Sequence[Mapping[str, Any]]
    led_by: Mapping[str, Any] | None


async def one(number: int, language: str, *, today: date) -> ProjectPage:
    """Also when it was removed: a citation leads here."""
    if not 0 < number < LARGEST:
        raise NotFound(NOT_THERE)
    project = await Project.objects().where(Project.id == number).first()
    if project is None:
        raise NotFound(NOT_THERE)
    [row] = await rows_of([number], language, today=today)
    members = (await members_of([number]))[number]
    led = await Municipality.select(
        Municipality.code, Municipality.name, Municipality.country
    ).where(Municipality.id == (project.led_by or 0)).first()  # fmt: skip
    return ProjectPage(
        row, project, (await texts_of([number]))[number], members, await results_of(number), led
    )


async def results_of(number: int) -> list[dict[str, Any]]:
    return await (
        ProjectResult.select(
            *(ProjectResult.id, ProjectResult.title, ProjectResult.language),
            *(ProjectResult.address, ProjectResult.name, ProjectResult.size),
        )
        .where(ProjectResult.project == number, ProjectResult.removed.is_null())
        .order_by(ProjectResult.id)
    )


async def result_file(number: int, result: int) -> ProjectResult:
    row = None
    if 0 < result < LARGEST and 0 < number < LARGEST:
        row = await ProjectResult.objects().where(
            ProjectResult.id == result, ProjectResult.project == number,
            ProjectResult.removed.is_null(), ProjectResult.content.is_not_null(),
        ).first()  # fmt: skip
    if row is None:
        raise NotFound("There is no such file")
    return row


async def countries_of(municipalities: Sequence[int]) -> set[str]:
    rows = await Municipality.select(Municipality.country).where(
        Municipality.id.is_in(list(municipalities) or [0])
    )
    return {row["country"] for row in rows}


async def number_of(dossier_id: int) -> str:
    row = await Dossier.select(Dossier.number).where(Dossier.id == dossier_id).first()
    if row is None:
        raise NotFound("There is no such dossier")
    return str(row["number"])
