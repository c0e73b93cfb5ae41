"""Mails that wait for somebody and belong to no call that is going on."""

from collections.abc import Sequence

from advocacy.advice.rules import WANTED_WITHIN
from advocacy.letterbox import queries as letterbox
from advocacy.letterbox.queries import WaitingRow
from advocacy.letterbox.rules import State
from advocacy.overview.participation import CallRow
from advocacy.overview.rules import Need
from advocacy.overview.windows import OFFICE_ZONE
from advocacy.texts import gettext, ngettext


async def of_the_house() -> list[Need]:
    """For the secretariat: all that waits, wherever it belongs. One query."""
    rows = await letterbox.waiting(None)
    return _need([row for row in rows if row.state is State.WAITING])


def elsewhere(rows: Sequence[WaitingRow], calls: Sequence[CallRow]) -> list[Need]:
    """Of these mails those that belong to none of the calls."""
    shown = {call.number for call in calls}
    return _need([row for row in rows if row.call not in shown])


def _need(rows: Sequence[WaitingRow]) -> list[Need]:
    """One row for all of them, due as the question that may stand in the oldest."""
    if not rows:
        return []
    act = ngettext(
        "Read %(num)d letter that waits", "Read %(num)d letters that wait", len(rows)
    ) % {"num": len(rows)}
    why = gettext("Somebody has to look at what they answer")
    return [
        Need(
            act, gettext("Mail that came"), "", why, "/letterbox", rows[0].at + WANTED_WITHIN,
            OFFICE_ZONE, size=len(rows),
        )
    ]  # fmt: skip
