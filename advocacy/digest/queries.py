"""What a digest tells one person: what concerns them, and is news."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any  # a row is what its table says

from advocacy import texts
from advocacy.digest import notices, reading, rules, sources
from advocacy.digest.happenings import OF_DEADLINES, Happening, What
from advocacy.digest.inbox import Inbox, inbox
from advocacy.digest.notices import Announced, Letterbox
from advocacy.digest.reading import Ahead, Matter, Reading
from advocacy.digest.rules import KINDS, NOTICES, Due, Kind, Outage, Span, Wish
from advocacy.digest.tables import DigestKind, DigestTold
from advocacy.news import queries as news
from advocacy.news.queries import Item
from advocacy.news.rules import EVERYTHING, Interests, interests
from advocacy.overview.coordinator import countries_of
from advocacy.overview.health import Watched
from advocacy.overview.rules import Need
from advocacy.people.rules import Rhythm, Role
from advocacy.people.tables import Person

CHANGED = OF_DEADLINES - {What.MISSED, What.FAST_LANE}


@dataclass(frozen=True, slots=True)
class Block:
    """One dossier: its deadline ahead, those that are news first; then what has happened."""

    matter: Matter
    deadlines: tuple[Ahead, ...]
    lines: tuple[Happening, ...]
    announced: bool

    @property
    def order(self) -> tuple[bool, datetime, int]:
        first = min((each.closes for each in self.deadlines), default=rules.BEGINNING)
        return not self.of_deadlines, first, self.matter.id

    @property
    def of_deadlines(self) -> bool:
        return self.announced or any(line.kind is Kind.DEADLINES for line in self.lines)


@dataclass(frozen=True, slots=True)
class Digest:
    needs: Sequence[Need] = ()
    blocks: Sequence[Block] = ()
    ahead: Sequence[Announced] = ()
    inbox: Inbox = field(default_factory=Inbox)
    sources: Sequence[Watched] = ()
    outages: Sequence[Outage] = ()
    news: Sequence[Item] = ()

    @property
    def says_something(self) -> bool:
        """What needs somebody is on their first page every day; by itself it is no news."""
        parts = (self.blocks, self.ahead, self.inbox, self.sources, self.outages, self.news)
        return any(parts)

    def is_urgent(self, *, now: datetime) -> bool:
        """A deadline less than three days away has changed, or something ends before morning."""
        changed = [line for block in self.blocks for line in block.lines if line.what in CHANGED]
        dates = [at for line in changed for at in (line.closes, line.before)]
        dates += [
            each.closes for block in self.blocks if block.announced for each in block.deadlines
            if each.closes <= now + rules.OVERNIGHT
        ]  # fmt: skip
        dates += [each.at for each in self.ahead if each.at <= now + rules.OVERNIGHT]
        return any(rules.is_urgent(at, now=now) for at in dates)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody of the house, how they want each kind, and what they have been told.

    `sent`: when their last letter went. `interests`: of news that no dossier carries.
    """

    person: Person
    wishes: tuple[Wish, ...]
    announced: datetime | None
    sent: datetime | None
    interests: Interests = EVERYTHING


async def readers(person: int | None = None) -> list[Reader]:
    """All who have an account and a part in the work. Three queries."""
    house = [role.value for role, kinds in KINDS.items() if kinds]
    people = Person.objects().where(Person.active.eq(True), Person.role.is_in(house))
    if person is not None:
        people = people.where(Person.id == person)
    told = {row["person"]: row for row in await DigestTold.select()}
    chosen: dict[int, dict[str, dict[str, Any]]] = {}
    for row in await DigestKind.select():
        chosen.setdefault(row["person"], {})[row["kind"]] = row
    return [
        _reader(each, told.get(each.id, {}), chosen.get(each.id, {}))
        for each in await people.order_by(Person.id)
    ]


def _reader(
    person: Person, told: Mapping[str, Any], chosen: Mapping[str, Mapping[str, Any]]
) -> Reader:
    """Who has no row for a kind yet begins it where their digest as a whole stood."""
    start = told.get("told_until")

    def told_until(kind: str) -> datetime | None:
        until: datetime | None = chosen.get(kind, {}).get("told_until") or start
        return until if until and until > rules.BEGINNING else None

    wishes = tuple(
        Wish(
            kind,
            Rhythm(chosen.get(kind, {}).get("rhythm") or person.digest),
            told_until(kind),
        )
        for kind in KINDS[Role(person.role)]
    )
    wanted = interests(told.get("topics", ""), told.get("countries", ""))
    return Reader(person, wishes, told_until(NOTICES), told.get("sent"), wanted)


async def rhythms_of(person: Person) -> dict[Kind, Rhythm]:
    """How somebody wants each kind that their part in the work has."""
    rows = await DigestKind.select(DigestKind.kind, DigestKind.rhythm).where(
        DigestKind.person == person.id
    )
    chosen = {row["kind"]: row["rhythm"] for row in rows}
    return {
        kind: Rhythm(chosen.get(kind) or person.digest) for kind in KINDS[Role(person.role)]
    }  # fmt: skip


async def digest_for(
    person: Person, due: Due, read: Reading, wanted: Interests | None = None
) -> Digest:
    """What somebody is told, in the language in use. The queries do not grow with the rows."""
    concerns = await _concern(person)
    blocks, ahead = await _matters(person, due, read, concerns)
    told = Digest(
        blocks=blocks,
        ahead=ahead,
        inbox=await _inbox(due.spans.get(Kind.INBOX), read),
        sources=await _sources(due.spans.get(Kind.SOURCES), read),
        outages=await _outages(due.spans.get(Kind.SOURCES), read),
        news=await _news(due.spans.get(Kind.NEWS), read, wanted or EVERYTHING),
    )
    if due.at_once or not told.says_something:
        return told
    return replace(told, needs=await read.needs(person))


@dataclass(frozen=True, slots=True)
class Concern:
    """Without countries of one's own, everything; else these, and what one follows."""

    countries: tuple[str, ...]
    followed: Collection[int]

    def has(self, matter: Matter) -> bool:
        if not self.countries or not matter.countries or matter.id in self.followed:
            return True
        return bool(set(self.countries) & set(matter.countries.split(",")))


async def _concern(person: Person) -> Concern:
    if person.role == Role.SECRETARIAT:
        return Concern((), ())
    return Concern(countries_of(person), await reading.followed(person.id))


async def _matters(
    person: Person, due: Due, read: Reading, concerns: Concern
) -> tuple[list[Block], list[Announced]]:
    lines = await _happened(due, read)
    box = None
    if Kind.DEADLINES in due.spans:
        box = Letterbox(due.spans[Kind.DEADLINES], due.notices, read.now)
    lines, by_letter = await _without_letters(person, lines)
    announced = await notices.windows(read, box, told_by_letter=by_letter) if box else []
    running = await read.windows() if lines or announced else []
    matters = {each.matter.id: each.matter for each in (*announced, *running)}
    matters |= await read.matters(set(lines) - set(matters)) if set(lines) - set(matters) else {}
    news = {each.id for each in announced}
    if Kind.DEADLINES in due.spans:
        news |= await _of_new_dossiers(due.spans[Kind.DEADLINES], read, running)
    ahead = await _ahead(person, box, read, concerns) if box else []
    return _blocks(matters, lines, running, news, concerns), ahead


async def _happened(due: Due, read: Reading) -> dict[int, list[Happening]]:
    found: dict[int, list[Happening]] = {}
    for kind in (Kind.DEADLINES, Kind.DOSSIERS):
        if kind not in due.spans:
            continue
        for dossier, rows in (await read.happenings(due.spans[kind].lately)).items():
            wanted = [row for row in rows if row.kind is kind]
            if wanted:
                found.setdefault(dossier, []).extend(wanted)
    return found


async def _without_letters(
    person: Person, lines: Mapping[int, Sequence[Happening]]
) -> tuple[dict[int, list[Happening]], set[int]]:
    """Without the changes that had a letter of their own; and the windows of those."""
    every = [line for rows in lines.values() for line in rows]
    told = await reading.told_by_letter(person.id, every)
    kept = {
        dossier: [line for line in rows if reading.letter_key(line, person.id) not in told]
        for dossier, rows in lines.items()
    }
    windows = {
        line.object
        for line in every
        if line.what is not What.CONTRADICTED and reading.letter_key(line, person.id) in told
    }
    return {dossier: rows for dossier, rows in kept.items() if rows}, windows


async def _of_new_dossiers(span: Span, read: Reading, running: Sequence[Ahead]) -> set[int]:
    """The windows with which dossiers were opened: their deadlines are new with them."""
    opened = {
        dossier for dossier, rows in (await read.happenings(span.lately)).items()
        if any(row.what is What.OPENED for row in rows)
    }  # fmt: skip
    return {each.id for each in running if each.matter.id in opened}


def _blocks(
    matters: Mapping[int, Matter],
    lines: Mapping[int, Sequence[Happening]],
    running: Sequence[Ahead],
    news: Collection[int],
    concerns: Concern,
) -> list[Block]:
    windows: dict[int, list[Ahead]] = {}
    for each in running:
        windows.setdefault(each.matter.id, []).append(each)
    told = {each.matter.id for each in running if each.id in news} | set(lines)
    found = []
    for dossier in told:
        matter = matters.get(dossier)
        if matter is None or not concerns.has(matter):
            continue
        mine = windows.get(dossier, [])
        announced = [each for each in mine if each.id in news]
        found.append(
            Block(
                matter, tuple(announced or mine[:1]), tuple(lines.get(dossier, ())), bool(announced)
            )
        )  # fmt: skip
    return sorted(found, key=lambda block: block.order)


async def _ahead(
    person: Person, box: Letterbox, read: Reading, concerns: Concern
) -> list[Announced]:
    """A round in which this person votes concerns them, whatever its dossier does."""
    found = await notices.meetings(read, box, concerns.countries)
    held = await notices.rounds(read, box)
    votes = await reading.asked_to_vote(person.id) if held else set()
    found += [
        notices.of_round(row) for row in held if row.id in votes or concerns.has(row.matter)
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.at, each.event, each.name))


async def _inbox(span: Span | None, read: Reading) -> Inbox:
    if span is None:
        return Inbox()
    found: Inbox = await read.once(("inbox", span), lambda: inbox(span, now=read.now))
    return found


async def _sources(span: Span | None, read: Reading) -> list[Watched]:
    if span is None:
        return []
    found: list[Watched] = await read.once(("sources", span), lambda: sources.sources(span))
    return found


async def _outages(span: Span | None, read: Reading) -> list[Outage]:
    if span is None:
        return []
    found: list[Outage] = await read.once(("outages", span), lambda: sources.outages(span))
    return found


async def _news(span: Span | None, read: Reading, wanted: Interests) -> list[Item]:
    if span is None:
        return []
    language, since = texts.language(), span.lately.since
    items: list[Item] = await read.once(
        ("news", span, language), lambda: news.fresh(language, since=since, until=span.until)
    )
    return news.concerning(items, wanted)


async def interests_of(person: Person) -> Interests:
    row = (
        await DigestTold.select(DigestTold.topics, DigestTold.countries)
        .where(DigestTold.person == person.id)
        .first()
    )
    return interests(row["topics"], row["countries"]) if row else EVERYTHING


def language_of(person: Person) -> str:
    return person.language if person.language in texts.LANGUAGES else "en"
