"""Projects, as the import takes them back: states, topics and languages by their keys."""

from collections.abc import Mapping, Sequence
from typing import Any  # columns behind foreign keys

from advocacy.people.rules import LANGUAGES
from advocacy.people.tables import Person
from advocacy.projects import labels
from advocacy.projects.queries import members_of, texts_of
from advocacy.projects.rules import ProjectState
from advocacy.projects.tables import Project, ProjectText
from advocacy.spreadsheets.writing import Cell, Sheet
from advocacy.texts import language, language_name, translate


async def projects(by: Person) -> Sheet:  # noqa: ARG001  as all
    """The newest first. Three queries."""
    led: Any = Project.led_by
    rows = await (
        Project.select(*Project.all_columns(), led.code.as_alias("lead"))
        .where(Project.removed.is_null())
        .order_by(Project.id, ascending=False)
    )
    numbers = [row["id"] for row in rows]
    texts, members = (await texts_of(numbers), await members_of(numbers)) if numbers else ({}, {})
    written = [_row(row, texts[row["id"]], members[row["id"]]) for row in rows]
    plain = [key for key in labels.COLUMNS if key not in labels.TOLD]
    told = [f"{of}-{code}" for of in labels.TOLD for code in LANGUAGES]
    named = {key: labels.column(key) for key in (*plain, *told)}
    named["state_name"] = f"{labels.column('state')} ({language_name(language())})"
    return Sheet("projects", named, written)


def _row(
    row: Mapping[str, Any], texts: Mapping[str, ProjectText], members: Sequence[Mapping[str, Any]]
) -> list[Cell]:
    told = [
        getattr(texts[code], of) if code in texts else ""
        for of in labels.TOLD
        for code in LANGUAGES
    ]
    return [
        f"P{row['id']}", row["code"], row["language"], row["state"],
        row["topics"], row["begins"], row["ends"],
        row["programme"], row["partners"], row["address"], row["lead"] or "",
        " ".join(each["code"] for each in members), row["contact_name"], row["contact_email"],
        row["contact_phone"], row["contact_languages"], "yes" if row["contact_public"] else "no",
        *told, translate(labels.STATES[ProjectState(row["state"])]),
    ]  # fmt: skip
