"""A position in another language: what is there, what is missing, what has become stale.

The parts of a text are its title ("title"), its paragraphs (by key) and its asks ("ask-1").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advocacy.errors import NotFound
from advocacy.people.rules import LANGUAGES
from advocacy.positions import queries as positions
from advocacy.positions.tables import Position, PositionVersion
from advocacy.positions.writing.merging import Ask
from advocacy.provenance import Piece, without_citations, word_diff
from advocacy.translations import rules
from advocacy.translations.rules import TranslationState
from advocacy.translations.tables import Translation

TITLE = "title"


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """One part beside its translation. `state` is "" while there is none; `diff` says what the
    original has become since the translation was made.
    """

    key: str
    number: int | None
    original: str
    text: str
    state: str
    stale: bool
    diff: Sequence[Piece]
    engine: str = ""

    @property
    def stands_as(self) -> str:
        """missing, machine, draft, checked or stale: what a person needs to know of it."""
        return "stale" if self.stale else self.state or "missing"

    @property
    def is_right(self) -> bool:
        return self.state == TranslationState.CHECKED and not self.stale


@dataclass(frozen=True, slots=True)
class TranslatedText:
    """A complete translation: every part checked against the text as it stands."""

    title: str
    paragraphs: Sequence[tuple[str, str]]
    asks: Sequence[Ask]


@dataclass(frozen=True, slots=True)
class LanguageState:
    language: str
    parts: int
    right: int
    stale: int
    is_binding: bool

    @property
    def missing(self) -> int:
        return self.parts - self.right

    @property
    def is_complete(self) -> bool:
        return self.missing == 0


def parts_of(version: PositionVersion) -> list[tuple[str, str]]:
    """Every part with the original's words, in the order of reading."""
    asks = [(f"ask-{ask.number}", ask.text) for ask in positions.asks_of(version)]
    return [(TITLE, version.title), *positions.paragraphs_of(version), *asks]


async def position_of(position_id: int) -> Position:
    position = await Position.objects().where(Position.id == position_id).first()
    if position is None:
        raise NotFound("There is no such position")
    return position


async def _rows(position_id: int, language: str | None = None) -> list[Translation]:
    rows = Translation.objects().where(Translation.position == position_id)
    if language:
        rows = rows.where(Translation.language == language)
    return await rows


def _aligned(parts: Sequence[tuple[str, str]], rows: Mapping[str, Translation]) -> list[AlignedRow]:
    found, number = [], 0
    for key, original in parts:
        is_paragraph = key != TITLE and not key.startswith("ask-")
        number += is_paragraph
        row = rows.get(key)
        stale = row is not None and rules.is_stale(row.source_text, original)
        before = without_citations(row.source_text) if row and stale else ""
        found.append(
            AlignedRow(
                key=key,
                number=number if is_paragraph else None,
                original=original,
                text=row.text if row else "",
                state=row.state if row else "",
                stale=stale,
                diff=word_diff(before, without_citations(original)) if stale else [],
                engine=row.engine if row else "",
            )
        )
    return found


async def aligned(position_id: int, language: str) -> list[AlignedRow]:
    """Every part of the current text beside its translation, in the order of reading."""
    current = await positions.version(position_id)
    rows = {row.paragraph: row for row in await _rows(position_id, language)}
    return _aligned(parts_of(current), rows)


async def complete(position: Position, language: str) -> list[str]:
    """The keys of what is missing, stale or unchecked; empty when all of it is right."""
    if language == position.language:
        return []
    return [row.key for row in await aligned(position.id, language) if not row.is_right]


async def whole_in(position_id: int, language: str) -> TranslatedText | None:
    """The current text in that language; None for the lead language, and while a part is not
    right: no half-translated and no stale text leaves this house.
    """
    rows = {row.paragraph: row for row in await _rows(position_id, language)}
    if TITLE not in rows:
        return None
    return _whole(await positions.version(position_id), rows)


async def wholes(position_id: int) -> dict[str, TranslatedText]:
    """Every language in which all of the current text is right, whatever their number."""
    current = await positions.version(position_id)
    by_language: dict[str, dict[str, Translation]] = {}
    for row in await _rows(position_id):
        by_language.setdefault(row.language, {})[row.paragraph] = row
    found = {language: _whole(current, rows) for language, rows in by_language.items()}
    return {language: whole for language, whole in found.items() if whole}


def _whole(current: PositionVersion, rows: Mapping[str, Translation]) -> TranslatedText | None:
    parts = _aligned(parts_of(current), rows)
    if not all(part.is_right for part in parts):
        return None
    texts = {part.key: part.text for part in parts}
    return TranslatedText(
        title=texts[TITLE],
        paragraphs=[(key, texts[key]) for key, _ in positions.paragraphs_of(current)],
        asks=[a._replace(text=texts[f"ask-{a.number}"]) for a in positions.asks_of(current)],
    )


async def text_in(position_id: int, language: str) -> list[tuple[str, str]] | None:
    """The paragraphs in that language: the original's own in the lead language, a translation
    when all of it is right, else None.
    """
    position = await position_of(position_id)
    if language == position.language:
        return positions.paragraphs_of(await positions.version(position_id))
    whole = await whole_in(position_id, language)
    return list(whole.paragraphs) if whole else None


async def overview(position: Position) -> list[LanguageState]:
    """How far each other language is."""
    parts = parts_of(await positions.version(position.id))
    rows: dict[str, dict[str, Translation]] = {}
    for row in await _rows(position.id):
        rows.setdefault(row.language, {})[row.paragraph] = row
    binding = position.binding_languages.split(",")
    return [
        _state(language, _aligned(parts, rows.get(language, {})), language in binding)
        for language in LANGUAGES
        if language != position.language
    ]


def _state(language: str, rows: Sequence[AlignedRow], is_binding: bool) -> LanguageState:
    right = sum(row.is_right for row in rows)
    return LanguageState(language, len(rows), right, sum(r.stale for r in rows), is_binding)
