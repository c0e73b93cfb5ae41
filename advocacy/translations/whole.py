"""Positions in another language, as everybody may read them: whole and checked, or nothing."""

from collections.abc import Collection, Iterable

from advocacy.positions.tables import PositionVersion
from advocacy.translations.queries import parts_of
from advocacy.translations.rules import TranslationState, is_stale
from advocacy.translations.tables import Translation

Key = tuple[int, str]
"""A position and a language."""


async def translations_of(
    positions: Collection[int], languages: Collection[str]
) -> dict[Key, list[Translation]]:
    """One query; none without a position."""
    if not positions or not languages:
        return {}
    rows = await Translation.objects().where(
        Translation.position.is_in(sorted(positions)),
        Translation.language.is_in(sorted(languages)),
    )
    found: dict[Key, list[Translation]] = {}
    for row in rows:
        found.setdefault((row.position, row.language), []).append(row)
    return found


def whole(version: PositionVersion, rows: Iterable[Translation]) -> dict[str, str]:
    """Part by part, when each is checked against this very text; else nothing. Pure."""
    known = {row.paragraph: row for row in rows}
    parts = parts_of(version)
    right = all(
        (row := known.get(key)) is not None
        and row.state == TranslationState.CHECKED
        and not is_stale(row.source_text, original)
        for key, original in parts
    )
    return {key: known[key].text for key, _ in parts} if right else {}
