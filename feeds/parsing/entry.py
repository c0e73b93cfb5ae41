"""What every parser gives, whatever it reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


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


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document.

    `known` are the hashes of items that were recognised and not parsed again.
    `complete` says that what is not in the document is no longer published.
    `problem` is one sentence for a person when the document is not what it should be; what was
    good in it stands in `entries` all the same. `skipped` counts items that could not be read,
    `left` those that a poll leaves to the next one because the document is very long.
    """

    entries: tuple[ParsedEntry, ...] = ()
    known: tuple[str, ...] = ()
    title: str = ""
    language: str | None = None
    complete: bool = False
    problem: str | None = None
    skipped: int = 0
    left: int = 0


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
