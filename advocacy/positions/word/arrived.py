"""What came out of Word files and waits for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from advocacy.positions import queries
from advocacy.positions.rules import ProposalSource, ProposalState
from advocacy.positions.tables import PositionVersion, Proposal
from advocacy.positions.word.comparing import ASK
from advocacy.positions.word.lines import TITLE, shown
from advocacy.provenance import Piece, word_diff

MOST = 500


@dataclass(frozen=True, slots=True)
class Arrived:
    """`number`: of the paragraph in the current text, None when it is not there (new, or gone);
    `behind`: of the one that a new paragraph follows. `pieces` show the words as they are read.
    """

    id: int
    key: str
    number: int | None
    ask: int | None
    behind: int | None
    is_new: bool
    author: str
    reason: str
    file: str
    version: int
    created: datetime
    pieces: Sequence[Piece]

    @property
    def is_title(self) -> bool:
        return self.key == TITLE


async def waiting(position_id: int, current: PositionVersion) -> list[Arrived]:
    """By author, each in the order of the text. One query."""
    rows = (
        await Proposal.objects()
        .where(
            Proposal.position == position_id,
            Proposal.source == ProposalSource.WORD.value,
            Proposal.state == ProposalState.OPEN.value,
        )
        .order_by(Proposal.author)
        .order_by(Proposal.id)
        .limit(MOST)
    )
    places = {key: n for n, (key, _) in enumerate(queries.paragraphs_of(current), 1)}
    return [_arrived(row, places) for row in rows]


def _arrived(row: Proposal, places: dict[str, int]) -> Arrived:
    asked = row.paragraph.removeprefix(ASK) if row.paragraph.startswith(ASK) else ""
    return Arrived(
        id=row.id,
        key=row.paragraph,
        number=places.get(row.paragraph),
        ask=int(asked) if asked.isdigit() else None,
        behind=places.get(row.after),
        is_new=not row.before,
        author=row.author,
        reason=row.reason,
        file=row.file,
        version=row.version,
        created=row.created,
        pieces=word_diff(shown(row.before), shown(row.text)),
    )
