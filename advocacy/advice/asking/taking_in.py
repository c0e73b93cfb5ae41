"""A question comes in, or more words about one.

who asks → whose it is → the words as they came → history → a receipt, and a letter to the owner
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from piccolo.query.functions import Lower

from advocacy import database
from advocacy.advice import mails, queries, rules
from advocacy.advice.asking.about import title_of
from advocacy.advice.asking.owning import heal, owner_of
from advocacy.advice.forms import LONGEST_NAME, LONGEST_SUBJECT, NewQuestion
from advocacy.advice.rules import EnquiryState, MessageKind
from advocacy.advice.tables import Enquiry, EnquiryMessage
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Message, NotAllowed, Outdated
from advocacy.history.actions import record
from advocacy.mail.actions import post
from advocacy.mail.tables import Letter
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.tables import Person
from advocacy.people.tokens import hashed
from feeds.reading import search_text
from feeds.reading.language import detect

NOBODY = Message("Nobody of the house is there to take this question. Please ring the office.")
RECEIPTS_A_DAY = 5
DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Asker:
    """`municipality` None: nobody knows yet who asks. `sure` False: nothing but the mail itself, or
    what they typed, says that the address is theirs, so none of their words are sent back to it.
    """

    name: str
    email: str
    language: str
    municipality: Municipality | None = None
    contact: Contact | None = None
    sure: bool = True

    @property
    def known_as(self) -> str:
        """In the history: the municipality, else as they name themselves."""
        return self.municipality.name if self.municipality else self.name or self.email


async def ask(
    new: NewQuestion,
    asker: Asker,
    *,
    dossier: int | None = None,
    project: int | None = None,
    channel: str = "web",
    by: Person | None = None,
    quiet: bool = False,
    now: datetime,
) -> Enquiry:
    """`by`: somebody of the house who wrote down what was asked by phone. `quiet`: no receipt.

    NotAllowed where nobody of the house is active.
    """
    async with database.transaction():
        owner = await owner_of(asker.municipality, dossier)
        if owner is None:
            raise NotAllowed(NOBODY)
        enquiry = Enquiry(
            municipality=asker.municipality.id if asker.municipality else None,
            contact=asker.contact.id if asker.contact else None,
            asker=asker.name[:LONGEST_NAME],
            email=asker.email,
            language=asker.language,
            subject=new.subject[:LONGEST_SUBJECT],
            dossier=dossier,
            project=project,
            state=EnquiryState.OPEN,
            owner=owner.id,
            opened=now,
            waits_since=now,
            changed=now,
            search_text=found_by(asker.known_as, new.subject, new.text, language=asker.language),
        )
        await enquiry.save()
        enquiry.token_hash = hashed(queries.token_of(enquiry.id))
        await enquiry.save([Enquiry.token_hash])
        message = await first_words(enquiry, new.text, asker.known_as, channel, by=by, now=now)
        await record(
            "question asked", kind="enquiry", object=enquiry.id, by=by or asker.known_as, now=now,
            details={"subject": new.subject, "channel": channel, "owner": owner.id},
        )  # fmt: skip
        if not quiet and await _may_write(enquiry.email, now=now):
            about = await about_of(dossier) or await title_of(project, asker.language, now=now)
            await post(
                mails.receipt(enquiry, message, owner, quoting=asker.sure, about=about), now=now
            )
        await tell_owner(enquiry, message, owner, but=by, now=now)
    return enquiry


async def first_words(
    enquiry: Enquiry, text: str, author: str, channel: str, *, by: Person | None, now: datetime
) -> EnquiryMessage:
    message = EnquiryMessage(
        enquiry=enquiry.id, number=1, kind=MessageKind.QUESTION, text=text,
        language=language_in(text, enquiry.language), author=author, channel=channel,
        person=by.id if by else None, at=now,
    )  # fmt: skip
    await message.save()
    return message


def language_in(text: str, own: str) -> str:
    """As it was detected, else that of the municipality: a few words say too little."""
    return detect(text, declared=own) or own


def found_by(*words: str, language: str) -> str:
    return search_text(" ".join(words), language=language)


async def about_of(dossier: int | None) -> str:
    row = await Dossier.select(Dossier.number, Dossier.title).where(Dossier.id == dossier).first()
    return f"{row['title']} [{row['number']}]" if row else ""


async def _may_write(address: str, *, now: datetime) -> bool:
    """Two machines that answer each other soon stop."""
    if not address:
        return False
    written = await Letter.count().where(
        Lower(Letter.recipient) == address.lower(),
        Letter.kind == "enquiry_receipt",
        Letter.created > now - DAY,
    )
    return bool(written < RECEIPTS_A_DAY)


async def tell_owner(
    enquiry: Enquiry,
    message: EnquiryMessage,
    owner: Person,
    *,
    but: Person | None,
    from_whom: str = "",
    now: datetime,
) -> None:
    """A letter to who has it in hand. Who did it themselves (`but`) knows; and of somebody whom
    nobody knows only the page of the secretariat tells, or spam would write letters.
    """
    if (but is not None and but.id == owner.id) or (enquiry.municipality is None and not from_whom):
        return
    row = await Municipality.select(Municipality.name).where(
        Municipality.id == enquiry.municipality
    ).first()  # fmt: skip
    name = row["name"] if row else ""
    await post(
        mails.at_desk(enquiry, message, owner, municipality=name, from_whom=from_whom), now=now
    )


async def add_words(
    enquiry_id: int,
    text: str,
    *,
    author: str = "",
    channel: str = "web",
    by: Person | None = None,
    now: datetime,
) -> EnquiryMessage:
    """The municipality writes more, whatever the state was: the question is open again.

    The same words once more are the message that is there, while it waits. `author`: as shown;
    empty: as the question names the asker.
    """
    async with database.transaction():
        await database.one_at_a_time(f"enquiry/{enquiry_id}")
        thread = await queries.whole(enquiry_id)
        enquiry = thread.stored
        last = thread.said[-1]
        is_repeat = last.kind is MessageKind.QUESTION and last.text == text
        if is_repeat and enquiry.state == EnquiryState.OPEN:
            return await EnquiryMessage.objects().get(EnquiryMessage.id == last.id)  # type: ignore[return-value]
        await heal(enquiry, now=now)
        number = await queries.last_number(enquiry.id) + 1
        shown = author or thread.row.municipality or enquiry.asker or enquiry.email
        message = EnquiryMessage(
            enquiry=enquiry.id, number=number, kind=MessageKind.QUESTION, text=text,
            language=language_in(text, enquiry.language), author=shown, channel=channel,
            person=by.id if by else None, at=now,
        )  # fmt: skip
        await message.save()
        await move(enquiry, MessageKind.QUESTION, words=text, now=now)
        await record(
            "question continued", kind="enquiry", object=enquiry.id, by=by or shown, now=now,
            details={"number": number, "channel": channel},
        )  # fmt: skip
        owner = await Person.objects().where(Person.id == enquiry.owner).first()
        if owner is not None:
            await tell_owner(enquiry, message, owner, but=by, now=now)
    return message


async def move(enquiry: Enquiry, kind: MessageKind, *, words: str = "", now: datetime) -> None:
    """After a message of this kind. Changes the row, and `enquiry` as it stands in memory."""
    before = EnquiryState(enquiry.state)
    after = rules.state_after(kind, before)
    since = rules.waits_since(kind, enquiry.waits_since, state=before, now=now)
    found = enquiry.search_text
    if words:
        found = f"{found} {found_by(words, language=enquiry.language)}"
    moved = await (
        Enquiry.update(
            {
                Enquiry.state: after,
                Enquiry.waits_since: since,
                Enquiry.changed: now,
                Enquiry.closed: enquiry.closed if after is EnquiryState.CLOSED else None,
                Enquiry.search_text: found,
            }
        )
        .where(Enquiry.id == enquiry.id, Enquiry.state == before, Enquiry.owner == enquiry.owner)
        .returning(Enquiry.id)
    )
    if not moved:
        raise Outdated(rules.MEANWHILE)
    enquiry.state, enquiry.waits_since, enquiry.changed = after, since, now
    enquiry.search_text = found
