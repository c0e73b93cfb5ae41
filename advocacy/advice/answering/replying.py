"""Somebody of the house answers, or asks back. Two at once: the second sees the first."""

from dataclasses import replace
from datetime import datetime

from advocacy import database
from advocacy.advice import mails, queries, rules
from advocacy.advice.asking.owning import heal
from advocacy.advice.asking.taking_in import language_in, move
from advocacy.advice.forms import Reply
from advocacy.advice.rules import MessageKind
from advocacy.advice.tables import Enquiry, EnquiryMessage, EnquiryTranslation
from advocacy.history.actions import record
from advocacy.mail.actions import post
from advocacy.mail.letters import Attachment
from advocacy.municipalities.tables import Contact
from advocacy.people.tables import Person

ACTS = {MessageKind.ANSWER: "question answered", MessageKind.BACK: "question asked back"}


async def answer(
    enquiry_id: int,
    reply: Reply,
    *,
    by: Person,
    channel: str = "web",
    files: tuple[Attachment, ...] = (),
    now: datetime,
) -> int:
    """It leaves at once, to who asked. Outdated: something was added since the page was opened."""
    return await _say(
        enquiry_id, MessageKind.ANSWER, reply, by=by, channel=channel, files=files, now=now
    )


async def ask_back(enquiry_id: int, reply: Reply, *, by: Person, now: datetime) -> int:
    return await _say(enquiry_id, MessageKind.BACK, reply, by=by, channel="web", now=now)


async def _say(
    enquiry_id: int,
    kind: MessageKind,
    reply: Reply,
    *,
    by: Person,
    channel: str,
    files: tuple[Attachment, ...] = (),
    now: datetime,
) -> int:
    async with database.transaction():
        await database.one_at_a_time(f"enquiry/{enquiry_id}")
        thread = await queries.thread(enquiry_id, by=by)
        rules.check_seen(reply.seen, thread.last)
        enquiry = thread.stored
        await heal(enquiry, now=now)
        number = await queries.last_number(enquiry.id) + 1
        language = language_in(reply.text, by.language)
        message = EnquiryMessage(
            enquiry=enquiry.id, number=number, kind=kind, text=reply.text, language=language,
            author=by.name, person=by.id, channel=channel, at=now,
        )  # fmt: skip
        await message.save()
        if reply.translation and language != enquiry.language:
            await EnquiryTranslation(
                message=message.id, language=enquiry.language, text=reply.translation,
                person=by.id, at=now,
            ).save()  # fmt: skip
        await move(enquiry, kind, words=reply.text, now=now)
        await record(
            _act(kind), kind="enquiry", object=enquiry.id, by=by, now=now,
            details={"number": number, "channel": channel},
        )  # fmt: skip
        await _follow(enquiry)
        if enquiry.email:
            said = reply.translation if language != enquiry.language else ""
            letter = mails.answered(enquiry, message, by, translation=said, asked=thread.asked)
            await post(replace(letter, attachments=files), now=now)
    return number


async def _follow(enquiry: Enquiry) -> None:
    """To where the contact is reached today: their address may have been put right meanwhile."""
    contact = await Contact.objects().where(Contact.id == (enquiry.contact or 0)).first()
    if contact is not None and contact.email and contact.email != enquiry.email:
        await Enquiry.update({Enquiry.email: contact.email}).where(Enquiry.id == enquiry.id)
        enquiry.email = contact.email


def _act(kind: MessageKind) -> str:
    return ACTS[kind]
