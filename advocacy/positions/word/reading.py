"""A Word file that came back: which text it was, and what was changed in it, by whom.

    bytes → checked (documents/rules) → rows.py → lines.py → comparing.py → differences by author

Two kinds of changes may stand side by side: tracked ones, which name their author, and those that
show only when the file is compared with the version it was made from.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any  # lxml elements

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from advocacy.documents import rules as files
from advocacy.documents.contents import Found
from advocacy.documents.rules import Kind
from advocacy.errors import Invalid, Message
from advocacy.positions.rules import LONGEST_PARAGRAPH, MOST_PARAGRAPHS
from advocacy.positions.word.comparing import Difference, differences, recognised
from advocacy.positions.word.lines import Line, Row, lines_with
from advocacy.positions.word.rows import UNKNOWN, names, rows_of
from advocacy.positions.word.sheet import WHICH

FIELD = "file"
MOST_AUTHORS = 50
LONGEST_AUTHOR = 200
NOT_WORD = Message(
    "%(name)s is not a Word file (DOCX). Save it as “Word document (.docx)” and choose it again."
)
NOT_OURS = Message(
    "%(name)s was not made from a text of this house. Download the Word file of this position, "
    "change that one and upload it."
)
EMPTY = Message("%(name)s holds no text of the position: its title is gone")
TOO_MANY = Message("%(name)s has more than %(most)s paragraphs")
TOO_LONG = Message("A paragraph of %(name)s has more than %(most)s characters: “%(words)s”")
TOO_MANY_PEOPLE = Message("%(name)s was changed by more than %(most)s people")
_WHICH = re.compile(r"(\d{4}-\d{3,6})-v(\d{1,6})-([a-z]{2})", re.ASCII)
_REFERENCE = re.compile(r"(\d{4}-\d{3,6}) · v(\d{1,6}) · ")


@dataclass(frozen=True, slots=True)
class Which:
    """The text that a file was made from; `language` "" when the file does not say."""

    number: str
    version: int
    language: str


@dataclass(frozen=True, slots=True)
class WordFile:
    """`untracked`: who saved it last, for changes that name nobody. `at`: the last change."""

    name: str
    which: Which
    rows: Sequence[Row]
    untracked: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Changed:
    """What one person changed, or several whose changes lie within one another's."""

    author: str
    tracked: bool
    differences: Sequence[Difference]


def read(name: str, content: bytes) -> WordFile:
    """Invalid, naming what is wrong with the file. Takes up to seconds: call it in a thread."""
    shown = files.cleaned_name(name)
    document = _opened(shown, content)
    which = _which(document)
    if which is None:
        raise _refused(NOT_OURS, shown)
    rows = rows_of(document)
    if not rows:
        raise _refused(EMPTY, shown)
    if len(rows) > 5 * MOST_PARAGRAPHS:
        raise _refused(TOO_MANY, shown, most=5 * MOST_PARAGRAPHS)
    _check_lengths(shown, rows)
    who = " ".join(str(document.core_properties.last_modified_by or "").split())
    return WordFile(shown, which, rows, who[:LONGEST_AUTHOR], _last_change(document))


def _opened(name: str, content: bytes) -> WordDocument:
    try:
        kind = files.sniffed(name, content)
    except Invalid as error:
        raise Invalid(dict.fromkeys([FIELD], error.fields["files"])) from error
    if kind is not Kind.DOCX:
        raise _refused(NOT_WORD, name)
    try:
        return docx.Document(BytesIO(content))
    except Exception as error:  # a file from outside may lack anything that a library counts on
        raise _refused(files.REFUSED[Found.BROKEN], name) from error


def _refused(why: Message, name: str, **more: object) -> Invalid:
    return Invalid({FIELD: Message(why.text, {"name": name, **more})})


def _which(document: WordDocument) -> Which | None:
    """By its bookmark; else by the reference, which programs keep that drop bookmarks."""
    for name in names(document):
        if name.startswith(WHICH) and (found := _WHICH.fullmatch(name[len(WHICH) :])):
            return Which(found[1], int(found[2]), found[3])
    found = _REFERENCE.match(document.core_properties.subject or "")
    return Which(found[1], int(found[2]), "") if found else None


def _check_lengths(name: str, rows: Iterable[Row]) -> None:
    for row in rows:
        words = "".join(piece.run.text for piece in row.pieces)
        if len(words) > 2 * LONGEST_PARAGRAPH:
            raise _refused(TOO_LONG, name, most=LONGEST_PARAGRAPH, words=words[:60])


def _last_change(document: WordDocument) -> datetime | None:
    tags = [qn(f"w:{tag}") for tag in ("ins", "del", "moveFrom", "moveTo")]
    said = [_instant(each) for each in document.element.body.iter(*tags)]
    return max((at for at in said if at), default=None)


def _instant(change: Any) -> datetime | None:
    # Word writes the local time of whoever typed and calls it UTC.
    try:
        at = datetime.fromisoformat(str(change.get(qn("w:date")) or ""))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def changes(file: WordFile, ours: Sequence[Line]) -> list[Changed]:
    """What the file says against `ours`, the lines of the version that it was made from.

    First what was changed without tracking, by whoever saved the file; then by author, each
    against the text without any tracked change. In a thread: it compares words.
    """
    before = recognised(ours, lines_with(file.rows, ()))
    keys = {line.text: line.key for line in before if line.key}
    found = [Changed(file.untracked or UNKNOWN, False, differences(ours, before))]
    groups = _groups(file.rows)
    if len(groups) > MOST_AUTHORS:
        raise _refused(TOO_MANY_PEOPLE, file.name, most=MOST_AUTHORS)
    for people in groups:
        after = [
            line if line.key else line._replace(key=keys.get(line.text, ""))
            for line in lines_with(file.rows, people)
        ]
        name = ", ".join(people)[:LONGEST_AUTHOR]
        found.append(Changed(name, True, differences(before, _once(after))))
    return [each for each in found if each.differences]


def _once(lines: Sequence[Line]) -> list[Line]:
    """A key counts where it comes first."""
    met: set[str] = set()
    once = []
    for line in lines:
        once.append(line._replace(key="") if line.key in met else line)
        met |= {line.key} - {""}
    return once


def _groups(rows: Sequence[Row]) -> list[list[str]]:
    """Authors, in their order; those who changed one another's words stand together."""
    leader: dict[str, str] = {}
    for one, other in _entangled(rows):
        leader.setdefault(one, one)
        leader.setdefault(other, other)
        _join(leader, one, other)
    groups: dict[str, list[str]] = {}
    for name in leader:
        groups.setdefault(_head(leader, name), []).append(name)
    return list(groups.values())


def _entangled(rows: Sequence[Row]) -> Iterable[tuple[str, str]]:
    """Each author with itself; and with whom it took out words that the other had put in."""
    for row in rows:
        marks = ((piece.inserted, piece.deleted) for piece in row.pieces)
        for inserted, deleted in (*marks, (row.mark_inserted, row.mark_deleted)):
            if inserted or deleted:
                yield inserted or deleted, deleted or inserted


def _head(leader: Mapping[str, str], name: str) -> str:
    while leader[name] != name:
        name = leader[name]
    return name


def _join(leader: dict[str, str], one: str, other: str) -> None:
    leader[_head(leader, other)] = _head(leader, one)
