"""What people type about a dossier and its deadlines."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, time

from advocacy.deadlines import CLOSE_OF_BUSINESS, Milestone
from advocacy.dossiers import instants
from advocacy.dossiers.labels import PRIORITIES, WINDOW_KINDS
from advocacy.errors import Invalid, Message
from advocacy.people.rules import COUNTRIES, LANGUAGES
from advocacy.triage.forms import identity, one_line
from feeds.reading.topics import TOPICS

TITLE = 300
SUMMARY = 4000
EVIDENCE = 2000
NUMBER = re.compile(r"(\d{4}-\d{3,6})(?:-[^/]*)?")


@dataclass(frozen=True, slots=True)
class NewWindow:
    """A deadline as typed or read; `evidence` is the sentence it was read from."""

    closes: datetime
    zone: str
    precision: str = "day"
    kind: str = "consultation"
    opens: datetime | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class NewDossier:
    """`body` and `procedure` are keys of bodies.known, `lead` a person's number."""

    title: str
    language: str = "de"
    summary: str = ""
    body: str = ""
    procedure: str = ""
    procedure_number: str = ""
    topics: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    lead: int | None = None
    priority: int = 2
    window: NewWindow | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What may be changed of a dossier afterwards."""

    title: str
    summary: str
    lead: int | None
    priority: int
    topics: tuple[str, ...]
    countries: tuple[str, ...]
    procedure_number: str

    def as_text(self) -> str:
        """For the comparison of two people's versions."""
        return "\n".join(f"{each.name}: {getattr(self, each.name)}" for each in fields(self))

    def fingerprint(self) -> str:
        """What a form carries, to know later whether somebody else changed something."""
        return hashlib.sha256(self.as_text().encode()).hexdigest()


def lines(text: str) -> str:
    """Text of several lines, without signs that no database takes."""
    kept = (sign for sign in text.replace("\r\n", "\n") if sign in "\n\t" or sign.isprintable())
    return "".join(kept).strip()


def number_in(address: str) -> str | None:
    """2026-014 from 2026-014-grossraubtiere: the words behind are decoration."""
    found = NUMBER.fullmatch(address)
    return found[1] if found else None


def _several(typed: Mapping[str, str], name: str, known: Sequence[str]) -> tuple[str, ...]:
    chosen = {part.strip() for part in typed.get(name, "").split(",")}
    return tuple(each for each in known if each in chosen)


class _Form:
    """Gathers what is wrong, so that all of it is said at once."""

    def __init__(self, typed: Mapping[str, str]) -> None:
        self.typed, self.wrong = typed, dict[str, Message]()

    def title(self) -> str:
        title = one_line(self.typed.get("title", ""))
        if not title:
            self.wrong["title"] = Message("Enter a title")
        elif len(title) > TITLE:
            self.wrong["title"] = Message(
                "The title has %(count)s characters; %(most)s fit",
                {"count": len(title), "most": TITLE},
            )
        return title

    def text(self, name: str, most: int) -> str:
        text = lines(self.typed.get(name, ""))
        if len(text) > most:
            self.wrong[name] = Message(
                "The text has %(count)s characters; %(most)s fit",
                {"count": len(text), "most": most},
            )
        return text

    def priority(self) -> int:
        typed = self.typed.get("priority", "2")
        if typed not in {str(each) for each in PRIORITIES}:
            self.wrong["priority"] = Message("Choose one of the priorities")
            return 2
        return int(typed)

    def lead(self) -> int | None:
        typed = self.typed.get("lead", "")
        if typed and identity(typed) is None:
            self.wrong["lead"] = Message("Choose one of the people")
        return identity(typed) if typed else None

    def procedure_number(self) -> str:
        number = one_line(self.typed.get("procedure_number", ""))
        if len(number) > 60:  # noqa: PLR2004  the column's length
            self.wrong["procedure_number"] = Message("A procedure number has at most 60 characters")
        return number

    def window(self, *, now: datetime, required: bool) -> NewWindow | None:
        typed = self.typed.get("deadline", "").strip()
        if not typed:
            if required:
                self.wrong["deadline"] = instants.NOT_A_DATE
            return None
        zone, kind = self.typed.get("zone", ""), self.typed.get("kind", "consultation")
        if zone not in instants.ZONES:
            self.wrong["zone"] = Message("Choose the time of one of the bodies")
            return None
        if kind not in WINDOW_KINDS:
            self.wrong["kind"] = Message("Choose what the body asks for")
            return None
        evidence = self.text("evidence", EVIDENCE)
        try:
            closes, precision = instants.typed_instant(typed, zone=zone, now=now)
        except instants.Wrong as error:
            self.wrong["deadline"] = error.message
            return None
        return NewWindow(closes, zone, precision, kind, evidence=evidence)

    def check(self) -> None:
        if self.wrong:
            raise Invalid(self.wrong)


def new_dossier(typed: Mapping[str, str], *, language: str, now: datetime) -> NewDossier:
    """`language` is that of the page: the title is written in it."""
    form = _Form(typed)
    chosen = typed.get("language", language)
    new = NewDossier(
        title=form.title(),
        language=chosen if chosen in LANGUAGES else language,
        summary=form.text("summary", SUMMARY),
        body=one_line(typed.get("body", ""))[:40],
        procedure=one_line(typed.get("procedure", ""))[:40],
        procedure_number=form.procedure_number(),
        topics=_several(typed, "topics", TOPICS),
        countries=_several(typed, "countries", COUNTRIES),
        lead=form.lead(),
        priority=form.priority(),
        window=form.window(now=now, required=False),
    )
    form.check()
    return new


def change(typed: Mapping[str, str]) -> Change:
    form = _Form(typed)
    changed = Change(
        title=form.title(),
        summary=form.text("summary", SUMMARY),
        lead=form.lead(),
        priority=form.priority(),
        topics=_several(typed, "topics", TOPICS),
        countries=_several(typed, "countries", COUNTRIES),
        procedure_number=form.procedure_number(),
    )
    form.check()
    return changed


def window(typed: Mapping[str, str], *, now: datetime) -> NewWindow:
    form = _Form(typed)
    found = form.window(now=now, required=True)
    form.check()
    assert found is not None  # noqa: S101  required: otherwise check() has raised
    return found


def closing_reason(typed: Mapping[str, str]) -> str:
    reason = lines(typed.get("reason", ""))
    if not 0 < len(reason) <= EVIDENCE:
        raise Invalid({"reason": Message("Say why the network takes no position")})
    return reason


def milestones(typed: Mapping[str, str], *, zone: str, now: datetime) -> dict[Milestone, datetime]:
    """Dates set by hand, by milestone; a field that is empty or missing changes nothing."""
    wrong: dict[str, Message] = {}
    dates: dict[Milestone, datetime] = {}
    for kind in Milestone:
        text = typed.get(kind.value, "").strip()
        if not text:
            continue
        try:
            dates[kind] = _milestone(text, zone=zone, now=now)
        except instants.Wrong as error:
            wrong[kind.value] = error.message
    if wrong:
        raise Invalid(wrong)
    return dates


def _milestone(text: str, *, zone: str, now: datetime, hour: time = CLOSE_OF_BUSINESS) -> datetime:
    return instants.typed_instant(text, zone=zone, now=now, without_hour=hour)[0]
