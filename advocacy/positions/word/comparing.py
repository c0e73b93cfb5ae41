"""What was changed between two states of a text, part by part. Pure."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from advocacy.positions.word.lines import TITLE, Line
from advocacy.provenance import paragraph_diff
from advocacy.provenance.differences import ChangeKind

ALIKE = 0.6  # of a paragraph that lost its bookmark, to be taken for one of ours
ASK = "ask-"


class Kind(StrEnum):
    CHANGED = "changed"
    TAKEN_OUT = "taken_out"
    NEW = "new"
    MOVED = "moved"


class Difference(NamedTuple):
    """`key` is "" for what is new; `after` is the key of the paragraph before it, "" at the top.

    `before` and `text` as the file shows them. A paragraph that was moved may be changed, too.
    """

    kind: Kind
    key: str
    before: str
    text: str
    after: str = ""


def recognised(ours: Sequence[Line], theirs: Sequence[Line]) -> list[Line]:
    """`theirs` with the keys of those paragraphs whose bookmark was lost, by their words.

    A bookmark that occurs twice (the paragraph was copied) counts where it comes first.
    """
    once, met = [], set[str]()
    for line in theirs:
        once.append(line if line.key not in met else line._replace(key=""))
        met.add(line.key)
    missing = [line for line in ours if line.key not in met]
    return [line if line.key else _recognised(line, missing) for line in once]


def _recognised(line: Line, missing: list[Line]) -> Line:
    near = [(_likeness(line.text, each.text), each) for each in missing]
    best = max(near, key=lambda pair: pair[0], default=(0.0, line))
    if best[0] < ALIKE:
        return line
    missing.remove(best[1])
    return line._replace(key=best[1].key)


def _likeness(one: str, other: str) -> float:
    words = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return words.ratio() if words.quick_ratio() >= ALIKE else 0.0


def differences(before: Sequence[Line], after: Sequence[Line]) -> list[Difference]:
    """In the order of `after`. Lines without a key in both are the same when their words are."""
    known = {line.text for line in before if not line.key}
    ours = {line.key: line.text for line in before if line.key}
    theirs = {line.key: line.text for line in after if line.key}
    gone = {key: text for key, text in ours.items() if key not in theirs}
    moved = _moved(before, after)
    found: list[Difference] = []
    behind = ""
    for line in after:
        if line.key and line.key in ours:
            found += _of_known(line, ours[line.key], behind if line.key in moved else None)
        elif line.text not in known:
            found.append(_of_new(line, gone, behind))
        if line.key and line.key != TITLE and not line.key.startswith(ASK):
            behind = line.key
    taken = [Difference(Kind.TAKEN_OUT, key, text, "") for key, text in gone.items()]
    return [*found, *taken]


def _of_known(line: Line, before: str, moved_behind: str | None) -> Iterator[Difference]:
    if moved_behind is not None:
        yield Difference(Kind.MOVED, line.key, before, line.text, moved_behind)
    elif line.text != before:
        yield Difference(Kind.CHANGED, line.key, before, line.text)


def _of_new(line: Line, gone: dict[str, str], behind: str) -> Difference:
    """New words, unless they were taken out elsewhere: then they have moved."""
    for key, text in gone.items():
        if text == line.text and key != TITLE and not key.startswith(ASK):
            del gone[key]
            return Difference(Kind.MOVED, key, text, line.text, behind)
    return Difference(Kind.NEW, "", "", line.text, behind)


def _moved(before: Sequence[Line], after: Sequence[Line]) -> set[str]:
    def keyed(lines: Sequence[Line]) -> list[tuple[str, str]]:
        return [(line.key, "") for line in lines if line.key]

    changes = paragraph_diff(keyed(before), keyed(after))
    keys = {change.key for change in changes if change.kind is ChangeKind.MOVED}
    return {key for key in keys if key != TITLE and not key.startswith(ASK)}
