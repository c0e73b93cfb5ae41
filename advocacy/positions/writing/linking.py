"""Put citations where they belong: behind the sentence that rests on them. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from advocacy.positions import forms
from advocacy.positions.forms import ParagraphRow, Sheet
from advocacy.provenance import OWN, citations

# The mark that ends a text and what may follow it: "[@17.2]." or "[@17.2] "
_LAST_MARK = re.compile(r"\[[ \t]*(@[^\[\]\n]*?)[ \t]*\](?=[.!?…)»”’\"'\s]*$)")
_STOP = re.compile(r"(?P<stop>[.!?…]*[)»”’\"']*)(?P<space>\s*)$")


def cited(text: str, marks: Sequence[str]) -> str:
    """`text` with `marks` ("@17.2") behind its last sentence.

    Those that the paragraph cites already are left as they are. The secretariat's own words that
    a municipality backs are not only its own any more: "@own" gives way.
    """
    known = citations(text)
    new = [mark for mark in dict.fromkeys(marks) if mark not in known]
    if not new:
        return text
    if mark := _LAST_MARK.search(text):
        before = [each for each in mark[1].split() if each != OWN]
        return f"{text[: mark.start()]}[{' '.join([*before, *new])}]{text[mark.end() :]}"
    stop = _STOP.search(text)
    at = stop.start() if stop else len(text)
    words = text[:at].rstrip()
    gap = " " if words else ""
    # "trop cher ?": the space before the stop stays.
    return f"{words}{gap}[{' '.join(new)}]{text[len(words) :]}"


def linked(sheet: Sheet, number: int, quoted: Sequence[tuple[str, str]]) -> Sheet:
    """`quoted` (mark and words) cited in paragraph `number`, counted from 1.

    An empty paragraph, or the number after the last, begins with the words themselves: raw
    material to be written anew.
    """
    rows = list(sheet.rows)
    if number == len(rows) + 1:
        rows.append(ParagraphRow(forms.new_key(), "", str(number)))
    if not 0 < number <= len(rows) or not quoted:
        return sheet
    row = rows[number - 1]
    marks = [mark for mark, _ in quoted]
    words = row.text or " ".join(quoted[0][1].split())
    rows[number - 1] = replace(row, text=cited(words, marks))
    return replace(sheet, rows=rows)


def taken_over(sheet: Sheet, text: str, origin: str) -> Sheet:
    """A new paragraph with words that were adopted before; the note says where they are from.

    They rest on nothing of this dossier, so they are the house's own until somebody is cited.
    """
    rows = [row for row in sheet.rows if row.text]
    row = ParagraphRow(forms.new_key(), cited(text, [OWN]), str(len(rows) + 1))
    note = f"{sheet.note}; {origin}" if sheet.note else origin
    return replace(sheet, rows=[*rows, row], note=forms.one_line(note))
