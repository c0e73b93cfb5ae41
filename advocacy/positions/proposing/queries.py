"""What pages need to know of proposals and remarks on one text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from piccolo.query.functions.aggregate import Count

from advocacy.calls.tables import Invitation
from advocacy.errors import NotFound
from advocacy.people.tokens import hashed
from advocacy.positions import queries as positions
from advocacy.positions.proposing import places
from advocacy.positions.proposing.weaving import rebased
from advocacy.positions.rules import ProposalState
from advocacy.positions.tables import Position, PositionVersion, Proposal, Remark
from advocacy.positions.word.lines import shown
from advocacy.positions.writing.merging import Draft
from advocacy.provenance import Piece, word_diff

MOST = 1_000
TOKEN_LENGTH = 43


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """`pieces`: what it changes in the words it was written on. `text`: as one for the text of
    today; `collides`: with what was changed since. `foreign`: in another language than the text.
    """

    row: Proposal
    text: str
    pieces: Sequence[Piece]
    collides: bool = False
    foreign: bool = False
    became: Sequence[Piece] = ()

    @property
    def is_open(self) -> bool:
        return self.row.state == ProposalState.OPEN


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the text with all that was said about it. `number`: of the paragraph or ask;
    `words` None: it is not in the text, or not any more; `behind`: § that a new one follows.
    """

    key: str
    number: int | None
    words: str | None
    proposals: Sequence[ProposalRow] = ()
    remarks: Sequence[Remark] = ()
    behind: int | None = None

    @property
    def kind(self) -> str:
        if self.key == places.TITLE:
            return "title"
        if places.asked(self.key):
            return "ask"
        is_new = any(not each.row.before for each in self.proposals)
        return "paragraph" if self.number else ("new" if is_new else "gone")

    @property
    def open(self) -> list[ProposalRow]:
        return [each for each in self.proposals if each.is_open]

    @property
    def asked(self) -> list[Remark]:
        return [each for each in self.remarks if each.answered is None]


@dataclass(frozen=True, slots=True)
class Board:
    """Every place that somebody said something about, in the order of the text."""

    version: PositionVersion
    places: Sequence[Place] = field(default=())

    @property
    def open(self) -> list[Place]:
        return [each for each in self.places if each.open or each.asked]

    @property
    def done(self) -> list[Place]:
        """Places with something answered."""
        return [
            each
            for each in self.places
            if len(each.proposals) > len(each.open) or len(each.remarks) > len(each.asked)
        ]

    def at(self, key: str) -> Place:
        found = next((each for each in self.places if each.key == key), None)
        if found is None:
            raise NotFound("Nothing is proposed here")
        return found


async def board(position: Position) -> Board:
    """Three queries, whatever there is."""
    version = await positions.version(position.id)
    rows = await (
        Proposal.objects().where(Proposal.position == position.id).order_by(Proposal.id).limit(MOST)
    )
    remarks = await (
        Remark.objects().where(Remark.position == position.id).order_by(Remark.id).limit(MOST)
    )
    return Board(version, placed(position, positions.draft_of(version), rows, remarks))


def placed(
    position: Position, draft: Draft, rows: Sequence[Proposal], remarks: Sequence[Remark]
) -> list[Place]:
    order = places.order_of(draft)
    keys = dict.fromkeys([*(row.paragraph for row in rows), *(each.paragraph for each in remarks)])
    numbers = {key: n for n, (key, _) in enumerate(draft.paragraphs, 1)}
    after = {row.paragraph: row.after for row in rows if row.after}

    def place_of(key: str) -> tuple[float, int]:
        there = order.get(key)
        if there is not None:
            return there, 0
        first = 0 if any(row.paragraph == key and not row.before for row in rows) else len(order)
        return order.get(after.get(key, ""), first) + 0.5, 0

    found = []
    for key in sorted(keys, key=place_of):
        words = places.words_at(draft, key)
        found.append(
            Place(
                key=key,
                number=places.asked(key) or numbers.get(key),
                words=words,
                proposals=[
                    proposal_row(row, words or "", position.language)
                    for row in rows
                    if row.paragraph == key
                ],
                remarks=[each for each in remarks if each.paragraph == key],
                behind=numbers.get(after.get(key, "")),
            )
        )
    return found


def proposal_row(row: Proposal, words: str, language: str) -> ProposalRow:
    foreign = row.language != language
    became = word_diff(shown(row.text), shown(row.taken_text)) if row.taken_text else ()
    pieces = word_diff(shown(row.before), shown(row.text))
    if foreign or row.state != ProposalState.OPEN:
        return ProposalRow(row, row.text, pieces, foreign=foreign, became=became)
    text, collides = rebased(row.before, words, row.text)
    return ProposalRow(row, text, pieces, collides=collides, became=became)


async def open_count(position_id: int) -> int:
    count = Proposal.count().where(
        Proposal.position == position_id, Proposal.state == ProposalState.OPEN
    )
    return int(await count)


async def open_by_paragraph(position_id: int) -> dict[str, int]:
    """By the key of the paragraph, "title" or "ask-1"."""
    rows = await (
        Proposal.select(Proposal.paragraph, Count().as_alias("open"))
        .where(Proposal.position == position_id, Proposal.state == ProposalState.OPEN)
        .group_by(Proposal.paragraph)
    )
    return {row["paragraph"]: int(row["open"]) for row in rows}


async def of_invitations(
    position_id: int, invitation_ids: Iterable[int]
) -> tuple[list[Proposal], list[Remark]]:
    """What one municipality has said about this text; the newest first."""
    own = list(invitation_ids)
    if not own:
        return [], []
    proposals = Proposal.objects().where(
        Proposal.position == position_id, Proposal.invitation.is_in(own)
    )
    remarks = Remark.objects().where(Remark.position == position_id, Remark.invitation.is_in(own))
    return (
        await proposals.order_by(Proposal.id, ascending=False),
        await remarks.order_by(Remark.id, ascending=False),
    )


async def language_of(invitation_id: int) -> str:
    """In which its municipality is written to; "" when it is gone."""
    row = await Invitation.select(Invitation.language).where(Invitation.id == invitation_id).first()
    return str(row["language"]) if row else ""


async def by_consent(token: str) -> Proposal:
    """NotFound for a link that is not ours, or belongs to earlier words."""
    row = None
    if len(token) == TOKEN_LENGTH:
        row = await Proposal.objects().where(Proposal.consent_hash == hashed(token)).first()
    if row is None:
        raise NotFound("We do not know this link")
    return row
