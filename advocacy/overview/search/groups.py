"""What a search finds, kind by kind: a page of each, the newest first, and the key of the next."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any  # Piccolo's conditions and rows

from piccolo.columns import Column

from advocacy.errors import Message
from advocacy.overview.search.marking import Piece, excerpt, marked
from advocacy.people.tables import Person

SHOWN = 20
FIRST = 6
"""So many of each kind while all kinds are shown."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`wordings` as words.wordings gives them, `words` all of them for marking. `before`: the key
    that the page before ended with. `by` None: the public.
    """

    wordings: Sequence[Sequence[str]]
    words: Sequence[str]
    by: Person | None
    limit: int = FIRST
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """`title` and `text` in pieces, with what was looked for marked, in `language`; `key`: its
    place in the order. A path that is no path of ours is an address elsewhere.
    """

    key: int
    path: str
    title: Sequence[Piece]
    text: Sequence[Piece]
    language: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """`after`: the key with which the next page begins; 0: there is none."""

    name: str
    heading: Message
    hits: Sequence[Hit]
    after: int


@dataclass(frozen=True, slots=True)
class Kind:
    """`find` returns one hit more than wanted if there is one."""

    heading: Message
    find: Callable[[Asked], Awaitable[list[Hit]]]
    roles: frozenset[str]
    open_to_all: bool = False

    def is_open_to(self, person: Person | None) -> bool:
        return self.open_to_all or (person is not None and person.role in self.roles)


def below(column: Column, asked: Asked) -> Any:
    """The rows that come after the page before; ids begin at one."""
    return column < asked.before if asked.before else column > 0


def hit(
    asked: Asked, row: Mapping[str, Any], path: str, *, title: str, text: str, beside: str = ""
) -> Hit:
    """`row` has `id` and `language`."""
    language = row["language"] or ""
    return Hit(
        key=row["id"],
        path=path,
        title=marked(title, asked.words, language=language or None),
        text=excerpt(text, asked.words, language=language or None),
        language=language,
        beside=beside,
    )


def group(name: str, heading: Message, hits: Sequence[Hit], limit: int) -> Group:
    shown = hits[:limit]
    return Group(name, heading, shown, shown[-1].key if len(hits) > limit else 0)
