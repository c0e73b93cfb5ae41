"""What people type about a dossier and its deadlines."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, time

from advocacy.deadlines import CLOSE_OF_BUSINESS, Milestone
from advocacy.dossiers.deadlines import instants
from advocacy.dossiers.labels import PRIORITIES, WINDOW_KINDS
from advocacy.dossiers.rules import Precision
from advocacy.errors import Invalid, Message
from advocacy.people.rules import COUNTRIES, LANGUAGES
from advocacy.triage.forms import identity, one_line
from feeds.reading.topics import TOPICS

TITLE = 300
SUMMARY = 4000
SPONSOR = 120
EVIDENCE = 2000
NUMBER = re.compile(r"(\d{4}-\d{3,6})(?:-[^/]*)?")


@dataclass(frozen=True, slots=True)
class NewWindow:
    """A deadline as typed or read; `evidence` is the sentence it was read from.

    With the precision "unknown" `closes` is what it is planned with; None: the usual length.
    """

    closes: datetime | None
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
    sponsor: str = ""
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
    sponsor: str = ""

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

    def sponsor(self) -> str:
        delegation = one_line(self.typed.get("sponsor", ""))
        if len(delegation) > SPONSOR:
            self.wrong["sponsor"] = Message(
                "The name of a delegation has at most %(most)s characters", {"most": SPONSOR}
            )
        return delegation

    def window(self, *, now: datetime, required: bool) -> NewWindow | None:
        typed = self.typed.get("deadline", "").strip()
        unknown = self.typed.get("unknown") == "yes" or instants.means_unknown(typed)
        if not typed and not unknown:
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
        closes, precision = self.end(typed, unknown, zone, now)
        opens = self.opening(closes, zone, now)
        return NewWindow(closes, zone, precision, kind, opens=opens, evidence=evidence)

    def end(
        self, typed: str, unknown: bool, zone: str, now: datetime
    ) -> tuple[datetime | None, str]:
        """The deadline, or what to plan with until it is known, and how much of it is known."""
        past = self.typed.get("past") == "yes"
        if unknown and typed and not instants.means_unknown(typed):
            self.wrong["deadline"] = Message("Enter a date or say that it is not known, not both")
            return None, Precision.UNKNOWN
        assumed = self.typed.get("assumed", "").strip()
        name, text = ("assumed", assumed) if unknown else ("deadline", typed)
        if not text:
            return None, Precision.UNKNOWN
        try:
            closes, precision = instants.typed_instant(text, zone=zone, now=now, past=past)
        except instants.Wrong as error:
            self.wrong[name] = error.message
            if isinstance(error, instants.Passed) and not unknown:
                self.wrong["past"] = Message("Say so if the deadline really is over")
            return None, Precision.UNKNOWN
        return closes, Precision.UNKNOWN if unknown else precision

    def opening(self, closes: datetime | None, zone: str, now: datetime) -> datetime | None:
        typed = self.typed.get("opens", "").strip()
        if not typed:
            return None
        try:
            opens = instants.typed_day(typed, zone=zone, now=now, without_hour=time(), past=True)
        except instants.Wrong as error:
            self.wrong["opens"] = error.message
            return None
        if closes is not None and opens >= closes:
            told = {
                "opens": instants.retyped(opens, zone, Precision.DAY),
                "closes": instants.retyped(closes, zone, Precision.EXACT),
            }
            self.wrong["opens"] = Message(
                "It would open (%(opens)s) after the deadline (%(closes)s)", told
            )
        return opens

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
        sponsor=form.sponsor(),
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
        sponsor=form.sponsor(),
    )
    form.check()
    return changed


def window(typed: Mapping[str, str], *, now: datetime) -> NewWindow:
    form = _Form(typed)
    found = form.window(now=now, required=True)
    form.check()
    assert found is not None  # noqa: S101  required: otherwise check() has raised
    return found


def refusal(typed: Mapping[str, str]) -> str:
    """Why a source is not believed; nobody has to say."""
    reason = lines(typed.get("reason", ""))
    if len(reason) > EVIDENCE:
        told = {"count": len(reason), "most": EVIDENCE}
        raise Invalid({"reason": Message("The text has %(count)s characters; %(most)s fit", told)})
    return reason


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
    return instants.typed_day(text, zone=zone, now=now, without_hour=hour)
