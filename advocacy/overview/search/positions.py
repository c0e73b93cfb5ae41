"""Positions as a kind of hit: as the text stands now, and as it is translated.

Whoever is not of the staff finds nothing but what the public page shows: words of an adopted text
as it stands, or of a whole and checked translation of it.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any  # Piccolo's conditions and rows

from piccolo.columns.combination import WhereRaw

from advocacy import database, texts
from advocacy.overview.search.groups import Asked, Hit, below, hit
from advocacy.people.rules import STAFF
from advocacy.positions.rules import PUBLIC
from advocacy.positions.tables import PositionVersion
from advocacy.provenance import without_citations
from advocacy.translations.rules import TranslationState
from advocacy.translations.tables import Translation
from advocacy.translations.whole import Key, translations_of, whole

ROWS_EACH = 50
"""A translation has a row per paragraph: so many for each position of a page suffice."""
CURRENT = WhereRaw(
    "position_version.number = (SELECT p.version FROM position p"
    " WHERE p.id = position_version.position)"
)


async def found_positions(asked: Asked) -> list[Hit]:
    original = database.finds(PositionVersion, *asked.wordings)
    translated = await _readable(asked, database.finds(Translation, *asked.wordings))
    found = await _position_ids(asked, PositionVersion, original & CURRENT)
    found |= await _position_ids(asked, Translation, translated)
    wanted = sorted(found, reverse=True)[: asked.limit + 1]
    if not wanted:
        return []
    rows = await _versions(wanted)
    words = await _translated(translated, wanted)
    return [
        hit(
            asked,
            row,
            f"/p/{row['number']}",
            title=row["title"],
            text=row["text"],
            beside=row["number"],
        )
        for row in _told(rows, words)
    ]


async def _position_ids(
    asked: Asked, table: type[PositionVersion] | type[Translation], found: Any
) -> set[int]:
    position: Any = table.position
    query = table.select(position.id.as_alias("id")).where(found, below(position.id, asked))
    if not _is_of_staff(asked):
        query = query.where(position.state.is_in(list(PUBLIC)))
    query = query.order_by(position.id, ascending=False)
    rows = await query.limit((asked.limit + 1) * ROWS_EACH)
    return {row["id"] for row in rows}


def _is_of_staff(asked: Asked) -> bool:
    return asked.by is not None and asked.by.role in STAFF


async def _readable(asked: Asked, found: WhereRaw) -> Any:
    """Those of the rows found that this reader may read: the staff all of them."""
    if _is_of_staff(asked):
        return found
    position: Any = Translation.position
    rows = await (
        Translation.select(
            *(Translation.id, Translation.position, Translation.language, Translation.paragraph)
        )
        .where(
            found,
            below(position.id, asked),
            position.state.is_in(list(PUBLIC)),
            Translation.state == TranslationState.CHECKED,
        )
        .order_by(position.id, ascending=False)
        .limit((asked.limit + 1) * ROWS_EACH)
    )
    published = await _published({(row["position"], row["language"]) for row in rows})
    ids = [
        row["id"]
        for row in rows
        if row["paragraph"] in published.get((row["position"], row["language"]), {})
    ]
    return Translation.id.is_in(ids or [0])


async def _published(wanted: set[Key]) -> dict[Key, dict[str, str]]:
    """The parts of each translation that is whole. Two queries."""
    positions = sorted({position for position, _ in wanted})
    if not positions:
        return {}
    versions = await PositionVersion.objects().where(
        CURRENT, PositionVersion.position.is_in(positions)
    )
    every = await translations_of(positions, {language for _, language in wanted})
    by_position = {version.position: version for version in versions}
    return {
        (position, language): whole(by_position[position], every.get((position, language), ()))
        for position, language in wanted
        if position in by_position
    }


async def _versions(ids: Sequence[int]) -> list[dict[str, Any]]:
    position: Any = PositionVersion.position
    return await (
        PositionVersion.select(
            *(PositionVersion.title, PositionVersion.paragraphs),
            *(position.id.as_alias("id"), position.language.as_alias("language")),
            position.dossier.number.as_alias("number"),
        )
        .where(CURRENT, position.id.is_in(list(ids)))
        .order_by(position.id, ascending=False)
    )


async def _translated(found: Any, ids: Sequence[int]) -> list[dict[str, Any]]:
    return await Translation.select(
        Translation.position, Translation.language, Translation.text
    ).where(found, Translation.position.is_in(list(ids)))


def _told(
    rows: Sequence[dict[str, Any]], words: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """A position whose words were found in a translation shows that translation."""
    told = []
    for row in rows:
        text = " ".join(each["text"] for each in json.loads(row["paragraphs"]))
        of_it = [each for each in words if each["position"] == row["id"]]
        mine = [each for each in of_it if each["language"] == texts.language()] or of_it
        language = row["language"]
        if mine and language != texts.language():
            language, text = mine[0]["language"], mine[0]["text"]
        told.append(row | {"language": language, "text": without_citations(text)})
    return told
