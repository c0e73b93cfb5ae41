"""What people type about gatherings: text → what is meant, or what to do about each field."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from advocacy.dossiers.deadlines.instants import ZONES, Wrong, typed_day
from advocacy.errors import Message
from advocacy.events import rules
from advocacy.events.fields import Reader, Typed, clean, number, one_line
from advocacy.events.rules import GatheringKind
from advocacy.people.rules import COUNTRIES, LANGUAGES
from feeds.reading.topics import TOPICS

TITLE, WORDS, PLACE = 300, 8_000, 200
MORNING, EVENING, LAST_SECOND = time(9), time(17), time(23, 59, 59)
BEGINS = Message("Enter when it begins, like 14.12.2026 09:30")
ENDS = Message("Enter when it ends, like 14.12.2026 17:00")
UNTITLED = Message("Enter a title in this language")


@dataclass(frozen=True, slots=True)
class Words:
    """A gathering in one language."""

    title: str
    summary: str = ""


@dataclass(frozen=True, slots=True)
class GatheringForm:
    """`texts` by language, that of `language` among them. `languages`, `interpretation`, `topics`
    are as the columns hold them: "de,it".
    """

    kind: str
    language: str
    begins: datetime
    ends: datetime
    zone: str
    texts: Mapping[str, Words]
    languages: str = ""
    interpretation: str = ""
    place: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    address: str = ""
    places: int | None = None
    register_until: datetime | None = None
    guests: bool = False
    topics: str = ""
    contact: str = ""

    def columns(self) -> dict[str, object]:
        """All but the texts."""
        values = asdict(self)
        del values["texts"]
        return values

    def as_text(self) -> str:
        """For the comparison of two people's versions."""
        values = self.columns() | {
            f"{name} ({language})": getattr(words, name)
            for language, words in sorted(self.texts.items())
            for name in ("title", "summary")
        }
        return "\n".join(
            f"{name}: {'' if value is None else value}" for name, value in values.items()
        )

    def fingerprint(self) -> str:
        return hashlib.sha256(self.as_text().encode()).hexdigest()


def gathering(typed: Typed, *, now: datetime) -> GatheringForm:
    """What is wrong is named in the order of the page."""
    read = Reader(typed)
    zone = typed.get("zone", "")
    clock_zone = zone if zone in ZONES else ZONES[0]
    kind = read.one_of("kind", tuple(GatheringKind))
    language = read.one_of("language", LANGUAGES)
    words = _texts(read, language)
    begins = read.instant("begins", zone=clock_zone, now=now, clock=MORNING, required=BEGINS)
    ends = read.instant("ends", zone=clock_zone, now=now, clock=EVENING, required=ENDS)
    zone = read.one_of("zone", ZONES)
    place = read.line("place", PLACE)
    country = read.one_of("country", COUNTRIES, empty=True)
    latitude, longitude = read.coordinates()
    address = read.address("address", 1_000)
    places = read.whole("places", rules.MOST_PLACES)
    until = read.instant("register_until", zone=clock_zone, now=now, clock=LAST_SECOND)
    made = GatheringForm(
        kind=kind,
        language=language,
        begins=begins or now,
        ends=ends or now,
        zone=zone,
        texts=words,
        languages=read.several("languages", LANGUAGES),
        interpretation=read.several("interpretation", LANGUAGES),
        place=place,
        country=country,
        latitude=latitude,
        longitude=longitude,
        address=address,
        places=places,
        register_until=until,
        guests=typed.get("guests") == "1",
        topics=read.several("topics", TOPICS),
        contact=read.email("contact", required=False),
    )
    if begins and ends:
        _check_times(read, begins, ends, until)
    read.check()
    return made


def _check_times(
    read: Reader, begins: datetime, ends: datetime, until: datetime | None
) -> None:  # fmt: skip
    if ends <= begins:
        read.wrong["ends"] = Message("It ends before it begins")
    elif ends - begins > rules.LONGEST:
        read.wrong["ends"] = Message("A gathering lasts two weeks at most")
    if until and until > ends:
        read.wrong["register_until"] = Message("One registers before it is over")


def _texts(read: Reader, language: str) -> dict[str, Words]:
    found = {}
    for code in LANGUAGES:
        is_told = code == language or clean(read.typed.get(f"summary_{code}", ""))
        title = read.line(f"title_{code}", TITLE, required=UNTITLED if is_told else None)
        summary = read.words(f"summary_{code}", WORDS)
        if title:
            found[code] = Words(title, summary)
    return found


@dataclass(frozen=True, slots=True)
class PointForm:
    """`titles` by language; `dossier` a number like 2026-014, `project` a project's number."""

    titles: Mapping[str, str]
    begins: datetime | None = None
    speaker: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    dossier: str = ""
    project: int | None = None
    topic: str = ""

    def as_text(self) -> str:
        values = asdict(self) | {"titles": json.dumps(dict(self.titles), ensure_ascii=False)}
        return "\n".join(
            f"{name}: {'' if value is None else value}" for name, value in values.items()
        )

    def fingerprint(self) -> str:
        return hashlib.sha256(self.as_text().encode()).hexdigest()


def point(
    typed: Typed, *, zone: str, begins: datetime, ends: datetime, now: datetime
) -> PointForm:  # fmt: skip
    """An hour alone is one of the first day; on others the date stands before it."""
    read = Reader(typed)
    titles = {code: title for code in LANGUAGES if (title := read.line(f"title_{code}", TITLE))}
    if not titles:
        read.wrong["title_en"] = Message("Enter a title in at least one language")
    at = _hour(read, zone, begins, ends, now)
    latitude, longitude = read.coordinates()
    project = typed.get("project", "").strip().lstrip("@Pp")
    if project and number(project) is None:
        read.wrong["project"] = Message("Enter the number of a project, for example 12")
    made = PointForm(
        titles=titles,
        begins=at,
        speaker=read.line("speaker", 200),
        place=read.line("place", PLACE),
        latitude=latitude,
        longitude=longitude,
        dossier=read.line("dossier", 40),
        project=number(project),
        topic=read.one_of("topic", TOPICS, empty=True),
    )
    read.check()
    return made


def _hour(
    read: Reader, zone: str, begins: datetime, ends: datetime, now: datetime
) -> datetime | None:  # fmt: skip
    value = one_line(read.typed.get("begins", ""))
    if not value:
        return None
    if len(value) <= 5:  # noqa: PLR2004  "09:30"
        day = begins.astimezone(ZoneInfo(zone)).date()
        value = f"{day.isoformat()} {value.replace('.', ':')}"
    try:
        found = typed_day(value, zone=zone, now=now, without_hour=MORNING, past=True)
    except Wrong:
        read.wrong["begins"] = Message("Enter an hour like 09:30, or a date with an hour")
        return None
    if not begins <= found <= ends:
        read.wrong["begins"] = Message("This is not within the hours of the gathering")
    return found.astimezone(UTC)
