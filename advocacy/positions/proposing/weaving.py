"""Several people's other words for one text become one, word by word. Pure.

    base      The costs are paid in part.
    Maja      The costs are paid in full.            costs → all of the costs
    Eva       All of the costs are paid in part.     part  → full      nothing collides: both

Where two change the same words differently there is a Collision, and the words stay as they were
until somebody chooses whose to take: nothing is chosen silently.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from advocacy.provenance import word_diff


class Edit(NamedTuple):
    """`whose` variant puts `text` in place of base[start:end]."""

    start: int
    end: int
    text: str
    whose: int


class Stretch(NamedTuple):
    """A part of the woven text. `by`: the variants that brought it; none: nobody touched it."""

    base: str
    text: str
    by: tuple[int, ...] = ()
    collision: int | None = None


@dataclass(frozen=True, slots=True)
class Collision:
    """Variants that want different words at one place: by variant, what it says there."""

    number: int
    base: str
    wanted: Mapping[int, str]
    chosen: int | None = None


@dataclass(frozen=True, slots=True)
class Woven:
    stretches: Sequence[Stretch]
    collisions: Sequence[Collision]

    @property
    def text(self) -> str:
        return "".join(each.text for each in self.stretches)

    @property
    def open(self) -> list[Collision]:
        return [each for each in self.collisions if each.chosen is None]


def weave(base: str, variants: Sequence[str], chosen: Mapping[int, int] | None = None) -> Woven:
    """`chosen`: by number of a collision (from 0), whose words to take."""
    chosen = chosen or {}
    edits = [edit for n, text in enumerate(variants) for edit in _edits(base, text, n)]
    stretches: list[Stretch] = []
    collisions: list[Collision] = []
    at = 0
    for group in _touching(edits):
        start, end = _span(group)
        stretches.append(_untouched(base[at:start]))
        stretches.append(_settled(base, group, collisions, chosen))
        at = end
    stretches.append(_untouched(base[at:]))
    said = [each for each in stretches if each.base or each.text or each.collision is not None]
    return Woven(said, collisions)


def _untouched(text: str) -> Stretch:
    return Stretch(text, text)


def _edits(base: str, text: str, whose: int) -> list[Edit]:
    edits: list[Edit] = []
    at, gone = 0, ""
    for kind, piece in word_diff(base, text):
        if kind == "same":
            edits += [Edit(at - len(gone), at, "", whose)] if gone else []
            gone = ""
        if kind == "ins":
            edits.append(Edit(at - len(gone), at, piece, whose))
            gone = ""
            continue
        at += len(piece)
        gone = piece if kind == "del" else ""
    return [*edits, Edit(at - len(gone), at, "", whose)] if gone else edits


def _touching(edits: Sequence[Edit]) -> list[list[Edit]]:
    """Edits that overlap or stand next to each other belong to one question."""
    groups: list[list[Edit]] = []
    end = -1
    for edit in sorted(edits):
        if groups and edit.start <= end:
            groups[-1].append(edit)
        else:
            groups.append([edit])
            end = -1
        end = max(end, edit.end)
    return groups


def _span(group: Sequence[Edit]) -> tuple[int, int]:
    return group[0].start, max(edit.end for edit in group)


def _settled(
    base: str,
    group: Sequence[Edit],
    collisions: list[Collision],
    chosen: Mapping[int, int],
) -> Stretch:
    start, end = _span(group)
    wanted = {n: _applied(base, group, n) for n in sorted({e.whose for e in group})}
    was = base[start:end]
    if len(set(wanted.values())) == 1:
        return Stretch(was, next(iter(wanted.values())), tuple(wanted))
    number = len(collisions)
    taken = chosen.get(number)
    taken = taken if taken in wanted else None
    collisions.append(Collision(number, was, wanted, taken))
    text = was if taken is None else wanted[taken]
    return Stretch(was, text, () if taken is None else (taken,), number)


def _applied(base: str, group: Sequence[Edit], whose: int) -> str:
    at, end = _span(group)
    text = ""
    for edit in sorted(edit for edit in group if edit.whose == whose):
        text += base[at : edit.start] + edit.text
        at = edit.end
    return text + base[at:end]


def rebased(before: str, current: str, text: str) -> tuple[str, bool]:
    """A proposal written on `before`, as one for `current`; and whether it collides with what
    was changed since. Where it does, it says what its author wrote.
    """
    if before == current:
        return text, False
    woven = weave(before, [current, text])
    if not woven.collisions:
        return woven.text, False
    mine = {each.number: 1 for each in woven.collisions}
    return weave(before, [current, text], mine).text, True


def stands_in(before: str, text: str, final: str) -> bool:
    """Whether `final` holds what a proposal wanted: to apply it once more changes nothing."""
    if final in (text, ""):
        return final == text
    woven = weave(before, [final, text])
    return not woven.collisions and woven.text == final
