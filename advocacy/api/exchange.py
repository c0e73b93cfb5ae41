"""What programs read of the network's other work: projects and gatherings, as everybody may."""

from collections.abc import Sequence
from typing import Any  # JSON

from advocacy.events.rules import GatheringState
from advocacy.events.tables import Gathering, GatheringText
from advocacy.projects.tables import Project, ProjectText, TakesPart


async def projects(*, after: int, limit: int) -> list[dict[str, Any]]:
    """In the order of their ids, from the one behind `after` on; a contact only by consent."""
    rows = await (
        Project.select(
            Project.id, Project.code, Project.state, Project.language, Project.topics,
            Project.begins, Project.ends, Project.programme, Project.partners, Project.address,
            Project.led_by.code.as_alias("led_by"), Project.contact_name, Project.contact_email,
            Project.contact_phone, Project.contact_public, Project.changed,
        )
        .where(Project.id > after, Project.removed.is_null())
        .order_by(Project.id)
        .limit(limit)
    )  # fmt: skip
    ids = [row["id"] for row in rows]
    told = await _told(ProjectText, ProjectText.project, ids, ("title", "summary", "results"))
    members = await _members(ids)
    for row in rows:
        contact = {name: row.pop(f"contact_{name}") for name in ("name", "email", "phone")}
        row["contact"] = contact if row.pop("contact_public") else None
        row["partners"] = row["partners"].splitlines()
        row["topics"] = _parts(row["topics"])
        row["members"] = members.get(row["id"], [])
        row["texts"] = told.get(row["id"], {})
    return rows


async def gatherings(*, after: int, limit: int) -> list[dict[str, Any]]:
    """In the order of their ids; drafts are nobody's business, what was called off says so."""
    rows = await (
        Gathering.select(
            Gathering.id, Gathering.kind, Gathering.state, Gathering.language, Gathering.languages,
            Gathering.interpretation, Gathering.begins, Gathering.ends, Gathering.zone,
            Gathering.place, Gathering.country, Gathering.latitude, Gathering.longitude,
            Gathering.places, Gathering.taken, Gathering.register_until, Gathering.guests,
            Gathering.topics, Gathering.reason, Gathering.sequence, Gathering.changed,
        )
        .where(Gathering.id > after, Gathering.state != GatheringState.DRAFT)
        .order_by(Gathering.id)
        .limit(limit)
    )  # fmt: skip
    ids = [row["id"] for row in rows]
    told = await _told(GatheringText, GatheringText.gathering, ids, ("title", "summary"))
    for row in rows:
        for name in ("topics", "languages", "interpretation"):
            row[name] = _parts(row[name])
        row["texts"] = told.get(row["id"], {})
    return rows


def _parts(joined: str) -> list[str]:
    return [part for part in joined.split(",") if part]


async def _told(
    table: Any, of: Any, ids: Sequence[int], names: Sequence[str]
) -> dict[int, dict[str, dict[str, str]]]:
    """By what it is of, and language."""
    found: dict[int, dict[str, dict[str, str]]] = {}
    if not ids:
        return found
    columns = [getattr(table, name) for name in names]
    for row in await table.select(of.as_alias("of"), table.language, *columns).where(
        of.is_in(list(ids))
    ):
        found.setdefault(row["of"], {})[row["language"]] = {name: row[name] for name in names}
    return found


async def _members(ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    if ids:
        rows = await TakesPart.select(
            TakesPart.project, TakesPart.municipality.code.as_alias("code")
        ).where(TakesPart.project.is_in(list(ids)))
        for row in sorted(rows, key=lambda row: row["code"]):
            found.setdefault(row["project"], []).append(row["code"])
    return found
