"""The protocol of each round that has ended, and what became of each ask."""

from collections.abc import AsyncIterator
from typing import Any  # columns of a joined table

from advocacy import texts
from advocacy.approvals.rules import ENDS
from advocacy.approvals.tables import Round
from advocacy.approvals.voting.protocol import protocol
from advocacy.exports.archive.matter import Matter, Piece, Section, lines
from advocacy.exports.archive.names import file_name
from advocacy.outcomes.labels import LABELS
from advocacy.outcomes.queries import Followed, followed
from advocacy.texts import gettext


async def pieces(matter: Matter) -> AsyncIterator[Piece]:
    position: Any = Round.position
    rows = await (
        Round.objects()
        .where(
            position.dossier == matter.dossier.id,
            Round.state.is_in([state.value for state in ENDS]),
            Round.ended.is_not_null(),
        )
        .order_by(Round.id)
    )
    for place, held in enumerate(rows, start=1):
        title = f"{gettext('Protocol')} {place}"
        yield Piece(
            Section.POSITION,
            file_name(f"{matter.dossier.number} v{held.version}", f"{title}.pdf", "x"),
            await protocol(held),
            held.ended or held.opened,
            title,
        )
    if rows and (found := await followed(matter.dossier.number, texts.language())):
        yield _outcomes(found)


def _outcomes(found: Followed) -> Piece:
    """Ask by ask, with the quotation and where it stands."""
    said = [
        lines(
            (gettext("Ask"), f"{row.number}. {row.text}"),
            (gettext("State"), texts.translate(LABELS[row.fate])),
            (gettext("Decided"), texts.day(row.decided) if row.decided else ""),
            (gettext("Quotation"), row.quotation),
            (gettext("Evidence"), f"{row.entry_title} {row.entry_address}".strip()),
        )
        for row in found.rows
    ]
    title = gettext("Outcome")
    changed = [row.changed for row in found.rows if row.changed]
    return Piece(
        Section.SUBMISSION,
        file_name("99", f"{title}.txt", "x"),
        "\n\n".join(said).encode() + b"\n",
        max(changed, default=found.submission.prepared),
        title,
        found.language,
    )
