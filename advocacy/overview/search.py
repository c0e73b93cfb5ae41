"""One box for everything: numbers jump, words find. Each sees only what is theirs to see."""

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any  # Piccolo's conditions and rows

from piccolo.columns.combination import WhereRaw

from advocacy import database, texts
from advocacy.calls.tables import Call, Contribution, ContributionVersion
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Message
from advocacy.municipalities.tables import Municipality
from advocacy.overview.marking import Piece, excerpt, marked
from advocacy.people.rules import STAFF, Role
from advocacy.people.tables import Person
from advocacy.positions.rules import PositionState
from advocacy.positions.tables import Position, PositionVersion
from advocacy.provenance import without_citations
from feeds.reading.folding import search_words
from feeds.tables import Entry

SHOWN = 20
LONGEST_QUERY = 200
PUBLIC_STATES = (PositionState.ADOPTED, PositionState.SUBMITTED)
_NUMBER = re.compile(r"(?:AP-)?(\d{4}-\d{3})(-\d{1,2})?", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z]{2}-\d{1,4}")


@dataclass(frozen=True, slots=True)
class Hit:
    """`title` and `text` in pieces, with what was looked for marked, in `language`."""

    path: str
    title: Sequence[Piece]
    text: Sequence[Piece]
    language: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """`more`: further ones were found and are not shown."""

    heading: Message
    hits: Sequence[Hit]
    more: bool


async def jump(query: str, *, by: Person | None) -> str | None:
    """The path of what this number names, if this person may see it."""
    query = query.strip()
    house = by is not None and by.role != Role.MUNICIPALITY
    if found := _NUMBER.fullmatch(query):
        number, call = found[1], found[2]
        if call and house and await Call.exists().where(Call.number == number + call):
            return f"/c/{number}{call}"
        if house and await Dossier.exists().where(Dossier.number == number):
            return f"/d/{number}"
        adopted = Position.exists().where(
            Position.dossier.number == number, Position.state.is_in(list(PUBLIC_STATES))
        )
        return f"/p/{number}" if await adopted else None
    if _CODE.fullmatch(query) and house:
        code = query.upper()
        return (
            f"/m/{code}" if await Municipality.exists().where(Municipality.code == code) else None
        )
    return None


def wordings(query: str) -> list[list[str]]:
    """The words to look for, once per language in which they may stand in the text.

    Also with capitals: German dictionary forms tell "Wolf" from "wolfen" by them.
    """
    asked = query[:LONGEST_QUERY]
    found = [
        search_words(each, language=language)
        for language in (*texts.LANGUAGES, None)
        for each in (asked, asked.title())
    ]
    return [list(words) for words in dict.fromkeys(tuple(each) for each in found) if words]


async def search(query: str, *, by: Person | None) -> list[Group]:
    """Groups that found something. The number of queries does not grow with the hits."""
    # In a thread: the first search of a process loads five dictionaries, about two seconds.
    looked_for = await asyncio.to_thread(wordings, query)
    if not looked_for:
        return []
    role = by.role if by else None
    words = sorted({word for each in looked_for for word in each})
    groups = []
    if role in {Role.SECRETARIAT, Role.COORDINATOR, Role.PRESIDENCY}:
        groups.append(await _dossiers(looked_for, words))
    groups.append(await _positions(looked_for, words, everything=role in STAFF))
    if role in {Role.SECRETARIAT, Role.COORDINATOR, Role.PRESIDENCY}:
        groups.append(await _municipalities(looked_for, words))
    if role in STAFF:
        assert by is not None  # noqa: S101  somebody has the role
        groups.append(await _entries(looked_for, words))
        groups.append(await _contributions(looked_for, words, by=by))
    return [group for group in groups if group.hits]


def _group(heading: Message, hits: Sequence[Hit]) -> Group:
    return Group(heading, hits[:SHOWN], len(hits) > SHOWN)


async def _dossiers(looked_for: list[list[str]], words: list[str]) -> Group:
    rows = await (
        Dossier.select(Dossier.number, Dossier.title, Dossier.language, Dossier.summary)
        .where(database.finds(Dossier, *looked_for))
        .order_by(Dossier.changed, ascending=False)
        .limit(SHOWN + 1)
    )
    hits = [
        Hit(
            f"/d/{row['number']}",
            marked(row["title"], words, language=row["language"]),
            excerpt(row["summary"], words, language=row["language"]),
            row["language"],
            row["number"],
        )
        for row in rows
    ]
    return _group(Message("Dossiers"), hits)


async def _positions(looked_for: list[list[str]], words: list[str], *, everything: bool) -> Group:
    position: Any = PositionVersion.position
    query = PositionVersion.select(
        PositionVersion.title,
        PositionVersion.paragraphs,
        position.language.as_alias("language"),
        position.dossier.number.as_alias("number"),
    ).where(
        database.finds(PositionVersion, *looked_for),
        # Only the text as it stands now: earlier versions are found by comparing.
        WhereRaw(
            "position_version.number = (SELECT p.version FROM position p"
            " WHERE p.id = position_version.position)"
        ),
    )
    if not everything:
        query = query.where(position.state.is_in(list(PUBLIC_STATES)))
    rows = await query.order_by(PositionVersion.at, ascending=False).limit(SHOWN + 1)
    hits = [
        Hit(
            f"/p/{row['number']}",
            marked(row["title"], words, language=row["language"]),
            excerpt(_text(row["paragraphs"]), words, language=row["language"]),
            row["language"],
            row["number"],
        )
        for row in rows
    ]
    return _group(Message("Positions"), hits)


def _text(paragraphs: str) -> str:
    return without_citations(" ".join(each["text"] for each in json.loads(paragraphs)))


async def _municipalities(looked_for: list[list[str]], words: list[str]) -> Group:
    rows = await (
        Municipality.select(
            Municipality.code, Municipality.name, Municipality.language, Municipality.region
        )
        .where(database.finds(Municipality, *looked_for), Municipality.active.eq(True))
        .order_by(Municipality.code)
        .limit(SHOWN + 1)
    )
    hits = [
        Hit(
            f"/m/{row['code']}",
            marked(row["name"], words, language=row["language"]),
            marked(row["region"], words, language=row["language"]),
            row["language"],
            row["code"],
        )
        for row in rows
    ]
    return _group(Message("Municipalities"), hits)


async def _entries(looked_for: list[list[str]], words: list[str]) -> Group:
    rows = await (
        Entry.select(
            *(Entry.id, Entry.title, Entry.text, Entry.language),
            Entry.source.name.as_alias("source"),
        )
        .where(database.finds(Entry, *looked_for, newest=SHOWN + 1))
        .order_by(Entry.id, ascending=False)
    )
    hits = [
        Hit(
            f"/inbox?item={row['id']}",
            marked(row["title"], words, language=row["language"]),
            excerpt(row["text"], words, language=row["language"]),
            row["language"] or "",
            row["source"],
        )
        for row in rows
    ]
    return _group(Message("Entries"), hits)


async def _contributions(looked_for: list[list[str]], words: list[str], *, by: Person) -> Group:
    """A coordinator sees those of the own countries."""
    invitation: Any = Contribution.invitation
    query = Contribution.select(
        *(Contribution.id, Contribution.version),
        invitation.call.number.as_alias("number"),
        invitation.municipality.name.as_alias("municipality"),
    ).where(database.finds(Contribution, *looked_for))
    if by.role == Role.COORDINATOR:
        countries = [code for code in by.countries.split(",") if code]
        query = query.where(invitation.municipality.country.is_in(countries or [""]))
    rows = await query.order_by(Contribution.changed, ascending=False).limit(SHOWN + 1)
    said = await _said([row["id"] for row in rows])
    hits = []
    for row in rows:
        text, language = said.get((row["id"], row["version"]), ("", ""))
        title = [Piece(row["municipality"], found=False)]
        body = excerpt(text, words, language=language)
        hits.append(Hit(f"/c/{row['number']}/results", title, body, language, row["number"]))
    return _group(Message("Contributions"), hits)


async def _said(contributions: list[int]) -> dict[tuple[int, int], tuple[str, str]]:
    if not contributions:
        return {}
    rows = await ContributionVersion.select(
        ContributionVersion.contribution,
        ContributionVersion.number,
        ContributionVersion.text,
        ContributionVersion.language,
    ).where(ContributionVersion.contribution.is_in(contributions))
    return {(row["contribution"], row["number"]): (row["text"], row["language"]) for row in rows}
