"""The board: what still has to leave, and what has left."""

import re
from datetime import datetime
from typing import Any  # a row is what its table says

from advocacy.positions.rules import PositionState
from advocacy.positions.tables import Position, PositionVersion
from advocacy.submissions.rules import HANDED_IN
from advocacy.submissions.tables import Submission

PAGE = 50


def number_typed(text: str) -> str:
    """A dossier's number from an address; what cannot be one is none."""
    return text if re.fullmatch(r"\d{4}-\d{3,6}", text, re.ASCII) else ""


async def waiting(*, after: str = "") -> list[dict[str, Any]]:
    """Positions not handed in yet that have a deadline, the soonest first.

    `after`: the dossier number that the page before ended with.
    """
    here: Any = PositionVersion.position
    rows = PositionVersion.select(
        PositionVersion.title,
        here.language.as_alias("language"),
        here.state.as_alias("state"),
        here.dossier.number.as_alias("number"),
        here.window.closes.as_alias("closes"),
        here.window.zone.as_alias("zone"),
        here.window.state.as_alias("deadline"),
        here.dossier.lead.name.as_alias("lead"),
    ).where(
        PositionVersion.number == here.version,
        here.state != PositionState.SUBMITTED,
        here.window.is_not_null(),
    )
    if after and (last := await _closes(after)):
        rows = rows.where(
            (here.window.closes > last)
            | ((here.window.closes == last) & (here.dossier.number > after))
        )
    return await rows.order_by(here.window.closes).order_by(here.dossier.number).limit(PAGE)


async def _closes(number: str) -> datetime | None:
    row = await (
        Position.select(Position.window.closes.as_alias("closes"))
        .where(Position.dossier.number == number)
        .first()
    )
    return row["closes"] if row else None


async def gone_out() -> list[dict[str, Any]]:
    """The latest that were handed in."""
    here: Any = Submission.round.position
    return await (
        Submission.select(
            Submission.submitted,
            Submission.state,
            Submission.channel,
            Submission.receipt,
            Submission.person.name.as_alias("who"),
            Submission.window.closes.as_alias("closes"),
            Submission.window.zone.as_alias("zone"),
            here.dossier.number.as_alias("number"),
            here.dossier.title.as_alias("title"),
            here.dossier.language.as_alias("language"),
        )
        .where(Submission.state.is_in([state.value for state in HANDED_IN]))
        .order_by(Submission.submitted, ascending=False)
        .limit(PAGE)
    )
