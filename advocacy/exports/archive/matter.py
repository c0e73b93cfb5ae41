"""What is packed, for whom, and how much of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from advocacy import texts
from advocacy.dossiers.tables import Dossier, Window
from advocacy.errors import Message
from advocacy.exports.archive.names import plain
from advocacy.people.rules import Role
from advocacy.people.tables import Person

MEGABYTE = 1024 * 1024
LARGEST = 500 * MEGABYTE
"""Bytes of all contents; what is beyond stays in the house, and the page of the ZIP says so."""
OFFICE_ZONE = "Europe/Brussels"


class Section(StrEnum):
    """In this order they are numbered."""

    SOURCES = "sources"
    DOCUMENTS = "documents"
    CALLS = "calls"
    POSITION = "position"
    SUBMISSION = "submission"
    HISTORY = "history"

    @property
    def folder(self) -> str:
        """01 Sources, in the language in use."""
        place = list(Section).index(self) + 1
        return f"{place:02d} {plain(texts.translate(TITLES[self])) or self.value}"


TITLES = {
    Section.SOURCES: Message("Sources"),
    Section.DOCUMENTS: Message("Documents"),
    Section.CALLS: Message("Calls"),
    Section.POSITION: Message("Position"),
    Section.SUBMISSION: Message("Submission"),
    Section.HISTORY: Message("History"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One file. `path` below the folder of its section; `content` None: there is no room for it.

    `at`: since when it is as it is. `address`: where the house keeps it, as a path.
    """

    section: Section
    path: str
    content: bytes | None
    at: datetime
    title: str
    language: str = ""
    size: int = 0  # bytes, of what is left out
    address: str = ""


@dataclass(slots=True)
class Room:
    left: int = LARGEST

    def take(self, size: int) -> bool:
        """Whether so many bytes still fit; then they are taken."""
        fits = size <= self.left
        self.left -= size if fits else 0
        return fits


@dataclass(frozen=True, slots=True)
class Matter:
    dossier: Dossier
    windows: Sequence[Window]
    reader: Person
    now: datetime
    room: Room = field(default_factory=Room)

    @property
    def sees_files(self) -> bool:
        """What was handed in, as on the page of the submission."""
        return self.reader.role in {Role.SECRETARIAT, Role.PRESIDENCY}

    @property
    def sees_who_answered(self) -> bool:
        return self.reader.role in {Role.SECRETARIAT, Role.COORDINATOR}

    def sees_answers_of(self, country: str) -> bool:
        """A coordinator those of the own countries, the presidency none: it has the counts."""
        if self.reader.role == Role.COORDINATOR:
            return country in self.reader.countries.split(",")
        return self.reader.role == Role.SECRETARIAT


def lines(*facts: tuple[str, object]) -> str:
    """Label: value, one a line, without those that have no value."""
    return "\n".join(f"{texts.label(name)} {value}" for name, value in facts if value)
