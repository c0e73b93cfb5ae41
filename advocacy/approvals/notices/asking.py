"""Write to municipalities: the text is adopted unless you object; it is void; it is over."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from advocacy import database
from advocacy.approvals import mails, queries
from advocacy.approvals.queries import Ground
from advocacy.approvals.rules import RoundState
from advocacy.approvals.tables import Notice, Round
from advocacy.approvals.voting.counting import RoundResult
from advocacy.calls.rules import CallState
from advocacy.calls.tables import Invitation
from advocacy.mail.actions import post
from advocacy.municipalities.queries import contacts_of
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.tokens import derived_token, hashed

SENT = (CallState.OPEN, CallState.CLOSED)
_call: Any = Invitation.call  # Piccolo types the columns of a joined table loosely
_place: Any = Invitation.municipality


async def ask(held: Round, ground: Ground, *, now: datetime) -> int:
    """Those who were asked in the calls of the dossier; without a call all who are members.

    Inside a transaction. Returns how many letters are written: a municipality without an address
    is not asked, and does not count as asked.
    """
    invited = await _invited(ground.dossier.id)
    members = list(invited) or [
        row["id"]
        for row in await Municipality.select(Municipality.id).where(Municipality.active.eq(True))
    ]
    contacts = await contacts_of(members)
    titles: dict[str, str] = {}
    for municipality in members:
        contact = next(iter(contacts.get(municipality, [])), None)
        if contact is None:
            continue
        notice = Notice(
            round=held.id,
            municipality=municipality,
            contact=contact.id,
            invitation=invited.get(municipality),
        )
        await notice.save()
        notice.token_hash = hashed(derived_token("notice", notice.id))
        await notice.save()
    return await tell(held, ground, "notice", await notices(held.id), titles, now=now)


async def _invited(dossier_id: int) -> dict[int, int]:
    """The last invitation of each municipality that is still with us."""
    rows = await (
        Invitation.select(Invitation.id, Invitation.municipality)
        .where(
            _call.window.dossier == dossier_id,
            _call.state.is_in(list(SENT)),
            _place.active.eq(True),
        )
        .order_by(Invitation.id)
    )
    return {row["municipality"]: row["id"] for row in rows}


async def notices(round_id: int) -> list[Notice]:
    return await database.with_referred(
        Notice.objects().where(Notice.round == round_id).order_by(Notice.id),
        Notice.municipality,
        Notice.contact,
    )


async def tell(
    held: Round,
    ground: Ground,
    kind: str,
    rows: Iterable[Notice],
    titles: dict[str, str] | None = None,
    *,
    result: RoundResult | None = None,
    now: datetime,
) -> int:
    """One letter to each, in the language of its contact. `titles` fills up by language."""
    titles = {} if titles is None else titles
    sent = 0
    for row in rows:
        contact: Contact | None = row.contact
        if contact is None or contact.bounced:
            continue
        if contact.language not in titles:
            titles[contact.language] = await queries.title_in(ground, contact.language)
        letter = mails.to_municipality(
            kind,
            held,
            ground,
            contact,
            title=titles[contact.language],
            notice_id=row.id,
            municipality=row.municipality.name,
            result=result,
        )
        await post(letter, now=now)
        sent += 1
    return sent


async def tell_end(held: Round, ground: Ground, result: RoundResult, *, now: datetime) -> None:
    """That the text has changed, to all who were asked; the result, to those who objected."""
    rows = await notices(held.id)
    if result.state is RoundState.VOID:
        await tell(held, ground, "notice_void", rows, now=now)
        return
    objected = [row for row in rows if row.objected]
    await tell(held, ground, "notice_over", objected, result=result, now=now)


async def how_many(dossier_id: int) -> int:
    """Municipalities that a round by silence would ask."""
    invited = await _invited(dossier_id)
    return len(invited) or int(await Municipality.count().where(Municipality.active.eq(True)))
