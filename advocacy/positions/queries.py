"""What pages need to know of positions and their versions."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any  # Piccolo's joined columns have no narrower type

from advocacy.bodies.tables import Procedure
from advocacy.dossiers.joining.merged import target_of
from advocacy.dossiers.tables import Dossier
from advocacy.errors import NotFound
from advocacy.people.tables import Person
from advocacy.positions import rules
from advocacy.positions.passages import quotations
from advocacy.positions.passages.quotations import PassageRow
from advocacy.positions.tables import Position, PositionVersion, Seen
from advocacy.positions.writing import evidence as others
from advocacy.positions.writing.blame import Written
from advocacy.positions.writing.evidence import Evidence
from advocacy.positions.writing.merging import Ask, Draft
from advocacy.provenance import (
    Change,
    CitedPassage,
    HonestyMark,
    ParagraphSupport,
    Problem,
    Stance,
    check_citations,
    citations,
    paragraph_diff,
    support,
    whole_support,
)
from advocacy.provenance import unused as unused_marks

PAGE = 50


async def by_number(number: str) -> Position:
    """The position of the dossier with this number."""
    if not rules.is_number(number):
        raise NotFound("There is no such position")
    position = await Position.objects().where(Position.dossier.number == number).first()
    if position is None:
        position = await _of_the_dossier_it_went_into(number)
    if position is None:
        raise NotFound("There is no such position")
    return position


async def _of_the_dossier_it_went_into(number: str) -> Position | None:
    """A merged dossier has given its position to the one that its number leads on to."""
    dossier = await Dossier.objects().where(Dossier.number == number).first()
    target = await target_of(dossier) if dossier else None
    return await of_dossier(target.id) if target else None


async def of_dossier(dossier_id: int) -> Position | None:
    return await Position.objects().where(Position.dossier == dossier_id).first()


async def version(position_id: int, number: int | None = None) -> PositionVersion:
    """One version; None is the current. Number 0 is the empty sheet with the title only."""
    versions = PositionVersion.objects().where(PositionVersion.position == position_id)
    if number is not None:
        versions = versions.where(PositionVersion.number == number)
    found = await versions.order_by(PositionVersion.number, ascending=False).first()
    if found is None:
        raise NotFound("There is no such version")
    return found


def paragraphs_of(version: PositionVersion) -> list[tuple[str, str]]:
    return paragraphs_in(version.paragraphs)


def paragraphs_in(kept: str) -> list[tuple[str, str]]:
    """As a version keeps them."""
    return [(each["key"], each["text"]) for each in json.loads(kept)]


def asks_of(version: PositionVersion) -> list[Ask]:
    return [
        Ask(each["number"], each["paragraph"], each["text"]) for each in json.loads(version.asks)
    ]


def draft_of(version: PositionVersion) -> Draft:
    return Draft(version.title, paragraphs_of(version), asks_of(version))


@dataclass(frozen=True, slots=True)
class VersionRow:
    number: int
    at: datetime
    who: str
    note: str


async def versions(position_id: int) -> list[VersionRow]:
    """The newest first, without the empty sheet."""
    rows = (
        await PositionVersion.select(
            PositionVersion.number,
            PositionVersion.at,
            PositionVersion.person.name.as_alias("who"),
            PositionVersion.note,
        )
        .where(PositionVersion.position == position_id, PositionVersion.number > 0)
        .order_by(PositionVersion.number, ascending=False)
    )
    return [VersionRow(**row) for row in rows]


async def written(position_id: int, upto: int) -> list[Written]:
    """Versions with their texts, the oldest first, for who brought what. One query."""
    rows = (
        await PositionVersion.select(
            PositionVersion.number,
            PositionVersion.paragraphs,
            PositionVersion.person.name.as_alias("who"),
        )
        .where(PositionVersion.position == position_id, PositionVersion.number <= upto)
        .order_by(PositionVersion.number)
    )
    return [Written(row["number"], row["who"], paragraphs_in(row["paragraphs"])) for row in rows]


async def passages_of(dossier_id: int) -> dict[str, CitedPassage]:
    """By citation ("@17.2"); what was withdrawn or answered anew stands behind nothing."""
    return quotations.cited(await quotations.passages(dossier_id))


async def support_of(version: PositionVersion) -> tuple[ParagraphSupport, ...]:
    dossier = await dossier_of(version.position)
    return support(paragraphs_of(version), await passages_of(dossier))


async def dossier_of(position_id: int) -> int:
    row = await Position.select(Position.dossier).where(Position.id == position_id).first()
    if row is None:
        raise NotFound("There is no such position")
    return int(row["dossier"])


async def unused(position: Position) -> list[PassageRow]:
    """Passages that the current text cites nowhere, with what was decided about each."""
    current = await version(position.id)
    return unused_of(paragraphs_of(current), await quotations.passages(position.dossier))


def unused_of(
    paragraphs: Sequence[tuple[str, str]], rows: Sequence[PassageRow]
) -> list[PassageRow]:
    alive = {row.mark: row for row in rows if row.stands}
    return [alive[mark] for mark in unused_marks(alive, paragraphs)]


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph with who stands behind it. `text` is in the language of the page's text."""

    number: int
    key: str
    text: str
    supporters: Mapping[str, int]
    contradictors: Mapping[str, int]
    marks: Sequence[HonestyMark]
    quoted: Sequence[PassageRow]
    evidence: Sequence[Evidence] = ()

    @property
    def supporting(self) -> int:
        return sum(self.supporters.values())

    @property
    def contradicting(self) -> int:
        return sum(self.contradictors.values())

    @property
    def public_names(self) -> list[str]:
        """Those counted as supporters that agreed to be named."""
        against = {row.municipality_id for row in self.quoted if row.stance == Stance.CONTRADICTS}
        behind = [
            row
            for row in self.quoted
            if row.stance == Stance.SUPPORTS and row.municipality_id not in against
        ]
        return sorted({row.municipality for row in behind if row.name_public})


def shown(
    paragraphs: Sequence[tuple[str, str]],
    rows: Sequence[PassageRow],
    translated: Mapping[str, str] | None = None,
    evidence: Mapping[str, Evidence] = MappingProxyType({}),
) -> list[ShownParagraph]:
    """Support is always counted in the original; `translated` only replaces what is read."""
    by_mark = {row.mark: row for row in rows if row.stands}
    passages = quotations.cited(rows)
    found = []
    for number, (key, text) in enumerate(paragraphs, 1):
        cited = citations(text)
        behind = whole_support(cited, passages)
        found.append(
            ShownParagraph(
                number=number,
                key=key,
                text=(translated or {}).get(key, text),
                supporters=behind.supporters,
                contradictors=behind.contradictors,
                marks=[mark for mark in HonestyMark if mark in behind.marks],
                quoted=[by_mark[mark] for mark in cited if mark in by_mark],
                evidence=[evidence[mark] for mark in cited if mark in evidence],
            )
        )
    return found


async def wrong_citations(
    dossier_id: int, paragraphs: Sequence[tuple[str, str]], rows: Sequence[PassageRow]
) -> list[Problem]:
    known = {row.mark for row in rows if row.stands} | await others.known(dossier_id, paragraphs)
    gone = {row.mark for row in rows if not row.stands}
    return check_citations(paragraphs, known, gone)


@dataclass(frozen=True, slots=True)
class Comparison:
    old: PositionVersion
    new: PositionVersion
    title: Change
    changes: Sequence[Change]
    asks: Sequence[Change]


async def compared(position_id: int, old: int, new: int) -> Comparison:
    before, after = await version(position_id, old), await version(position_id, new)
    title = paragraph_diff([("title", before.title)], [("title", after.title)])[0]
    changes = paragraph_diff(paragraphs_of(before), paragraphs_of(after))
    asks = paragraph_diff(_numbered(before), _numbered(after))
    return Comparison(before, after, title, changes, asks)


def _numbered(version: PositionVersion) -> list[tuple[str, str]]:
    return [(str(ask.number), ask.text) for ask in asks_of(version)]


async def text_limit(dossier_id: int) -> int | None:
    """Characters that the channel of the dossier's procedure takes; None: no limit is known."""
    row = await (
        Procedure.select(Procedure.text_limit)
        .where(
            Procedure.id.is_in(
                Dossier.select(Dossier.procedure).where(
                    Dossier.id == dossier_id, Dossier.procedure.is_not_null()
                )
            )
        )
        .first()
    )
    return row["text_limit"] if row else None


async def last_seen(position_id: int, person: Person) -> int | None:
    """The number of the version that this person last looked at."""
    row = await (
        Seen.select(Seen.version)
        .where(Seen.position == position_id, Seen.person == person.id)
        .first()
    )
    return row["version"] if row else None


@dataclass(frozen=True, slots=True)
class PositionRow:
    number: str
    title: str
    language: str
    state: str
    version: int
    at: datetime
    adopted: datetime | None


async def listed(*, public_only: bool, before: str = "") -> list[PositionRow]:
    """By dossier number, the newest first; `before` is the number the page before ended with."""
    here: Any = PositionVersion.position
    dossier = here.dossier
    rows = PositionVersion.select(
        dossier.number.as_alias("number"),
        PositionVersion.title,
        here.language.as_alias("language"),
        here.state.as_alias("state"),
        here.version.as_alias("version"),
        PositionVersion.at,
        here.adopted.as_alias("adopted"),
    ).where(PositionVersion.number == here.version)
    if public_only:
        rows = rows.where(here.state.is_in([state.value for state in rules.PUBLIC]))
    if rules.is_number(before):
        rows = rows.where(dossier.number < before)
    found = await rows.order_by(dossier.number, ascending=False).limit(PAGE)
    return [PositionRow(**row) for row in found]
