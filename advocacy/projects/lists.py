"""Lists of projects. The queries of a list do not grow with its rows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any  # columns behind foreign keys

from advocacy import database
from advocacy.municipalities.rules import is_code
from advocacy.municipalities.tables import Municipality
from advocacy.people.rules import COUNTRIES, LANGUAGES
from advocacy.projects import rules
from advocacy.projects.rules import ProjectState
from advocacy.projects.tables import Project, ProjectText, TakesPart
from feeds.reading.folding import search_words
from feeds.reading.topics import TOPICS


@dataclass(frozen=True, slots=True)
class Wanted:
    """`member`: the code of a municipality, or words of its name; `words` in any language."""

    topic: str = ""
    country: str = ""
    member: str = ""
    state: str = ""
    words: str = ""

    def query(self) -> dict[str, str]:
        pairs = {name: getattr(self, name) for name in ("topic", "country", "member", "state")}
        return {name: value for name, value in (pairs | {"q": self.words}).items() if value}


def wanted(query: Mapping[str, str]) -> Wanted:
    """What is not in a list is left out."""
    topic, country = query.get("topic", ""), query.get("country", "").upper()
    state = query.get("state", "")
    return Wanted(
        topic if topic in TOPICS else "",
        country if country in COUNTRIES else "",
        " ".join(query.get("member", "").replace("\0", "").split())[:60],
        state if state in set(ProjectState) else "",
        " ".join(query.get("q", "").replace("\0", "").split())[:100],
    )


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """As a list shows it, in the language in use where it is told in it."""

    id: int
    title: str
    summary: str
    language: str
    state: ProjectState
    topics: tuple[str, ...]
    countries: tuple[str, ...]
    begins: date | None
    ends: date | None
    programme: str
    led_by: str | None
    members: int
    contact_name: str
    contact_email: str
    contact_phone: str
    contact_languages: tuple[str, ...]
    contact_public: bool

    @property
    def path(self) -> str:
        return f"/projects/{self.id}"


async def listed(
    what: Wanted, language: str, *, before: int = 0, today: date, limit: int = rules.PAGE
) -> list[ProjectRow]:
    """The newest first; those with a smaller number than `before`. One more than `limit` at most.

    Five queries at most.
    """
    query = Project.select(Project.id).where(Project.removed.is_null())
    if before:
        query = query.where(Project.id < before)
    if what.topic:
        query = query.where(has_topic(what.topic))
    if what.state:
        query = query.where(_is_in(ProjectState(what.state), today))
    if what.words:
        wordings = _wordings(what.words)
        if not wordings:
            return []
        found = await ProjectText.select(ProjectText.project).where(
            database.finds(ProjectText, *wordings)
        )
        query = query.where(Project.id.is_in([row["project"] for row in found] or [0]))
    for condition in (_with_country(what.country), _with_member(what.member)):
        if condition is not None:
            query = query.where(Project.id.is_in(condition))
    numbers = [
        row["id"] for row in await query.order_by(Project.id, ascending=False).limit(limit + 1)
    ]
    return await rows_of(numbers, language, today=today)


def _wordings(words: str) -> list[list[str]]:
    """As somebody of each language may mean them; none for signs that are no words."""
    return [found for each in LANGUAGES if (found := search_words(words, language=each))]


def has_topic(topic: str) -> Any:
    """A word of a list with commas."""
    return (
        (Project.topics == topic)
        | Project.topics.like(f"{topic},%")
        | Project.topics.like(f"%,{topic},%")
        | Project.topics.like(f"%,{topic}")
    )


def _is_in(state: ProjectState, today: date) -> Any:
    """As rules.state_on has it."""
    entered = Project.state == state
    planned, running = Project.state == ProjectState.PLANNED, Project.state == ProjectState.RUNNING
    begun = Project.begins.is_not_null() & (Project.begins <= today)
    over = Project.ends.is_not_null() & (Project.ends < today)
    begins_later = Project.begins.is_null() | (Project.begins > today)
    goes_on = Project.ends.is_null() | (Project.ends >= today)
    if state is ProjectState.PLANNED:
        return planned & begins_later
    if state is ProjectState.RUNNING:
        return (running | (planned & begun)) & goes_on
    if state is ProjectState.FINISHED:
        return entered | ((running | (planned & begun)) & over)
    return entered


def _with_country(country: str) -> Any:
    member: Any = TakesPart.municipality
    return TakesPart.select(TakesPart.project).where(member.country == country) if country else None


def _with_member(name: str) -> Any:
    if not name:
        return None
    wordings = _wordings(name)
    meant: Any = Municipality.code == name.upper()
    if wordings and not is_code(name.upper()):
        meant = database.finds(Municipality, *wordings)
    members = Municipality.select(Municipality.id).where(meant)
    return TakesPart.select(TakesPart.project).where(TakesPart.municipality.is_in(members))


async def rows_of(numbers: Sequence[int], language: str, *, today: date) -> list[ProjectRow]:
    """In the order of `numbers`; three queries, none for nothing."""
    if not numbers:
        return []
    led: Any = Project.led_by
    rows = await Project.select(*Project.all_columns(), led.name.as_alias("led")).where(
        Project.id.is_in(list(numbers))
    )
    texts = await texts_of(numbers)
    members = await members_of(numbers)
    found = {
        row["id"]: _row(row, texts[row["id"]], members[row["id"]], language, today) for row in rows
    }
    return [found[number] for number in numbers if number in found]


def _row(
    row: Mapping[str, Any],
    texts: Mapping[str, ProjectText],
    members: Sequence[Mapping[str, Any]],
    language: str,
    today: date,
) -> ProjectRow:
    text = texts.get(language) or texts[row["language"]]
    return ProjectRow(
        id=row["id"],
        title=text.title,
        summary=text.summary,
        language=text.language,
        state=rules.state_on(row["state"], row["begins"], row["ends"], today),
        topics=parts(row["topics"]),
        countries=tuple(sorted({each["country"] for each in members})),
        begins=row["begins"],
        ends=row["ends"],
        programme=row["programme"],
        led_by=row["led"],
        members=len(members),
        contact_name=row["contact_name"],
        contact_email=row["contact_email"],
        contact_phone=row["contact_phone"],
        contact_languages=parts(row["contact_languages"]),
        contact_public=row["contact_public"],
    )


def parts(written: str) -> tuple[str, ...]:
    return tuple(part for part in written.split(",") if part)


async def texts_of(numbers: Sequence[int]) -> defaultdict[int, dict[str, ProjectText]]:
    """By project and language."""
    found: defaultdict[int, dict[str, ProjectText]] = defaultdict(dict)
    for text in await ProjectText.objects().where(ProjectText.project.is_in(list(numbers))):
        found[text.project][text.language] = text
    return found


async def members_of(numbers: Sequence[int]) -> defaultdict[int, list[dict[str, Any]]]:
    """Code, name and country of those that take part, by project."""
    member: Any = TakesPart.municipality
    rows = await (
        TakesPart.select(TakesPart.project, member.code, member.name, member.country)
        .where(TakesPart.project.is_in(list(numbers)))
        .order_by(member.country)
        .order_by(member.name)
    )
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["project"]].append(
            {name: row[f"municipality.{name}"] for name in ("code", "name", "country")}
        )
    return found
