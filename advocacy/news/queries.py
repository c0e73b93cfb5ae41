"""What became known in a span of time, in one language. The queries do not grow with the rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any  # rows of several tables

from advocacy.advice.rules import AnswerState
from advocacy.advice.tables import GoodAnswer, GoodAnswerText
from advocacy.events.rules import GatheringState
from advocacy.events.tables import Gathering, GatheringText
from advocacy.news.rules import Interests, NewsKind, interests
from advocacy.news.tables import News, NewsText
from advocacy.people.rules import LANGUAGES
from advocacy.projects.tables import Project, ProjectText, TakesPart
from advocacy.settings import settings

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST = 300  # characters of a summary


@dataclass(frozen=True, slots=True)
class Item:
    """`sentence` says why, or what; `said_in` is its language, `language` that of the title.

    `path`: of its page in the house, without a language; or the address of the page outside.
    """

    kind: NewsKind
    id: int
    at: datetime
    title: str
    language: str
    path: str
    sentence: str
    said_in: str
    topics: frozenset[str]
    countries: frozenset[str]
    begins: datetime | None = None
    zone: str = ""
    place: str = ""

    @property
    def is_outside(self) -> bool:
        return "://" in self.path


async def fresh(
    language: str, *, since: datetime = BEGINNING, until: datetime, limit: int = 200
) -> list[Item]:
    """Newest first within each kind; kinds in their order. Of gatherings, those ahead."""
    return [
        *await _noted(language, since, until, limit),
        *await _gatherings(language, since, until, limit),
        *await _projects(language, since, until, limit),
        *await _answers(language, since, until, limit),
    ]


def concerning(items: Iterable[Item], wanted: Interests) -> list[Item]:
    return [item for item in items if wanted.has(item.topics, item.countries)]


async def of_entry(entry_id: int) -> tuple[News | None, dict[str, str]]:
    """What the office said of an entry, by language; also when it took that back."""
    news = await News.objects().where(News.entry == entry_id).first()
    if news is None:
        return None, {}
    rows = await NewsText.select().where(NewsText.news == news.id)
    return news, {row["language"]: row["sentence"] for row in rows}


async def _noted(language: str, since: datetime, until: datetime, limit: int) -> list[Item]:
    entry: Any = News.entry
    rows = await (
        News.select(
            *(News.id, News.at, News.topics, News.countries),
            entry.title.as_alias("title"),
            entry.address.as_alias("address"),
            entry.language.as_alias("language"),
        )
        .where(News.withdrawn.is_null(), News.at > since, News.at <= until)
        .order_by(News.at, ascending=False)
        .limit(limit)
    )
    said = await _texts(NewsText, NewsText.news, [row["id"] for row in rows])
    found = []
    for row in rows:
        texts = said[row["id"]]
        told = texts.get(language) or texts.get("en") or next(iter(texts.values()))
        wanted = interests(row["topics"], row["countries"])
        found.append(
            Item(
                NewsKind.NOTED, row["id"], row["at"], row["title"], row["language"] or "",
                _path(row["address"]), told["sentence"], told["language"],
                wanted.topics, wanted.countries,
            )
        )  # fmt: skip
    return found


def _path(address: str) -> str:
    """What was said at a gathering stands on a page of ours: everybody reads it in their own
    language.
    """
    here, _, rest = address.removeprefix(f"{settings().base_url}/").partition("/")
    return f"/{rest}" if rest and here in LANGUAGES else address


async def _gatherings(language: str, since: datetime, until: datetime, limit: int) -> list[Item]:
    rows = await (
        Gathering.select()
        .where(
            Gathering.state == GatheringState.PUBLISHED,
            Gathering.published > since,
            Gathering.published <= until,
            Gathering.begins > until,
        )
        .order_by(Gathering.begins)
        .limit(limit)
    )
    said = await _texts(GatheringText, GatheringText.gathering, [row["id"] for row in rows])
    found = []
    for row in rows:
        text = _spoken(said[row["id"]], language, row["language"])
        wanted = interests(row["topics"], row["country"])
        found.append(
            Item(
                NewsKind.GATHERING, row["id"], row["published"], text["title"], text["language"],
                f"/events/{row['id']}", _short(text["summary"]), text["language"],
                wanted.topics, wanted.countries,
                begins=row["begins"], zone=row["zone"], place=row["place"],
            )
        )  # fmt: skip
    return found


async def _projects(language: str, since: datetime, until: datetime, limit: int) -> list[Item]:
    rows = await (
        Project.select(
            *(Project.id, Project.created, Project.language, Project.topics),
            Project.led_by.country.as_alias("country"),
        )
        .where(Project.removed.is_null(), Project.created > since, Project.created <= until)
        .order_by(Project.created, ascending=False)
        .limit(limit)
    )
    numbers = [row["id"] for row in rows]
    said = await _texts(ProjectText, ProjectText.project, numbers)
    countries = await _countries(numbers)
    found = []
    for row in rows:
        text = _spoken(said[row["id"]], language, row["language"])
        where = countries[row["id"]] | ({row["country"]} if row["country"] else set())
        found.append(
            Item(
                NewsKind.PROJECT, row["id"], row["created"], text["title"], text["language"],
                f"/projects/{row['id']}", _short(text["summary"]), text["language"],
                interests(row["topics"], "").topics, frozenset(where),
            )
        )  # fmt: skip
    return found


async def _countries(projects: Sequence[int]) -> defaultdict[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    if projects:
        for row in await TakesPart.select(
            TakesPart.project, TakesPart.municipality.country.as_alias("country")
        ).where(TakesPart.project.is_in(list(projects))):
            found[row["project"]].add(row["country"])
    return found


async def _answers(language: str, since: datetime, until: datetime, limit: int) -> list[Item]:
    dossier: Any = GoodAnswer.dossier
    rows = await (
        GoodAnswer.select(
            *(GoodAnswer.id, GoodAnswer.published, GoodAnswer.topics, GoodAnswer.language),
            dossier.number.as_alias("number"),
            dossier.countries.as_alias("countries"),
        )
        .where(
            GoodAnswer.state == AnswerState.PUBLISHED,
            GoodAnswer.published > since,
            GoodAnswer.published <= until,
        )
        .order_by(GoodAnswer.published, ascending=False)
        .limit(limit)
    )
    said = await _texts(GoodAnswerText, GoodAnswerText.good_answer, [row["id"] for row in rows])
    found = []
    for row in rows:
        text = _spoken(said[row["id"]], language, row["language"])
        wanted = interests(row["topics"], row["countries"] or "")
        path = f"/d/{row['number']}/questions" if row["number"] else "/questions"
        found.append(
            Item(
                NewsKind.ANSWER, row["id"], row["published"], text["question"], text["language"],
                f"{path}#answer-{row['id']}", _short(text["answer"]), text["language"],
                wanted.topics, wanted.countries,
            )
        )  # fmt: skip
    return found


async def _texts(
    table: Any, of: Any, numbers: Sequence[int]
) -> defaultdict[int, dict[str, dict[str, Any]]]:
    """By what they belong to, and language."""
    found: defaultdict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    if numbers:
        for row in await table.select().where(of.is_in(list(numbers))):
            found[row[of._meta.name]][row["language"]] = row
    return found


def _spoken(
    texts: Mapping[str, Mapping[str, Any]], language: str, original: str
) -> Mapping[str, Any]:
    return texts.get(language) or texts[original]


def _short(text: str) -> str:
    """The first paragraph, cut where a word ends."""
    first = " ".join(text.strip().split("\n\n")[0].split())
    if len(first) <= LONGEST:
        return first
    return first[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + " …"
