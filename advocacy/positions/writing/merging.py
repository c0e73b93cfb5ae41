"""Several people write on one text. Pure: what was, what others made of it, what I made of it.

    base → theirs (saved meanwhile)
         → mine                       → one text, and the places where both wrote

Who changed what nobody else touched simply has it. Where both changed one thing, the merged text
holds mine and a Collision holds theirs: nothing is chosen silently, no word is lost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from advocacy.provenance import Paragraphs


class Ask(NamedTuple):
    """A numbered demand; `paragraph` is the key of the one it belongs to, "" for the whole text."""

    number: int
    paragraph: str
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as somebody wants it. A paragraph without key is new; ask number 0 is new."""

    title: str
    paragraphs: Paragraphs
    asks: Sequence[Ask] = ()
    note: str = ""


class Collision(NamedTuple):
    """`place` is "title", a paragraph's key or "ask-3". An empty text was taken out."""

    place: str
    base: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Merged:
    draft: Draft
    collisions: Sequence[Collision] = field(default=())


def merge(base: Draft, theirs: Draft, mine: Draft) -> Merged:
    collisions: list[Collision] = []
    title = _one("title", base.title, theirs.title, mine.title, collisions)
    paragraphs = _paragraphs(base.paragraphs, theirs.paragraphs, mine.paragraphs, collisions)
    asks = _asks(base.asks, theirs.asks, mine.asks, collisions)
    keys = {key for key, _ in paragraphs}
    asks = [ask if ask.paragraph in keys else ask._replace(paragraph="") for ask in asks]
    return Merged(Draft(title, paragraphs, asks, mine.note), collisions)


def _one(place: str, base: str, theirs: str, mine: str, collisions: list[Collision]) -> str:
    if mine == base:
        return theirs
    if theirs not in (base, mine):
        collisions.append(Collision(place, base, theirs, mine))
    return mine


def _paragraphs(
    base: Paragraphs, theirs: Paragraphs, mine: Paragraphs, collisions: list[Collision]
) -> list[tuple[str, str]]:
    was, other, own = dict(base), dict(theirs), dict(mine)
    order = _order(list(was), list(other), list(own))
    texts = {
        key: _one(key, was.get(key, ""), other.get(key, ""), own.get(key, ""), collisions)
        for key in order
    }
    return [(key, texts[key]) for key in order if texts[key]]


def _order(base: list[str], theirs: list[str], mine: list[str]) -> list[str]:
    """Every key once. Whoever moved paragraphs has the order; if both did, mine."""
    kept = [key for key in base if key in mine]
    moved = kept != [key for key in mine if key in base]
    first, second = (mine, theirs) if moved else (theirs, mine)
    order = list(first)
    for place, key in enumerate(second):
        if key not in order:
            before = [each for each in second[:place] if each in order]
            order.insert(order.index(before[-1]) + 1 if before else 0, key)
    return order


def _asks(
    base: Sequence[Ask], theirs: Sequence[Ask], mine: Sequence[Ask], collisions: list[Collision]
) -> list[Ask]:
    """An ask keeps its number: outcomes are kept by it. Mine that is new gets the next free one."""
    was, other = _numbered(base), _numbered(theirs)
    own = _numbered([ask for ask in mine if ask.number in was])
    result: dict[int, Ask] = {}
    for number in sorted(set(was) | set(other)):
        before, there = was.get(number), other.get(number)
        here = own.get(number) if number in was else there
        merged = _ask(before, there, here, number, collisions)
        if merged:
            result[number] = merged
    following = max([0, *was, *other]) + 1
    new = [ask for ask in mine if ask.number not in was and not _is_there(ask, other)]
    fresh = [ask._replace(number=following + place) for place, ask in enumerate(new)]
    return [*result.values(), *fresh]


def _is_there(ask: Ask, other: Mapping[int, Ask]) -> bool:
    """The same ask, saved by the same form a moment ago."""
    return any((each.paragraph, each.text) == (ask.paragraph, ask.text) for each in other.values())


def _ask(
    base: Ask | None,
    theirs: Ask | None,
    mine: Ask | None,
    number: int,
    collisions: list[Collision],
) -> Ask | None:
    if mine == base:
        return theirs
    if theirs not in (base, mine):
        texts = (each.text if each else "" for each in (base, theirs, mine))
        collisions.append(Collision(f"ask-{number}", *texts))
    return mine


def _numbered(asks: Sequence[Ask]) -> dict[int, Ask]:
    return {ask.number: ask for ask in asks}
