"""The secretariat adds who signs beside the network, asks, asks again, takes off."""

from datetime import datetime
from typing import Any  # columns and their values

from advocacy import database
from advocacy.approvals import queries as rounds
from advocacy.approvals.queries import Ground
from advocacy.approvals.tables import Round
from advocacy.errors import Invalid, Message, NotAllowed, Outdated
from advocacy.history.actions import record
from advocacy.mail.actions import post, stop
from advocacy.people.tables import Person
from advocacy.people.tokens import hashed
from advocacy.submissions import mails
from advocacy.submissions.forms import NewSignatory
from advocacy.submissions.rules import HANDED_IN, MOST_SIGNATORIES, SignatureState
from advocacy.submissions.signing import signed
from advocacy.submissions.tables import CoSignatory, Submission


async def add(position_id: int, new: NewSignatory, *, by: Person, now: datetime) -> int:
    """With an address it is asked by letter; without one it stands under the text at once.

    NotAllowed without a round on the text: what is signed has to stand still. Returns the id.
    """
    async with database.transaction():
        held, ground = await _text(position_id)
        known = await signed.of_position(position_id)
        if len(known) >= MOST_SIGNATORIES:
            raise NotAllowed("One hundred sign already")
        if any(each.organisation.casefold() == new.organisation.casefold() for each in known):
            raise Invalid({"organisation": Message("It is on the list already")})
        row = CoSignatory(
            position=position_id,
            place=len(known) + 1,
            organisation=new.organisation,
            name=new.name,
            office=new.office,
            email=new.email,
            language=new.language,
            state=SignatureState.ASKED if new.email else SignatureState.ADDED,
            text_hash=held.text_hash,
            asked=now if new.email else None,
            answered=None if new.email else now,
            person=by.id,
        )
        await row.save()
        row.token_hash = hashed(mails.token_of(row.id)) if new.email else ""
        await row.save()
        action = "signature asked for" if new.email else "signature added"
        await _record(action, row, held, ground, by=by, now=now)
        if new.email:
            await _write(held, ground, row, now=now)
    return row.id


async def ask_again(signatory_id: int, *, by: Person, now: datetime) -> None:
    """For the text as it is now; whose word the office has, stands under it without a letter.

    For the text that it was asked for already no second letter leaves.
    """
    async with database.transaction():
        row = await signed.by_id(signatory_id)
        held, ground = await _text(row.position)
        row = await signed.by_id(signatory_id)
        if row.text_hash == held.text_hash:
            raise Outdated("It has been asked for this text already")
        by_hand = row.state == SignatureState.ADDED
        changes: dict[Any, Any] = {CoSignatory.text_hash: held.text_hash, CoSignatory.remark: ""}
        if by_hand:
            changes |= {CoSignatory.answered: now}
        else:
            changes |= {
                CoSignatory.state: SignatureState.ASKED,
                CoSignatory.asked: now,
                CoSignatory.answered: None,
            }
        await CoSignatory.update(changes).where(CoSignatory.id == row.id)
        action = "signature added" if by_hand else "signature asked for"
        await _record(action, row, held, ground, by=by, now=now)
        if not by_hand:
            await _write(held, ground, row, now=now)


async def take_off(signatory_id: int, *, by: Person, now: datetime) -> None:
    """Off the list. A letter that has not left stays here, and the link leads nowhere."""
    async with database.transaction():
        row = await signed.by_id(signatory_id)
        held, ground = await _text(row.position)
        await stop(mails.prefix_of(row.id))
        await CoSignatory.delete().where(CoSignatory.id == row.id)
        await _record("signature taken off", row, held, ground, by=by, now=now)


async def _text(position_id: int) -> tuple[Round, Ground]:
    """What is signed: the text of a round, which nobody has handed in. Locks the round."""
    held = await rounds.last_opened(position_id)
    if held is None:
        raise NotAllowed("Open a round first: what is signed is the text of a round")
    await database.one_at_a_time(f"round/{held.id}")
    position = await rounds.position_by_id(position_id)
    if await rounds.current_hash(position, held) != held.text_hash:
        raise Outdated("The text has changed since it was adopted. It needs a new round.")
    sent = await Submission.select(Submission.state).where(Submission.round == held.id).first()
    if sent and sent["state"] in HANDED_IN:
        raise NotAllowed("It has been handed in already")
    return held, await rounds.ground_of(position, version=held.version)


async def _write(held: Round, ground: Ground, row: CoSignatory, *, now: datetime) -> None:
    title = await rounds.title_in(ground, row.language)
    body = await rounds.name_of_body(ground, row.language)
    await post(mails.asking(held, ground, row, title=title, body=body), now=now)


async def _record(
    action: str, row: CoSignatory, held: Round, ground: Ground, *, by: Person, now: datetime
) -> None:
    await record(
        action,
        kind="signature",
        object=row.id,
        by=by,
        now=now,
        dossier=ground.dossier.id,
        details={"organisation": row.organisation, "text_hash": held.text_hash},
    )
