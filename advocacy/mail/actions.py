"""Letters into the outbox, and out of it.

A letter is claimed before it is tried. A process that dies while it sends leaves a claim that
ends; the letter carries a Message-ID made of its key, so that a repeat is known as one.
"""

import json
import logging
import time
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta

from piccolo.query.functions import Lower

from advocacy import database
from advocacy.mail import rules
from advocacy.mail.letters import Written
from advocacy.mail.naming import key_in
from advocacy.mail.rules import LetterState
from advocacy.mail.smtp import Carrier, Refused, SendLetter, Unreachable
from advocacy.mail.tables import Letter

AT_ONCE = 50
log = logging.getLogger("alphorn.mail")


async def post(letter: Written, *, now: datetime, due: datetime | None = None) -> None:
    """Put a letter into the outbox, in the transaction of the fact it tells of."""
    attachments = [
        {"name": a.name, "media_type": a.media_type, "content": b64encode(a.content).decode()}
        for a in letter.attachments
    ]
    row = Letter(
        key=letter.key,
        kind=letter.kind,
        recipient=letter.recipient,
        recipient_name=letter.recipient_name,
        language=letter.language,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        headers=json.dumps(dict(letter.headers)),
        attachments=json.dumps(attachments),
        dossier=letter.dossier,
        state=LetterState.WAITING,
        due=due or now,
        created=now,
    )
    await Letter.insert(row).on_conflict(target=Letter.key, action="DO NOTHING")


async def stop(key_prefix: str) -> int:
    """Take back what has not left: the undo of a held call. Returns how many stay."""
    rows = await (
        Letter.update({Letter.state: LetterState.STOPPED})
        .where(
            Letter.key.like(f"{key_prefix}%"),
            Letter.state == LetterState.WAITING,
            Letter.claimed_until.is_null(),
        )
        .returning(Letter.id)
    )
    return len(rows)


async def stop_to(address: str, *, kinds: Sequence[str]) -> None:
    """Take back what waits for this address: nobody wants it there any more."""
    await Letter.update({Letter.state: LetterState.STOPPED}).where(
        Lower(Letter.recipient) == address.lower(),
        Letter.kind.is_in(list(kinds)),
        Letter.state == LetterState.WAITING,
        Letter.claimed_until.is_null(),
    )


async def hasten(key_prefix: str, *, now: datetime, held_until: datetime) -> None:
    """Send now what was held; what leaves later than the hold ends has reasons of its own."""
    await Letter.update({Letter.due: now}).where(
        Letter.key.like(f"{key_prefix}%"),
        Letter.state == LetterState.WAITING,
        Letter.due <= held_until,
    )


async def deliver(carrier: Carrier, *, now: datetime) -> int:
    """Send what is due over one connection. Returns how many letters left.

    A long run counts its own time on from `now`, and takes each claim anew before it sends: a
    letter whose claim has ended meanwhile is another's.
    """
    sent, started = 0, time.monotonic()

    def at() -> datetime:
        return now + timedelta(seconds=time.monotonic() - started)

    async with carrier.connection() as send:
        while letters := await _claim(now=at()):
            for letter in letters:
                if await _still_ours(letter, now=at()):
                    sent += await _try(letter, send, now=at())
    return sent


async def bounced(message_id: str, reason: str) -> Letter | None:
    """Another server sent a letter back. Returns it; None when it is not ours, or known already."""
    key = key_in(message_id)
    rows = key and await Letter.update(
        {Letter.state: LetterState.BOUNCED, Letter.error: reason[:500]}
    ).where(Letter.key == key, Letter.state == LetterState.SENT).returning(Letter.id)
    if not rows:
        return None
    return await Letter.objects().where(Letter.id == rows[0]["id"]).first()


async def anything_due(*, now: datetime) -> bool:
    return await Letter.exists().where(
        Letter.state == LetterState.WAITING,
        Letter.due <= now,
        Letter.claimed_until.is_null() | (Letter.claimed_until < now),
    )


async def _claim(*, now: datetime) -> list[Letter]:
    async with database.transaction():
        due = await (
            Letter.select(Letter.id)
            .where(
                Letter.state == LetterState.WAITING,
                Letter.due <= now,
                Letter.claimed_until.is_null() | (Letter.claimed_until < now),
            )
            .order_by(Letter.due)
            .limit(AT_ONCE)
        )
        if not due:
            return []
        claimed = await (
            Letter.update({Letter.claimed_until: now + rules.CLAIM_LASTS})
            .where(
                Letter.id.is_in([row["id"] for row in due]),
                Letter.state == LetterState.WAITING,
                # once more: another process may have claimed it since the select
                Letter.claimed_until.is_null() | (Letter.claimed_until < now),
            )
            .returning(Letter.id)
        )
    if not claimed:
        return []
    return await Letter.objects().where(Letter.id.is_in([row["id"] for row in claimed]))


async def _still_ours(letter: Letter, *, now: datetime) -> bool:
    prolonged = await (
        Letter.update({Letter.claimed_until: now + rules.CLAIM_LASTS})
        .where(
            Letter.id == letter.id,
            Letter.state == LetterState.WAITING,
            Letter.claimed_until == letter.claimed_until,
        )
        .returning(Letter.id)
    )
    return bool(prolonged)


async def _try(letter: Letter, send: SendLetter, *, now: datetime) -> int:
    try:
        await send(letter)
    except Refused as refusal:
        await _after_failure(letter, str(refusal), again=None)
        return 0
    except Unreachable as trouble:
        again = rules.next_try(letter.tries + 1, now=now)
        await _after_failure(letter, str(trouble), again=again)
        return 0
    except Exception as error:
        log.exception("letter %s", letter.key)
        again = rules.next_try(letter.tries + 1, now=now)
        await _after_failure(letter, type(error).__name__, again=again)
        return 0
    await Letter.update({Letter.state: LetterState.SENT, Letter.sent: now, Letter.error: ""}).where(
        Letter.id == letter.id, Letter.state == LetterState.WAITING
    )
    return 1


async def _after_failure(letter: Letter, error: str, *, again: datetime | None) -> None:
    await Letter.update(
        {
            Letter.state: LetterState.WAITING if again else LetterState.FAILED,
            Letter.due: again or letter.due,
            Letter.claimed_until: None,
            Letter.tries: letter.tries + 1,
            Letter.error: error[:500],
        }
    ).where(Letter.id == letter.id, Letter.state == LetterState.WAITING)
