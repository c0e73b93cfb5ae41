"""What a sentence rests on besides what municipalities said: entries of the dossier, projects."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple  # columns behind foreign keys

from advocacy.dossiers.tables import DossierEntry
from advocacy.projects.tables import DossierProject, Project, ProjectText
from advocacy.provenance import Paragraphs, citations

NEWEST = 30
NETWORK = "network"
"""The kind of the source that holds what was said at gatherings (events/saying)."""


class Evidence(NamedTuple):
    """`words` is a project's summary, and `who` leads it (None: the network); of what was said at
    a gathering, the words and the municipality that said them.
    """

    mark: str  # "@E345", "@P12"
    title: str
    address: str  # of the page it was published on
    language: str
    words: str = ""
    who: str | None = ""
    country: str = ""

    @property
    def path(self) -> str:
        """Of the page it has in this house, without a language; empty for an entry."""
        return f"/projects/{self.mark[2:]}" if self.mark.startswith("@P") else ""


async def known(dossier_id: int, paragraphs: Paragraphs) -> set[str]:
    """The marks that may be cited: entries of this dossier, and cited projects that exist."""
    rows = await DossierEntry.select(DossierEntry.entry).where(DossierEntry.dossier == dossier_id)
    wanted = _numbers(paragraphs, "@P")
    projects = await _projects(wanted) if wanted else []
    return {f"@E{row['entry']}" for row in rows} | {f"@P{row['id']}" for row in projects}


async def cited(dossier_id: int, paragraphs: Paragraphs, language: str) -> dict[str, Evidence]:
    """By citation, in `language` where it is told in it; nothing that the text does not cite."""
    found: dict[str, Evidence] = {}
    if entries := _numbers(paragraphs, "@E"):
        found |= await _entries(dossier_id, entries)
    if projects := _numbers(paragraphs, "@P"):
        found |= await _told(await _projects(projects), language)
    return found


async def offered(dossier_id: int, language: str) -> list[Evidence]:
    """Projects that belong beside the dossier, then its newest entries."""
    rows = await DossierProject.select(DossierProject.project).where(
        DossierProject.dossier == dossier_id, DossierProject.belongs.eq(True)
    )
    beside = await _projects([row["project"] for row in rows]) if rows else []
    projects = await _told(beside, language)
    return [*projects.values(), *(await _entries(dossier_id)).values()]


def _numbers(paragraphs: Paragraphs, kind: str) -> list[int]:
    """Of the entries ("@E") or projects ("@P") that the text cites."""
    marks = {mark for _, text in paragraphs for mark in citations(text) if mark.startswith(kind)}
    return sorted({number for mark in marks if (number := int(mark[2:])) < LARGEST})


LARGEST = 2**31
"""What a column of numbers holds: a larger one is nobody's."""


async def _entries(dossier_id: int, only: Sequence[int] = ()) -> dict[str, Evidence]:
    entry: Any = DossierEntry.entry
    rows = (
        await DossierEntry.select(
            entry.id,
            entry.title,
            entry.address,
            entry.language,
            entry.author,
            entry.text,
            entry.source.kind.as_alias("kind"),
            DossierEntry.entry,
        )
        .where(
            DossierEntry.dossier == dossier_id,
            *([entry.is_in(list(only))] if only else []),
        )
        .order_by(DossierEntry.entry, ascending=False)
        .limit(len(only) or NEWEST)
    )
    return {
        f"@E{row['entry']}": Evidence(
            f"@E{row['entry']}", row["entry.title"], row["entry.address"],
            row["entry.language"] or "", *_said(row),
        )
        for row in rows
    }  # fmt: skip


def _said(row: Mapping[str, Any]) -> tuple[str, str]:
    """Only of our own minutes: the words of other sources stand where they were published."""
    return (row["entry.text"], row["entry.author"]) if row["kind"] == NETWORK else ("", "")


async def _projects(numbers: Iterable[int]) -> list[dict[str, Any]]:
    led: Any = Project.led_by
    return (
        await Project.select(
            Project.id, Project.language, Project.address,
            led.name.as_alias("who"), led.country.as_alias("country"),
        )
        .where(Project.id.is_in(sorted(set(numbers))), Project.removed.is_null())
        .order_by(Project.id)
    )  # fmt: skip


async def _told(rows: Sequence[Mapping[str, Any]], language: str) -> dict[str, Evidence]:
    if not rows:
        return {}
    texts = await ProjectText.objects().where(
        ProjectText.project.is_in([row["id"] for row in rows])
    )
    spoken = {(text.project, text.language): text for text in texts}
    found = {}
    for row in rows:
        text = spoken.get((row["id"], language)) or spoken[row["id"], row["language"]]
        mark = f"@P{row['id']}"
        found[mark] = Evidence(
            mark, text.title, row["address"], text.language, text.summary, row["who"],
            row["country"] or "",
        )  # fmt: skip
    return found
