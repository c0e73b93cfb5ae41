"""The one page: what it says, who stands behind it, what changed since I looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any  # a row is what its table says

from advocacy.approvals import queries, sealing
from advocacy.approvals.notices.asked import Objection, Tally, objections_of, tally_of
from advocacy.approvals.queries import Ground
from advocacy.approvals.rules import Choice, RoundState
from advocacy.approvals.tables import Round
from advocacy.approvals.voting.counting import RoundResult, voices
from advocacy.approvals.voting.support import Behind, behind
from advocacy.calls.covering.coverage import Coverage, of_dossier
from advocacy.people.tables import Person
from advocacy.positions import queries as positions
from advocacy.positions.passages import quotations
from advocacy.positions.queries import ShownParagraph
from advocacy.positions.tables import PositionVersion, Seen
from advocacy.positions.writing import evidence
from advocacy.positions.writing.merging import Ask
from advocacy.provenance import (
    Change,
    ChangeKind,
    Piece,
    paragraph_diff,
    without_citations,
    word_diff,
)
from advocacy.translations import queries as translations
from advocacy.translations.queries import AlignedRow, TranslatedText


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
    changed_title: list[Piece]
    rows: list[Row]
    asks: list[Ask]
    changed_asks: list[Change]
    changed_translations: dict[str, list[AlignedRow]]
    ballots: list[dict[str, Any]]
    tally: Tally
    objections: list[Objection]
    result: RoundResult
    coverage: Coverage
    behind: Behind

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

    @property
    def languages(self) -> list[str]:
        """Bound besides the lead."""
        return queries.bound_languages(self.held)

    @property
    def voices(self) -> list[tuple[str, Choice]]:
        """Of the countries that have spoken, where countries vote."""
        terms = queries.terms_of(self.held, self.ballots)
        spoken = voices(
            queries.votes_of(self.held, self.ballots),
            terms.countries,
            over=self.result.state is not RoundState.OPEN,
        )
        return sorted(spoken.items())

    def ballot_of(self, person: Person | None) -> dict[str, Any] | None:
        """The person's own, else that of the member whom this person stands in for."""
        mine = person.id if person else None
        own = (row for row in self.ballots if row["person"] == mine)
        other = (row for row in self.ballots if mine and row["deputy"] == mine)
        return next(own, None) or next(other, None)


async def sheet_of(held: Round, person: Person, *, language: str, now: datetime) -> Sheet:
    """As `person` sees it, who may have looked at an earlier version; in `language` where a
    checked translation exists, else in the lead language.
    """
    position = await queries.position_by_id(held.position)
    ground = await queries.ground_of(position, version=held.version)
    other = await _translated(ground, language)
    seen = await last_seen(position.id, person.id)
    before = await _before(ground, seen)
    ballots = await queries.ballots_of([held.id])
    tally = await tally_of(held)
    current = await queries.current_hash(position, held)
    said = await quotations.passages(ground.dossier.id)
    beside = await evidence.cited(ground.dossier.id, ground.paragraphs, language)
    translated = dict(other.paragraphs) if other else {}
    shown = positions.shown(ground.paragraphs, said, translated, beside)
    coverage = await of_dossier(ground.dossier.id)
    return Sheet(
        held=held,
        ground=ground,
        body=await queries.name_of_body(ground, language),
        title=other.title if other else ground.version.title,
        language=language if other else position.language,
        last_seen=seen,
        changed_title=word_diff(before.title, ground.version.title),
        rows=_rows(ground, shown, positions.paragraphs_of(before)),
        asks=list(other.asks if other else positions.asks_of(ground.version)),
        changed_asks=_changed_asks(before, ground),
        changed_translations=await _changed_translations(held, ground, seen),
        ballots=ballots,
        tally=tally,
        objections=(await objections_of([held.id])).get(held.id, []),
        result=queries.result_of(
            held, ballots, current_hash=current, now=now, objections=tally.objections
        ),
        coverage=coverage,
        behind=await behind(shown, coverage),
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


async def _before(ground: Ground, seen: Seen | None) -> PositionVersion:
    """What this person read last; nothing is marked for who never looked."""
    if seen is None or seen.version >= ground.version.number:
        return ground.version
    return await positions.version(ground.position.id, seen.version)


def _rows(
    ground: Ground, shown: Sequence[ShownParagraph], before: Sequence[tuple[str, str]]
) -> list[Row]:
    by_key = {each.key: each for each in shown}
    changes = paragraph_diff(_read(before), _read(ground.paragraphs))
    return [Row(each.key, each.kind, each.pieces, by_key.get(each.key)) for each in changes]


def _changed_asks(before: PositionVersion, ground: Ground) -> list[Change]:
    changes = paragraph_diff(_asked(before), _asked(ground.version))
    return [each for each in changes if each.kind is not ChangeKind.SAME]


def _asked(version: PositionVersion) -> list[tuple[str, str]]:
    return _read([(str(ask.number), ask.text) for ask in positions.asks_of(version)])


async def _changed_translations(
    held: Round, ground: Ground, seen: Seen | None
) -> dict[str, list[AlignedRow]]:
    """Against an earlier round on the same version, for who read that one."""
    if seen is None or seen.version != held.version or not held.languages:
        return {}
    earlier = await (
        Round.select(Round.id)
        .where(Round.position == held.position, Round.version == held.version, Round.id < held.id)
        .order_by(Round.id, ascending=False)
        .first()
    )
    if not earlier or seen.at >= held.opened:
        return {}
    return await sealing.changed_translations(
        ground.position, await sealing.digests_at_opening(earlier["id"])
    )


def _read(paragraphs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """A changed citation is no change to a reader."""
    return [(key, without_citations(text)) for key, text in paragraphs]


async def changes_since_seen(ground: Ground, person: Person) -> int | None:
    """None: this person has never read the text."""
    seen = await last_seen(ground.position.id, person.id)
    if seen is None:
        return None
    before = positions.paragraphs_of(await _before(ground, seen))
    changes = paragraph_diff(_read(before), _read(ground.paragraphs))
    return sum(change.kind is not ChangeKind.SAME for change in changes)
