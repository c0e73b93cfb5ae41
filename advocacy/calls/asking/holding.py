"""Nobody else changes a call, nor merges its dossier, until the transaction ends."""

from advocacy import database
from advocacy.calls.asking.whole_calls import WholeCall, whole_by_id
from advocacy.calls.tables import Call
from advocacy.dossiers.joining import merged
from advocacy.dossiers.queries import window_by_id
from advocacy.dossiers.tables import Dossier, Window
from advocacy.errors import Message, NotFound, Outdated

MERGED = Message("This dossier has just been merged: please look at it again")


async def hold(call_id: int) -> WholeCall:
    """The dossier first, then the call: whoever writes letters or steps of a dossier for a call
    takes both in this order. Outdated: the dossier was merged at this very moment.
    """
    row = await (
        Call.select(Call.window.dossier.as_alias("dossier")).where(Call.id == call_id).first()
    )
    if row is None:
        raise NotFound("There is no such call")
    await merged.hold(row["dossier"])
    await database.one_at_a_time(f"call/{call_id}")
    whole = await whole_by_id(call_id)
    if whole.dossier.id != row["dossier"]:
        raise Outdated(MERGED)
    return whole


async def hold_window(window_id: int) -> tuple[Window, Dossier]:
    """A window with the dossier that it belongs to now, be it merged while somebody typed."""
    _, before = await window_by_id(window_id)
    dossier = await merged.standing(before.id)
    window, _ = await window_by_id(window_id)
    if window.dossier != dossier.id:
        raise Outdated(MERGED)
    return window, dossier
