"""Every version of every entry of the dossier, as it was seen: a page where it has markup."""

from collections.abc import AsyncIterator, Mapping
from typing import Any  # a row is what its table says

from markupsafe import Markup

from advocacy import texts
from advocacy.dossiers import queries as dossiers
from advocacy.exports.archive.matter import OFFICE_ZONE, Matter, Piece, Section, lines
from advocacy.exports.archive.names import file_name
from advocacy.templating import render
from advocacy.texts import gettext
from feeds.tables import EntryVersion

AT_ONCE = 100


async def pieces(matter: Matter) -> AsyncIterator[Piece]:
    """Two queries, and one for each hundred versions."""
    entries = {row["entry"]: row for row in await dossiers.sources_of(matter.dossier.id)}
    last = 0
    while entries and (rows := await _page(list(entries), last)):
        for row in rows:
            yield _piece(matter, entries[row["entry"]], row)
        last = rows[-1]["id"]


async def _page(entries: list[int], last: int) -> list[dict[str, Any]]:
    return await (
        EntryVersion.select(
            *(EntryVersion.id, EntryVersion.entry, EntryVersion.number, EntryVersion.seen_at),
            *(EntryVersion.title, EntryVersion.address, EntryVersion.html, EntryVersion.text),
        )
        .where(EntryVersion.entry.is_in(entries), EntryVersion.id > last)
        .order_by(EntryVersion.id)
        .limit(AT_ONCE)
    )


def _piece(matter: Matter, entry: Mapping[str, Any], row: Mapping[str, Any]) -> Piece:
    number, title = row["number"], row["title"] or entry["title"]
    facts = (
        (gettext("Source"), entry["source"]),
        (gettext("Address"), row["address"]),
        (gettext("Version"), number),
        (gettext("Seen"), texts.moment(row["seen_at"], OFFICE_ZONE)),
    )
    language = entry["language"] or ""
    if row["html"]:
        # Sanitised when it was read: that is what is stored.
        body = Markup(row["html"])  # noqa: S704
        written = render(
            "exports/archive_source.html", title=title, facts=facts, body=body, spoken=language
        )
    else:
        written = "\n\n".join(each for each in (title, lines(*facts), row["text"]) if each) + "\n"
    ending = "html" if row["html"] else "txt"
    before = f"{entry['place']:02d} v{number}"
    return Piece(
        Section.SOURCES,
        file_name(before, f"{title}.{ending}", gettext("Entry")),
        written.encode(errors="replace"),
        row["seen_at"],
        title,
        language,
        address=f"/d/{matter.dossier.number}/sources/{entry['place']}",
    )
