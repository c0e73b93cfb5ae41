"""What waits for an answer, and what was answered, place by place in the order of the text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from advocacy.positions import queries as positions
from advocacy.positions.proposing.proposals import ASK, TITLE
from advocacy.positions.proposing.weaving import Stretch, merged, woven
from advocacy.positions.rules import ProposalState
from advocacy.positions.tables import Position, PositionVersion, Proposal, Remark
from advocacy.provenance import Piece, without_citations, word_diff

MOST_ANSWERED = 100


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """`pieces`: against the words it was written on. `fits`: those still stand there."""

    id: int
    text: str
    reason: str
    author: str
    source: str
    language: str
    version: int
    created: datetime
    state: str
    answer: str
    taken_text: str
    consent: str
    consent_remark: str
    pieces: Sequence[Piece]
    fits: bool


@dataclass(frozen=True, slots=True)
class Place:
    """`number`: of the paragraph (§), None for title, ask and what is new or gone."""

    key: str
    number: int | None
    ask: int | None
    is_new: bool
    after: int | None
    current: str
    proposals: Sequence[ProposalRow]
    remarks: Sequence[Remark]
    stretches: Sequence[Stretch]

    @property
    def is_title(self) -> bool:
        return self.key == TITLE

    @property
    def together(self) -> str:
        """All wordings that can be laid over each other; where they collide, what stands now."""
        return merged(self.stretches)

    @property
    def collides(self) -> bool:
        return any(each.collides for each in self.stretches)


async def open_count(position_id: int) -> int:
    return await Proposal.count().where(
        Proposal.position == position_id, Proposal.state == ProposalState.OPEN
    )


async def open_by_paragraph(position_id: int) -> dict[str, int]:
    rows = await Proposal.select(Proposal.paragraph).where(
        Proposal.position == position_id, Proposal.state == ProposalState.OPEN
    )
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["paragraph"]] = counts.get(row["paragraph"], 0) + 1
    return counts


async def places(position: Position, version: PositionVersion) -> list[Place]:
    """Every place with something open, in the order of the text; what is new or gone last."""
    proposals = await (
        Proposal.objects()
        .where(Proposal.position == position.id, Proposal.state == ProposalState.OPEN)
        .order_by(Proposal.id)
    )
    remarks = await (
        Remark.objects()
        .where(Remark.position == position.id, Remark.answered.is_null())
        .order_by(Remark.id)
    )
    paragraphs = positions.paragraphs_of(version)
    asks = {f"ask-{ask.number}": ask.text for ask in positions.asks_of(version)}
    texts = {TITLE: version.title, **dict(paragraphs), **asks}
    numbers = {key: number for number, (key, _) in enumerate(paragraphs, 1)}
    keys = dict.fromkeys([each.paragraph for each in [*proposals, *remarks]])
    order = {key: place for place, key in enumerate(texts)}
    return [
        _place(
            key,
            texts.get(key),
            numbers,
            [each for each in proposals if each.paragraph == key],
            [each for each in remarks if each.paragraph == key],
            lead=position.language,
        )
        for key in sorted(keys, key=lambda key: order.get(key, len(order)))
    ]


def _place(
    key: str,
    current: str | None,
    numbers: Mapping[str, int],
    proposals: Sequence[Proposal],
    remarks: Sequence[Remark],
    *,
    lead: str,
) -> Place:
    asked = ASK.fullmatch(key)
    stands = current or ""
    rows = [row_of(each, stands) for each in proposals]
    alike = [each.text for each in rows if each.fits and each.language == lead and each.text]
    return Place(
        key=key,
        number=numbers.get(key),
        ask=int(asked[1]) if asked else None,
        is_new=current is None,
        after=numbers.get(proposals[0].after) if proposals else None,
        current=stands,
        proposals=rows,
        remarks=remarks,
        stretches=woven(stands, alike) if alike else [Stretch(stands)] if stands else [],
    )


def row_of(proposal: Proposal, current: str) -> ProposalRow:
    before, text = without_citations(proposal.before), without_citations(proposal.text)
    return ProposalRow(
        id=proposal.id,
        text=proposal.text,
        reason=proposal.reason,
        author=proposal.author,
        source=proposal.source,
        language=proposal.language,
        version=proposal.version,
        created=proposal.created,
        state=proposal.state,
        answer=proposal.answer,
        taken_text=proposal.taken_text,
        consent=proposal.consent,
        consent_remark=proposal.consent_remark,
        pieces=word_diff(before, text),
        fits=proposal.before == current or (not proposal.before and not current),
    )


async def answered(position_id: int) -> list[ProposalRow]:
    """The latest first."""
    rows = await (
        Proposal.objects()
        .where(Proposal.position == position_id, Proposal.state != ProposalState.OPEN)
        .order_by(Proposal.answered, ascending=False)
        .limit(MOST_ANSWERED)
    )
    return [row_of(each, each.before) for each in rows]
