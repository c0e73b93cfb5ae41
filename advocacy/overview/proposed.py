"""Proposals for drafts that wait for an answer of the secretariat."""

from collections.abc import Mapping
from typing import Any  # a column behind several foreign keys

from advocacy.overview import rules
from advocacy.overview.rules import Need
from advocacy.overview.windows import OFFICE_ZONE
from advocacy.positions.rules import PositionState, ProposalState
from advocacy.positions.tables import Proposal
from advocacy.texts import gettext, ngettext

_position: Any = Proposal.position  # Piccolo types the columns of a joined table loosely
_dossier = _position.dossier


async def to_answer(leads: Mapping[str, int | None]) -> list[Need]:
    """One row for each text. One query."""
    rows = await (
        Proposal.select(
            Proposal.created,
            Proposal.author,
            _dossier.number.as_alias("number"),
            _dossier.title.as_alias("title"),
            _dossier.language.as_alias("language"),
        )
        .where(
            Proposal.state == ProposalState.OPEN,
            _position.state != PositionState.SUBMITTED,
        )
        .order_by(Proposal.id)
    )
    by_number: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_number.setdefault(row["number"], []).append(row)
    return [_need(number, found, leads.get(number)) for number, found in by_number.items()]


def _need(number: str, rows: list[dict[str, Any]], owner: int | None) -> Need:
    first, count = rows[0], len(rows)
    act = ngettext("Answer %(num)d proposal", "Answer %(num)d proposals", count)
    return Need(
        act % {"num": count},
        first["title"],
        first["language"],
        gettext("The first is from %(name)s") % {"name": first["author"]},
        f"/p/{number}/proposals",
        first["created"] + rules.PROPOSALS_ANSWERED_WITHIN,
        OFFICE_ZONE,
        owner=owner,
        size=count,
    )
