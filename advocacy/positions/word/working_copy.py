"""A draft as a Word file for colleagues: they change it with track changes, it comes back.

The words stand as they will be read, without citations; what each sentence rests on is a comment
beside it. reading.py reads what comes back, by the bookmarks.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from advocacy import texts
from advocacy.positions.passages.quotations import PassageRow
from advocacy.positions.word.sheet import Cited, Head, Note, begun
from advocacy.positions.writing.marked import spans
from advocacy.positions.writing.merging import Draft
from advocacy.provenance import OWN
from advocacy.typesetting import printable

LONGEST_QUOTATION = 400  # characters in a comment


def working_copy(
    draft: Draft,
    rows: Sequence[PassageRow],
    *,
    number: str,
    version: int,
    language: str,
    network: str,
    made: datetime,
) -> bytes:
    """`rows`: the passages of the dossier; `made`: when the version was saved.

    Call it while speaking `language`. The same text gives the same bytes.
    """
    which = f"{number}-v{version}-{language}"
    reference = f"{number} · v{version} · {made.day}.{made.month}.{made.year}"
    page = texts.gettext("page {page} of {pages}")
    sheet = begun(Head(network, reference, page, draft.title, language, which, made))
    said = texts.gettext("Draft, version %(number)s") % {"number": version}
    sheet.quiet(said, "draft")
    sheet.quiet(
        texts.gettext("Please change it with track changes switched on, and send it back."), "hint"
    )
    sheet.title()
    by_mark = {row.mark: row for row in rows}
    for place, (key, text) in enumerate(draft.paragraphs, 1):
        blocks = spans(printable(text), with_citations=True)
        sheet.numbered(place, key, blocks, lambda marks: _cited(marks, by_mark))
    if draft.asks:
        sheet.heading(texts.gettext("What we ask for"), "asks")
        for ask in draft.asks:
            sheet.numbered(ask.number, f"ask-{ask.number}", spans(printable(ask.text)))
    return sheet.packed()


def _cited(marks: Sequence[str], rows: Mapping[str, PassageRow]) -> Cited:
    return Cited(notes=[_note(mark, rows.get(mark)) for mark in marks])


def _note(mark: str, row: PassageRow | None) -> Note:
    if mark == OWN:
        return Note(texts.gettext("The secretariat's own words"))
    if row is None:
        return Note(mark.removeprefix("@"))
    words = " ".join(row.text.split())
    shown = words if len(words) <= LONGEST_QUOTATION else f"{words[:LONGEST_QUOTATION]}…"
    return Note(f"{mark[1:]} {row.municipality} ({row.country}): „{shown}“", row.language)
