"""What every parser gives, whatever it reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Trouble = Literal["unreadable", "empty", "blocked", "login", "shell", "page"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One request of a visit. Most are a plain GET; some interfaces are asked with a body."""

    address: str
    method: Literal["GET", "POST"] = "GET"
    body: bytes = b""
    content_type: str = ""
    accept: str = ""


@dataclass(frozen=True, slots=True)
class StatedDeadline:
    """A deadline that a source gives as data. It wins over one that was read from the text.

    The fields are those of a deadline that was read; `words` stays empty; `at` is in UTC.
    """

    at: datetime
    zone: str
    precision: str
    kind: str
    quote: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A document that comes with an entry."""

    address: str
    type: str = ""
    length: int | None = None


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """One item of a document. `html` is sanitised, `text` the same as plain text.

    `received` is the item as it came, `received_hash` the SHA-256 of all of it.
    """

    id: str = ""
    title: str = ""
    address: str = ""
    author: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    language: str | None = None
    html: str = ""
    text: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    deadlines: tuple[StatedDeadline, ...] = ()
    procedure_numbers: tuple[str, ...] = ()
    received: str = ""
    received_hash: str = ""
    # Where more about it stands that the same visit should bring: see Kind.detailed.
    detail: Ask | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """When a document wants to be visited: <ttl>, sy:update…, skipHours and skipDays.

    `pause` in seconds, at most a day; hours in UTC, 0 to 23; days 0 for Monday to 6.
    """

    pause: int | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document.

    `known` are the hashes of items that were recognised and not parsed again.
    `complete` says that what is not in the document is no longer published.
    `problem` is one sentence for a person when the document is not what it should be; what was
    good in it stands in `entries` all the same; `trouble` is the outcome that the poll then has.
    `skipped` counts items that could not be read, `left` those that a poll leaves to the next one
    because the document is very long. `next_page` asks for the rest of what is one document;
    `pages` counts those that were put together.
    """

    entries: tuple[ParsedEntry, ...] = ()
    known: tuple[str, ...] = ()
    title: str = ""
    language: str | None = None
    complete: bool = False
    problem: str | None = None
    trouble: Trouble = "unreadable"
    skipped: int = 0
    left: int = 0
    next_page: Ask | None = None
    pages: int = 1
    wishes: Wishes = field(default_factory=Wishes)


@dataclass(frozen=True, slots=True)
class Document:
    """What a parser is given: the bytes, where they are from, and what we know of the source."""

    body: bytes
    address: str
    content_type: str = ""
    zone: str = "Europe/Brussels"
    settings: Mapping[str, str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()


RECEIVED_LIMIT = 64 * 1024


def plain_ask(address: str, settings: Mapping[str, str]) -> Ask:  # noqa: ARG001 - others have some
    return Ask(address)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of source: how it is asked, how its answers are read.

    `ask` makes the first request of a visit from the source's address and settings; `detailed`
    reads the answer to an entry's `detail` and gives the entry with what stands there.
    """

    parse: Callable[[Document], Parsed]
    ask: Callable[[str, Mapping[str, str]], Ask] = plain_ask
    detailed: Callable[[ParsedEntry, Document], ParsedEntry] | None = None
