"""Documents as they were uploaded, each version that is kept."""

from collections.abc import AsyncIterator

from advocacy.documents import queries
from advocacy.documents.tables import Document
from advocacy.exports.archive.contents import contents
from advocacy.exports.archive.matter import Matter, Piece, Section
from advocacy.exports.archive.names import file_name
from advocacy.texts import gettext


async def pieces(matter: Matter) -> AsyncIterator[Piece]:
    rows = await queries.of_dossier(matter.dossier.id)
    known = {version.id: (row, version) for row in rows for version in row.versions}
    sizes = [(number, version.size) for number, (_, version) in known.items()]
    async for number, content in contents(Document, sizes, matter.room):
        row, version = known[number]
        before = f"{row.place:02d} v{version.number}"
        yield Piece(
            Section.DOCUMENTS,
            file_name(before, version.name, gettext("Document")),
            content,
            version.at,
            row.described.title or version.name,
            row.described.language,
            size=version.size,
            address=f"/d/{matter.dossier.number}/documents/{row.place}/{version.number}",
        )
