"""What the buttons of the inbox say."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

from advocacy.errors import Invalid, Message
from advocacy.people.rules import LANGUAGES
from advocacy.triage import rules
from advocacy.triage.rules import Decision, Dismissal
from feeds.reading.topics import TOPICS

LARGEST_ID = 2**31 - 1
AT_ONCE = 200
DECISIONS = {
    "open": Decision.DOSSIER,
    "attach": Decision.ATTACHED,
    "dismiss": Decision.DISMISSED,
    "later": Decision.LATER,
    "next week": Decision.LATER,
    "on a day": Decision.LATER,
    "duplicate": Decision.DUPLICATE,
}
"""By what the buttons send."""

COUNTRY = re.compile(r"[A-Z]{2}")
_DAY = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"|(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\.(?: ?(?P<y>\d{4}))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Filters:
    """`source` is a source's name; `country` a code of its countries; `many`: on one page."""

    source: str = ""
    language: str = ""
    deadline: bool = False
    country: str = ""
    topic: str = ""
    newest: bool = False
    many: bool = False

    def fields(self) -> dict[str, str]:
        """As a form and an address carry them, without what is not set."""
        values = {
            "country": self.country,
            "source": self.source,
            "language": self.language,
            "topic": self.topic,
            "deadline": "1" if self.deadline else "",
            "sort": "newest" if self.newest else "",
            "rows": "many" if self.many else "",
        }
        return {name: value for name, value in values.items() if value}

    def query(self, **more: object) -> str:
        """The part of the address behind the question mark."""
        return urlencode(self.fields() | {name: value for name, value in more.items() if value})

    @property
    def narrow(self) -> bool:
        """Something is left out."""
        return bool({*self.fields()} - {"sort", "rows"})


@dataclass(frozen=True, slots=True)
class TypedDecision:
    """`dossier`: the number of the one that the entries belong to, or are duplicates of.

    `instead_of`: the event of the decision that this one replaces.
    """

    entries: tuple[int, ...]
    decision: Decision
    reason: str = ""
    until: datetime | None = None
    dossier: str = ""
    instead_of: int | None = None


def one_line(text: str) -> str:
    """Words with single spaces, without signs that no database takes."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def identity(text: str) -> int | None:
    """A row's number as it stands in an address; None for anything else."""
    if not (text.isascii() and text.isdigit()) or len(text) > 10:  # noqa: PLR2004
        return None
    return int(text) if 0 < int(text) <= LARGEST_ID else None


def filters(typed: Mapping[str, str]) -> Filters:
    language, country = typed.get("language", ""), typed.get("country", "")
    topic = typed.get("topic", "")
    return Filters(
        source=one_line(typed.get("source", ""))[:200],
        language=language if language in LANGUAGES else "",
        deadline=typed.get("deadline", "") == "1",
        country=country if COUNTRY.fullmatch(country) else "",
        topic=topic if topic in TOPICS else "",
        newest=typed.get("sort", "") == "newest",
        many=typed.get("rows", "") == "many",
    )


def entries(typed: Mapping[str, str]) -> tuple[int, ...]:
    """Those that are ticked, each once."""
    parts = typed.get("entry", "").split(",")
    return tuple(dict.fromkeys(n for part in parts if (n := identity(part))))


def decision(typed: Mapping[str, str], *, now: datetime) -> TypedDecision:
    """Invalid names all that is wrong. What `open` needs besides is the dossiers' affair."""
    wrong: dict[str, Message] = {}
    ticked = entries(typed)
    if not ticked:
        wrong["entry"] = Message("Select at least one entry")
    if len(ticked) > AT_ONCE:
        wrong["entry"] = Message("Select at most %(count)s entries", {"count": AT_ONCE})
    do = typed.get("do", "")
    if do not in DECISIONS:
        raise Invalid(wrong | {"do": Message("Choose what to do with the entry")})
    decided = DECISIONS[do]
    until = _until(do, typed, wrong, now=now) if decided is Decision.LATER else None
    reason = _reason(typed, decided, wrong)
    dossier = one_line(typed.get(_DOSSIER.get(decided, ""), ""))[:40]
    if decided is Decision.ATTACHED and not dossier:
        wrong["dossier"] = Message("Choose the dossier that it belongs to")
    if wrong:
        raise Invalid(wrong)
    instead = identity(typed.get("instead_of", ""))
    return TypedDecision(ticked, decided, reason, until, dossier, instead)


_DOSSIER = {Decision.ATTACHED: "dossier", Decision.DUPLICATE: "twin_dossier"}
"""The field that names the dossier."""


def _until(
    do: str, typed: Mapping[str, str], wrong: dict[str, Message], *, now: datetime
) -> datetime | None:
    if do != "on a day":
        return rules.later_until("next week" if do == "next week" else "tomorrow", now=now)
    try:
        day = chosen_day(typed.get("day", ""), now=now)
    except ValueError:
        wrong["day"] = Message("Enter a day like 14.12.2026")
        return None
    until = rules.later_on(day, now=now)
    if until is None and day - now.date() > rules.FURTHEST:
        wrong["day"] = Message("Choose a day within a year")
    elif until is None:
        told = {"day": f"{day.day}.{day.month}.{day.year}"}
        wrong["day"] = Message("The day %(day)s is not ahead. Choose tomorrow or later.", told)
    return until


def chosen_day(text: str, *, now: datetime) -> date:
    """2026-12-14, 14.12.2026, or 14.12. for the next one. ValueError: no such day."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    day, month = int(found["day"] or found["d"]), int(found["month"] or found["m"])
    year = found["year"] or found["y"]
    if year:
        return date(int(year), month, day)
    today = now.astimezone(ZoneInfo(rules.OFFICE_ZONE)).date()
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


def _reason(typed: Mapping[str, str], decided: Decision, wrong: dict[str, Message]) -> str:
    if decided is Decision.DUPLICATE:
        return one_line(typed.get("twin", ""))[:300]
    if decided is not Decision.DISMISSED:
        return ""
    reason = typed.get("reason", "") or Dismissal.NOT_OUR_TOPIC
    if reason not in set(Dismissal):
        wrong["reason"] = Message("Choose one of the reasons")
    return reason


def dismissal(typed: Mapping[str, str]) -> Dismissal:
    reason = typed.get("reason", "")
    if reason not in set(Dismissal):
        raise Invalid({"reason": Message("Choose one of the reasons")})
    return Dismissal(reason)


@dataclass(frozen=True, slots=True)
class DecidedFilters:
    """Of the list of decisions. `person` is a number; `day` by the office's calendar."""

    person: int | None = None
    day: date | None = None
    decision: str = ""

    def query(self, **more: object) -> str:
        values = {"person": self.person, "day": self.day, "decision": self.decision, **more}
        return urlencode({name: value for name, value in values.items() if value})


def decided_filters(typed: Mapping[str, str], *, now: datetime) -> DecidedFilters:
    """Garbage in the address filters nothing."""
    try:
        day = chosen_day(typed.get("day", ""), now=now)
    except ValueError:
        day = None
    decided = typed.get("decision", "")
    final = decided in set(Decision) and decided != Decision.LATER
    return DecidedFilters(identity(typed.get("person", "")), day, decided if final else "")


def list_of(typed: Mapping[str, str]) -> dict[str, str]:
    """The query of the list that was shown, which a form carries as one field, `list`."""
    return dict(parse_qsl(typed.get("list", "")[:1000]))


def next_path(typed: Mapping[str, str], decided: Collection[int]) -> str:
    """The next entry of the list that was shown, with its filters and its page."""
    shown = list_of(typed)
    following = identity(typed.get("next", ""))
    item = None if following in decided else following
    query = filters(shown).query(after=one_line(shown.get("after", ""))[:80], item=item)
    return f"/inbox?{query}" if query else "/inbox"
