"""The project that a question is about."""

from datetime import datetime

from advocacy import texts
from advocacy.advice.tables import Enquiry
from advocacy.projects.lists import ProjectRow, rows_of


async def project(number: int | None, language: str, *, now: datetime) -> ProjectRow | None:
    """None: of none, or of one that there is not."""
    rows = await rows_of([number], language, today=now.date()) if number else []
    return rows[0] if rows else None


async def project_of(enquiry: Enquiry, *, now: datetime) -> ProjectRow | None:
    return await project(enquiry.project, texts.language(), now=now)


async def title_of(number: int | None, language: str, *, now: datetime) -> str:
    found = await project(number, language, now=now)
    return found.title if found else ""
