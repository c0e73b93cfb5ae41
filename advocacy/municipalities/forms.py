"""What people type about members: a row of a list, a contact."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from advocacy.errors import Invalid, Message
from advocacy.municipalities import rules
from advocacy.municipalities.labels import ROLES
from advocacy.people.rules import COUNTRIES, check_address
from advocacy.people.rules import LANGUAGES as PEOPLES_LANGUAGES

LONGEST = {
    "name": 120,
    "nuts": 8,
    "region": 80,
    "map_region": 8,
    "contact": 120,
    "role": 40,
    "phone": 40,
    "best_time": 80,
    "origin": 200,
    "represented_by": 12,
}
MOST_PEOPLE = 10_000_000
SOUTH_NORTH = (43.0, 50.0)  # degrees: what the map of the Alps shows, and a little more
WEST_EAST = (4.0, 18.0)


@dataclass(frozen=True, slots=True)
class NewContact:
    """Empty: nothing was said about it. `origin`: where the address comes from.

    `absent_until`: the first day they are back.
    """

    name: str
    email: str
    role: str = ""
    phone: str = ""
    language: str = ""
    best_time: str = ""
    origin: str = ""
    absent_until: date | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One row of a member list; what is empty says nothing.

    `represented_by`: the code of the region that answers for it; `stands_for`: how many a region
    speaks for; `row`: where it stands in the file.
    """

    code: str
    name: str
    country: str
    language: str
    kind: str = ""
    nuts: str = ""
    region: str = ""
    map_region: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    topics: tuple[str, ...] = ()
    contact: NewContact | None = None
    represented_by: str = ""
    stands_for: int | None = None
    row: int = field(default=0, compare=False)


class _Reader:
    """Reads one field after the other and collects what is wrong with each."""

    def __init__(self, typed: Mapping[str, str]) -> None:
        self.typed = typed
        self.wrong: dict[str, Message] = {}

    def text(self, name: str) -> str:
        value = " ".join(self.typed.get(name, "").split())
        longest = LONGEST.get(name, 254)
        if value.startswith("="):
            self.wrong[name] = Message("A formula is no value: enter what it shows")
        elif not value.isprintable():
            self.wrong[name] = Message("There are signs in it that cannot be shown")
        elif len(value) > longest:
            self.wrong[name] = Message("Shorten it to %(most)s characters", {"most": longest})
        return value

    def needed(self, name: str, message: Message) -> str:
        value = self.text(name)
        if not value:
            self.wrong[name] = message
        return value

    def among(self, name: str, value: str, allowed: tuple[str, ...]) -> str:
        if value not in allowed and name not in self.wrong:
            values = {"value": value, "allowed": ", ".join(each for each in allowed if each)}
            self.wrong[name] = Message("“%(value)s” is none of %(allowed)s", values)
        return value

    def degrees(self, name: str, bounds: tuple[float, float]) -> float | None:
        value = self.text(name).replace(",", ".")
        if not value or name in self.wrong:
            return None
        with suppress(ValueError):
            if bounds[0] <= (number := float(value)) <= bounds[1]:
                return number
        self.wrong[name] = Message(
            "“%(value)s” is no place in the Alps: degrees from %(low)s to %(high)s",
            {"value": value, "low": bounds[0], "high": bounds[1]},
        )
        return None

    def whole(self, name: str) -> int | None:
        value = self.text(name)
        if not value or name in self.wrong:
            return None
        digits = value.removesuffix(".0")
        for separator in (".", ",", " ", "'", "’", "\u00a0", "\u202f"):
            digits = digits.replace(separator, "")
        if digits.isascii() and digits.isdigit() and int(digits[:9]) <= MOST_PEOPLE:
            return int(digits[:9])
        self.wrong[name] = Message("“%(value)s” is no number of people", {"value": value})
        return None

    def day(self, name: str) -> date | None:
        value = self.text(name)
        if not value or name in self.wrong:
            return None
        with suppress(ValueError):
            return date.fromisoformat(value)
        self.wrong[name] = Message("Enter a date like 2026-12-08")
        return None

    def address(self, name: str) -> str:
        value = self.text(name)
        with suppress(Invalid):
            return check_address(value)
        self.wrong[name] = Message("Enter an address like name@example.org")
        return value


def member(typed: Mapping[str, str], *, row: int = 0) -> Member:
    """A row by column; Invalid names the columns."""
    read = _Reader(typed)
    code = read.needed("code", Message("Enter a code like AT-01")).upper()
    if "code" not in read.wrong and not rules.is_code(code):
        read.wrong["code"] = Message("“%(code)s” is no code like AT-01", {"code": code})
    country = read.needed("country", Message("Enter the country")).upper()
    language = read.needed("language", Message("Enter the language")).lower()
    made = Member(
        code=code,
        name=read.needed("name", Message("Enter a name")),
        country=read.among("country", country, COUNTRIES),
        language=read.among("language", language, rules.LANGUAGES),
        kind=read.among("kind", read.text("kind").lower(), ("", *rules.KINDS)),
        nuts=read.text("nuts").upper(),
        region=read.text("region"),
        map_region=read.text("map_region").upper(),
        latitude=read.degrees("latitude", SOUTH_NORTH),
        longitude=read.degrees("longitude", WEST_EAST),
        population=read.whole("population"),
        topics=_topics(read.text("topics")),
        contact=_contact_of_row(read, language),
        represented_by=read.text("represented_by").upper(),
        stands_for=read.whole("stands_for"),
        row=row,
    )
    _check_standing(made, read)
    if read.wrong:
        raise Invalid(read.wrong)
    return made


def _check_standing(made: Member, read: _Reader) -> None:
    """Only a region stands for others, and nobody stands for a region."""
    if made.kind == "region" and made.represented_by:
        read.wrong["represented_by"] = Message("A region speaks for itself")
    if made.kind == "municipality" and made.stands_for:
        read.wrong["stands_for"] = Message("Only a region stands for several municipalities")


def _topics(text: str) -> tuple[str, ...]:
    words = text.lower().replace(";", ",").replace("|", ",").split(",")
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))


def _contact_of_row(read: _Reader, language: str) -> NewContact | None:
    if not read.typed.get("email", "").strip():
        if read.typed.get("contact", "").strip():
            read.wrong["email"] = Message("Somebody without an address cannot be written to")
        return None
    return NewContact(
        name=read.text("contact"),
        email=read.address("email"),
        role=read.text("role").lower(),
        phone=read.text("phone"),
        language=language,
        best_time=read.text("best_time"),
        origin=read.text("origin"),
    )


def contact(typed: Mapping[str, str]) -> NewContact:
    """What was typed about a person to write to."""
    read = _Reader({**typed, "contact": typed.get("name", "")})
    name = read.needed("contact", Message("Enter a name"))
    if "contact" in read.wrong:
        read.wrong = {"name": read.wrong["contact"]}
    made = NewContact(
        name=name,
        email=read.address("email"),
        role=read.among("role", read.text("role"), tuple(ROLES)),
        phone=read.text("phone"),
        language=read.among("language", read.text("language"), PEOPLES_LANGUAGES),
        best_time=read.text("best_time"),
        origin=read.text("origin"),
        absent_until=read.day("absent_until"),
    )
    if read.wrong:
        raise Invalid(read.wrong)
    return made


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What somebody changes of themselves on their municipality's page."""

    name: str
    phone: str
    language: str


def own_words(typed: Mapping[str, str]) -> OwnWords:
    read = _Reader(typed)
    made = OwnWords(
        name=read.needed("name", Message("Enter a name")),
        phone=read.text("phone"),
        language=read.among("language", read.text("language"), PEOPLES_LANGUAGES),
    )
    if read.wrong:
        raise Invalid(read.wrong)
    return made
