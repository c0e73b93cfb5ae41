"""The one page: what it says, who stands behind it, what changed since I looked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any  # a row is what its table says

from advocacy.approvals import queries
from advocacy.approvals.queries import Ground
from advocacy.approvals.rules import RoundResult
from advocacy.approvals.tables import Round
from advocacy.calls.covering.coverage import Coverage, of_dossier
from advocacy.people.tables import Person
from advocacy.positions import queries as positions
from advocacy.positions.passages import quotations
from advocacy.positions.queries import ShownParagraph
from advocacy.positions.tables import Seen
from advocacy.positions.writing.merging import Ask
from advocacy.provenance import ChangeKind, Piece, paragraph_diff, without_citations
from advocacy.translations import queries as translations
from advocacy.translations.queries import TranslatedText


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph with what changed in it, in the lead language and without citations.
    `shown` None: it was removed.
    """

    key: str
    kind: ChangeKind
    pieces: list[Piece]
    shown: ShownParagraph | None

    @property
    def anchor(self) -> str:
        return f"p{self.shown.number}" if self.shown else f"gone-{self.key}"


@dataclass(frozen=True, slots=True)
class Sheet:
    held: Round
    ground: Ground
    body: str
    title: str
    language: str
    last_seen: Seen | None
    rows: list[Row]
    asks: list[Ask]
    ballots: list[dict[str, Any]]
    result: RoundResult
    coverage: Coverage

    @property
    def is_translation(self) -> bool:
        return self.language != self.ground.position.language

    @property
    def changes(self) -> list[Row]:
        return [row for row in self.rows if row.kind is not ChangeKind.SAME]

    @property
    def groups(self) -> list[tuple[bool, list[Row]]]:
        """Runs of paragraphs, each with whether it may be folded away as unchanged."""
        foldable = bool(self.changes)
        runs = groupby(self.rows, key=lambda row: foldable and row.kind is ChangeKind.SAME)
        return [(folded, list(rows)) for folded, rows in runs]

    @property
    def seen_by(self) -> int:
        return sum(row["seen"] is not None for row in self.ballots)

    def ballot_of(self, person: Person | None) -> dict[str, Any] | None:
        mine = person.id if person else None
        return next((row for row in self.ballots if row["person"] == mine), None)


async def sheet_of(held: Round, person: Person, *, language: str, now: datetime) -> Sheet:
    """As `person` sees it, who may have looked at an earlier version; in `language` where a
    checked translation exists, else in the lead language.
    """
    position = await queries.position_by_id(held.position)
    ground = await queries.ground_of(position, version=held.version)
    other = await _translated(ground, language)
    seen = await last_seen(position.id, person.id)
    ballots = await queries.ballots_of([held.id])
    current = await queries.current_hash(position, held)
    return Sheet(
        held=held,
        ground=ground,
        body=await queries.name_of_body(ground, language),
        title=other.title if other else ground.version.title,
        language=language if other else position.language,
        last_seen=seen,
        rows=await _rows(
            ground, dict(other.paragraphs) if other else {}, await _before(ground, seen)
        ),
        asks=list(other.asks if other else positions.asks_of(ground.version)),
        ballots=ballots,
        result=queries.result_of(held, ballots, current_hash=current, now=now),
        coverage=await of_dossier(ground.dossier.id),
    )


async def _translated(ground: Ground, language: str) -> TranslatedText | None:
    """A translation belongs to the current version only, and counts when it is whole."""
    if language == ground.position.language or ground.position.version != ground.version.number:
        return None
    return await translations.whole_in(ground.position.id, language)


async def last_seen(position_id: int, person_id: int) -> Seen | None:
    return (
        await Seen.objects().where(Seen.position == position_id, Seen.person == person_id).first()
    )


async def _before(ground: Ground, seen: Seen | None) -> list[tuple[str, str]]:
    """What this person read last; nothing is marked for who never looked."""
    if seen is None or seen.version >= ground.version.number:
        return ground.paragraphs
    return positions.paragraphs_of(await positions.version(ground.position.id, seen.version))


async def _rows(
    ground: Ground, translated: Mapping[str, str], before: Sequence[tuple[str, str]]
) -> list[Row]:
    said = await quotations.passages(ground.dossier.id)
    shown = {each.key: each for each in positions.shown(ground.paragraphs, said, translated)}
    changes = paragraph_diff(_read(before), _read(ground.paragraphs))
    return [Row(each.key, each.kind, each.pieces, shown.get(each.key)) for each in changes]


def _read(paragraphs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """A changed citation is no change to a reader."""
    return [(key, without_citations(text)) for key, text in paragraphs]


async def changes_since_seen(ground: Ground, person: Person) -> int | None:
    """None: this person has never read the text."""
    seen = await last_seen(ground.position.id, person.id)
    if seen is None:
        return None
    changes = paragraph_diff(_read(await _before(ground, seen)), _read(ground.paragraphs))
    return sum(change.kind is not ChangeKind.SAME for change in changes)
