"""A municipality has seen the text, objects to it, or takes its objection back. No account."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any  # columns and their values

from advocacy import database
from advocacy.approvals import queries, rules, sealing
from advocacy.approvals.notices.asked import notice_by_token
from advocacy.approvals.rules import RoundState
from advocacy.approvals.tables import Notice, Round
from advocacy.approvals.voting.choosing import what_changed
from advocacy.errors import Outdated
from advocacy.history.actions import record


async def mark_noticed(token: str, text_hash: str, *, now: datetime) -> None:
    """It has read the text. Counted, and nothing more: silence is no less a consent."""
    async with database.transaction():
        notice, held, dossier = await _open(token, text_hash, "", now=now)
        if notice.seen:
            return
        await Notice.update({Notice.seen: now}).where(Notice.id == notice.id)
        await _record("text seen", notice, held, dossier, {}, now=now)


async def object_to(token: str, remark: str, text_hash: str, *, now: datetime) -> None:
    """With a reason. Again, until the round ends: the new reason stands instead."""
    async with database.transaction():
        notice, held, dossier = await _open(token, text_hash, remark, now=now)
        rules.check_remark(remark, needed=True)
        if notice.objected and notice.remark == remark.strip():
            return
        await _keep(
            notice,
            {
                Notice.objected: now,
                Notice.seen: notice.seen or now,
                Notice.remark: remark.strip(),
                Notice.text_hash: held.text_hash,
            },
        )
        details = {"text_hash": held.text_hash, "remark": remark.strip(), "before": notice.remark}
        await _record("objected", notice, held, dossier, details, now=now)


async def take_objection_back(token: str, text_hash: str, *, now: datetime) -> None:
    async with database.transaction():
        notice, held, dossier = await _open(token, text_hash, "", now=now)
        if not notice.objected:
            return
        await _keep(notice, {Notice.objected: None, Notice.text_hash: "", Notice.remark: ""})
        details = {"before": notice.remark}
        await _record("objection taken back", notice, held, dossier, details, now=now)


async def _keep(notice: Notice, values: dict[Any, Any]) -> None:
    await Notice.update(values).where(Notice.id == notice.id)


async def _open(
    token: str, text_hash: str, remark: str, *, now: datetime
) -> tuple[Notice, Round, int]:
    """The notice, its round that still runs on this very text, and the dossier."""
    notice = await notice_by_token(token)
    await database.one_at_a_time(f"round/{notice.round}")
    notice = await notice_by_token(token)
    held = await queries.round_by_id(notice.round)
    await sealing.hold_still(held.position, sealing.bound_languages(held))
    position = await queries.position_by_id(held.position)
    try:
        rules.check_open(
            RoundState(held.state),
            voted_hash=text_hash,
            text_hash=held.text_hash,
            current_hash=await queries.current_hash(position, held),
            ends=held.ends,
            now=now,
        )
    except Outdated as error:
        theirs = await what_changed(held, position)
        raise Outdated(error.message, theirs=theirs, mine=remark) from None
    return notice, held, position.dossier


async def _record(
    action: str,
    notice: Notice,
    held: Round,
    dossier: int,
    details: Mapping[str, object],
    *,
    now: datetime,
) -> None:
    await record(
        action,
        kind="round",
        object=held.id,
        by=notice.municipality.name,
        now=now,
        dossier=dossier,
        details=details,
    )
