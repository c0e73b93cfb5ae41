"""The official text that a call asks about, as pages and papers show it."""

from dataclasses import dataclass

from advocacy.calls.asking.paragraphs import Paragraph
from advocacy.calls.tables import OfficialParagraph, OfficialText

__all__ = ["Official", "Paragraph", "content_of", "kept", "official_of"]


@dataclass(frozen=True, slots=True)
class Official:
    """`name` is that of the file; empty for a pasted text."""

    title: str
    language: str
    paragraphs: tuple[Paragraph, ...]
    name: str = ""


async def official_of(call_id: int) -> Official | None:
    """One query: every paragraph comes with its text's title."""
    rows = await (
        OfficialParagraph.select(
            OfficialParagraph.number,
            OfficialParagraph.label,
            OfficialParagraph.text,
            OfficialParagraph.official.title.as_alias("title"),
            OfficialParagraph.official.language.as_alias("language"),
            OfficialParagraph.official.name.as_alias("name"),
        )
        .where(OfficialParagraph.official.call == call_id)
        .order_by(OfficialParagraph.number)
    )
    if not rows:
        return None
    first = rows[0]
    paragraphs = tuple(Paragraph(row["number"], row["label"], row["text"]) for row in rows)
    return Official(first["title"], first["language"], paragraphs, first["name"])


async def kept(call_id: int) -> OfficialText | None:
    """What was handed in for a call, without the file's content. It counts once its paragraphs
    have been looked through.
    """
    columns = OfficialText.all_columns(exclude=[OfficialText.content])
    row = await OfficialText.select(*columns).where(OfficialText.call == call_id).first()
    return OfficialText(**row, _exists_in_db=True) if row else None


async def content_of(call_id: int) -> bytes:
    row = (
        await OfficialText.select(OfficialText.content).where(OfficialText.call == call_id).first()
    )
    return bytes(row["content"] or b"") if row else b""
