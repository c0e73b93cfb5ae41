"""What people type about bodies, presidencies, meetings and procedures.

The fields of each have the names of the columns that they are written into.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from urllib.parse import urlsplit

from advocacy.bodies import rules
from advocacy.bodies.rules import LANGUAGES, STATES, ZONES, Level
from advocacy.errors import Invalid, Message
from advocacy.triage.forms import one_line

NAME = 120
LONGEST = {
    "seat": 120, "address": 500, "holders": 200, "motto": 200, "number": 20, "title": 200,
    "place": 120, "law": 120,
}  # fmt: skip
MOST_DAYS = 3660
MOST_SIGNS = 1_000_000
YEARS = range(1900, 2200)
NOT_A_DAY = Message("Enter a day like 14.12.2026")
_DAY = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"|(?P<d>\d{1,2})[./] ?(?P<m>\d{1,2})[./] ?(?P<y>\d{4})",
    re.ASCII,
)
_LANGUAGE = re.compile(r"[a-z]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kept:
    """What all four have in common: how two people's versions are told apart."""

    def as_text(self) -> str:
        """For the comparison of two people's versions."""
        return "\n".join(f"{name}: {value}" for name, value in asdict(self).items())

    def fingerprint(self) -> str:
        """What a form carries, to know later whether somebody else changed something."""
        return hashlib.sha256(self.as_text().encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class BodyForm(Kept):
    """`names` is JSON by language; `parent` the id of the body above it."""

    names: str
    level: str = Level.ALPINE
    country: str = ""
    zone: str = ZONES[0]
    parent: int | None = None
    languages: str = ""
    seat: str = ""
    address: str = ""
    lead_days: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class PresidencyForm(Kept):
    """`holders`: codes of states ("AT,LI"), or words."""

    holders: str
    begins: date
    ends: date | None = None
    motto: str = ""


@dataclass(frozen=True, slots=True)
class MeetingForm(Kept):
    begins: date
    ends: date
    number: str = ""
    title: str = ""
    place: str = ""
    documents_until: date | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class ProcedureForm(Kept):
    """`names` and `stages` are JSON."""

    names: str
    stages: str
    text_limit: int | None = None
    law: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


def typed_day(text: str) -> date | None:
    """14.12.2026, 14/12/2026 or 2026-12-14; None: nothing of that."""
    found = _DAY.fullmatch(one_line(text))
    if found is None:
        return None
    year, month, day = (
        int(found[long] or found[short])
        for long, short in (("year", "y"), ("month", "m"), ("day", "d"))
    )
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


class Reader:
    """Reads one field after the other and gathers what is wrong, so that it is said at once."""

    def __init__(self, typed: Mapping[str, str]) -> None:
        self.typed = typed
        self.wrong: dict[str, Message] = {}

    def text(self, name: str, longest: int | None = None) -> str:
        value = one_line(self.typed.get(name, ""))
        most = longest or LONGEST[name]
        if len(value) > most:
            self.wrong[name] = Message("Shorten it to %(most)s characters", {"most": most})
        return value

    def names(self) -> dict[str, str]:
        """By language; one is enough."""
        found = {code: self.text(f"name_{code}", NAME) for code in LANGUAGES}
        if not any(found.values()):
            self.wrong["name_en"] = Message("Enter a name in at least one language")
        return {code: name for code, name in found.items() if name}

    def day(self, name: str, *, required: bool = False) -> date | None:
        value = self.typed.get(name, "").strip()
        day = typed_day(value)
        if day is None and (value or required):
            self.wrong[name] = NOT_A_DAY
        return day

    def whole(self, name: str, most: int) -> int | None:
        """None where nothing is typed."""
        value = one_line(self.typed.get(name, ""))
        if not value:
            return None
        if value.isascii() and value.isdigit() and int(value[:9]) <= most and len(value) <= 9:  # noqa: PLR2004
            return int(value)
        self.wrong[name] = Message("Enter a number up to %(most)s", {"most": most})
        return None

    def address(self) -> str:
        value = self.text("address")
        if value and not is_address(value):
            self.wrong["address"] = Message("Enter an address that begins with https://")
        return value

    def period(self, begins: str, ends: str) -> None:
        """The end is not before the begin; both fields say so."""
        first, last = typed_day(self.typed.get(begins, "")), typed_day(self.typed.get(ends, ""))
        try:
            rules.check_period(first, last, (begins, ends))
        except Invalid as error:
            self.wrong |= error.fields

    def check(self) -> None:
        if self.wrong:
            raise Invalid(self.wrong)


def is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in text


def body(typed: Mapping[str, str], *, parents: Mapping[str, int]) -> BodyForm:
    """`parents`: the ids of the bodies that may stand above it, by key."""
    read = Reader(typed)
    level, zone = typed.get("level", ""), typed.get("zone", "")
    country, parent = typed.get("country", ""), typed.get("parent", "")
    languages = [part.strip() for part in typed.get("languages", "").lower().split(",")]
    if level not in set(Level):
        read.wrong["level"] = Message("Choose one from the list")
    if zone not in ZONES:
        read.wrong["zone"] = Message("Choose the time of one of the bodies")
    if country and country not in STATES:
        read.wrong["country"] = Message("Choose one from the list")
    if parent and parent not in parents:
        read.wrong["parent"] = Message("Choose one from the list")
    if any(code and not _LANGUAGE.fullmatch(code) for code in languages) or len(languages) > 12:  # noqa: PLR2004  the column's length
        read.wrong["languages"] = Message("Enter codes like de,fr,it,sl")
    read.period("valid_from", "valid_to")
    made = BodyForm(
        names=json.dumps(read.names(), ensure_ascii=False),
        level=level,
        country=country,
        zone=zone,
        parent=parents.get(parent),
        languages=",".join(code for code in languages if code),
        seat=read.text("seat"),
        address=read.address(),
        lead_days=read.whole("lead_days", MOST_DAYS),
        valid_from=read.day("valid_from"),
        valid_to=read.day("valid_to"),
    )
    read.check()
    return made


def presidency(typed: Mapping[str, str]) -> PresidencyForm:
    read = Reader(typed)
    holders = [part.strip() for part in read.text("holders").split(",") if part.strip()]
    if not holders:
        read.wrong["holders"] = Message("Enter who presides")
    begins = read.day("begins", required=True)
    read.period("begins", "ends")
    ends, motto = read.day("ends"), read.text("motto")
    read.check()
    assert begins is not None  # noqa: S101  required: otherwise check() has raised
    codes = [each.upper() if each.upper() in STATES else each for each in holders]
    return PresidencyForm(",".join(dict.fromkeys(codes)), begins, ends, motto)


def meeting(typed: Mapping[str, str]) -> MeetingForm:
    """A meeting of one day needs no last day."""
    read = Reader(typed)
    begins, ends = read.day("begins", required=True), read.day("ends")
    due = read.day("documents_until")
    read.period("begins", "ends")
    if begins and due and due > begins:
        days = {"due": rules.written(due), "begins": rules.written(begins)}
        read.wrong["documents_until"] = Message(
            "Documents are due on %(due)s, after the meeting begins on %(begins)s", days
        )
    number, title, place = read.text("number"), read.text("title"), read.text("place")
    address = read.address()
    read.check()
    assert begins is not None  # noqa: S101  required: otherwise check() has raised
    return MeetingForm(begins, ends or begins, number, title, place, due, address)
