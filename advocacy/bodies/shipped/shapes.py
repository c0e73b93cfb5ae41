"""The shapes of what Alphorn ships about bodies. All of it is data that an office may change."""

from dataclasses import dataclass
from datetime import date

from advocacy.bodies.rules import LANGUAGES, Stage

Names = tuple[str, str, str, str, str]
"""en, de, fr, it, sl"""


def by_language(names: Names) -> dict[str, str]:
    return dict(zip(LANGUAGES, names, strict=True))


@dataclass(frozen=True, slots=True)
class KnownBody:
    """`parent` is the key of the body above it; `languages` those in which it takes papers."""

    key: str
    names: Names
    level: str
    zone: str = "Europe/Brussels"
    country: str = ""
    parent: str = ""
    languages: str = ""
    seat: str = ""
    address: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class KnownPresidency:
    body: str
    holders: str
    begins: date
    ends: date | None = None
    motto: str = ""


@dataclass(frozen=True, slots=True)
class KnownMeeting:
    body: str
    begins: date
    ends: date
    number: str = ""
    place: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class KnownProcedure:
    key: str
    body: str
    names: Names
    stages: tuple[Stage, ...]
    text_limit: int | None = None
    law: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


def stage(
    key: str,
    names: Names,
    days: int = 0,
    *,
    takes_input: bool = True,
    ends: bool = False,
    note: Names | None = None,
) -> Stage:
    """`days` 0: it differs from case to case, or nothing is known."""
    notes = by_language(note) if note else {}
    return Stage(key, by_language(names), days, takes_input, ends, notes)


MEETING: Names = ("Meeting", "Sitzung", "Réunion", "Riunione", "Seja")
DOCUMENTS: Names = ("Documents", "Unterlagen", "Documents", "Documenti", "Dokumenti")
CONSULTATION: Names = (
    "Consultation", "Konsultation", "Consultation", "Consultazione", "Posvetovanje",
)  # fmt: skip
DECISION: Names = ("Decision", "Beschluss", "Décision", "Decisione", "Odločitev")
PLENARY: Names = ("Plenary", "Plenum", "Plénière", "Plenaria", "Plenarno zasedanje")
