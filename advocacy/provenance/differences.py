"""What changed between two texts, word by word, and between two versions of a position."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Literal, NamedTuple

from advocacy.provenance.sentences import Paragraphs

Piece = tuple[Literal["same", "ins", "del"], str]

# A citation mark is one word, so that a changed citation is shown as such.
_WORD = re.compile(r"\[[ \t]*@[^\[\]\n]*\]|\w+|\s+|[^\w\s]")


COSTLY = 50_000  # pairs of equal words


def matcher(old: Sequence[str], new: Sequence[str]) -> "SequenceMatcher[str]":
    """Where the same few words stand hundreds of times on both sides, a match does not begin at
    these: somebody's ten thousand letters "a a a a" would take minutes, and others wait.
    """
    known = Counter(old)
    pairs = sum(known[word] for word in new)
    return SequenceMatcher(None, old, new, autojunk=pairs > COSTLY)


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    """Pairs of old and new text with whether they are the same."""
    for tag, a, b, c, d in matcher(old, new).get_opcodes():
        yield "".join(old[a:b]), "".join(new[c:d]), tag == "equal"


def _without_islands(runs: Sequence[tuple[str, str, bool]]) -> Iterator[tuple[str, str, bool]]:
    """A space that happens to be equal between two changed words is part of the change."""
    for index, (old, new, same) in enumerate(runs):
        is_island = same and old.isspace() and 0 < index < len(runs) - 1
        yield old, new, same and not is_island


def word_diff(old: str, new: str) -> list[Piece]:
    """Pieces that give `old` without the "ins" and `new` without the "del", exactly.

    Takes time with the product of both lengths at worst: for paragraphs, not for books.
    """
    pieces: list[Piece] = []
    gone = come = ""
    runs = tuple(_runs(_WORD.findall(old), _WORD.findall(new)))
    for before, after, same in (*_without_islands(runs), ("", "", True)):
        if not same:
            gone, come = gone + before, come + after
            continue
        ended: tuple[Piece, ...] = (("del", gone), ("ins", come), ("same", before))
        pieces += [piece for piece in ended if piece[1]]
        gone = come = ""
    return pieces


class ChangeKind(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


class Change(NamedTuple):
    """`pieces` also show what changed in the text of a moved paragraph."""

    key: str
    kind: ChangeKind
    pieces: list[Piece]


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Keys of both that changed their place, with the longest unmoved stretch left in peace."""
    before = [key for key in old if key in set(new)]
    after = [key for key in new if key in set(old)]
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return set(after).difference(*(after[m.b : m.b + m.size] for m in blocks))


def paragraph_diff(old: Paragraphs, new: Paragraphs) -> list[Change]:
    """The new order, with each removed paragraph behind the one it used to follow.

    Keys are unique within a version.
    """
    before, after = dict(old), dict(new)
    moved = _moved(list(before), list(after))
    changes = [_change(key, before.get(key), text, key in moved) for key, text in new]
    follows = -1
    for key, text in old:
        place = next((n for n, change in enumerate(changes) if change.key == key), None)
        if place is None:
            place = follows + 1
            changes.insert(place, Change(key, ChangeKind.REMOVED, word_diff(text, "")))
        follows = place
    return changes


def _change(key: str, before: str | None, after: str, moved: bool) -> Change:
    if before is None:
        return Change(key, ChangeKind.ADDED, word_diff("", after))
    unmoved = ChangeKind.SAME if before == after else ChangeKind.CHANGED
    return Change(key, ChangeKind.MOVED if moved else unmoved, word_diff(before, after))
