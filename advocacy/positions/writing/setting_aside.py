"""Of two wordings of one place, the other stays in the text and mine goes aside. Pure."""

from dataclasses import replace

from advocacy.positions.forms import Sheet
from advocacy.positions.writing.merging import Draft


def words_at(draft: Draft, place: str) -> str:
    """`place` is "title", a paragraph's key or "ask-3"; "" where there is no such place."""
    if place == "title":
        return draft.title
    asks = {f"ask-{ask.number}": ask.text for ask in draft.asks if ask.number}
    return {**asks, **dict(draft.paragraphs)}.get(place, "")


def set_aside(sheet: Sheet, place: str, theirs: str) -> Sheet:
    """The sheet with their words at `place`; whatever else was typed stays."""
    if place == "title":
        return replace(sheet, title=theirs)
    rows = [replace(row, text=theirs) if row.key == place else row for row in sheet.rows]
    asks = [
        ask._replace(text=theirs) if f"ask-{ask.number}" == place else ask for ask in sheet.asks
    ]
    return replace(sheet, rows=rows, asks=asks)
