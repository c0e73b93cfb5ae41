"""What a message says in another language: by hand, or a machine's draft. The original stays."""

from datetime import datetime

from advocacy import database
from advocacy.advice import queries
from advocacy.advice.forms import Translated
from advocacy.advice.queries import Said, Thread
from advocacy.advice.tables import EnquiryTranslation
from advocacy.errors import Invalid, Message, NotFound
from advocacy.history.actions import record
from advocacy.people.rules import LANGUAGES
from advocacy.people.tables import Person
from advocacy.settings import settings
from advocacy.translator import NoTranslation, translator

NO_MACHINE = Message("No machine is set that translates")


async def translate(enquiry_id: int, said: Translated, *, by: Person, now: datetime) -> None:
    """By hand; over a machine's draft or an earlier translation. The same words change nothing."""
    async with database.transaction():
        await database.one_at_a_time(f"enquiry/{enquiry_id}")
        thread = await queries.thread(enquiry_id, by=by)
        message = _message(thread, said.message)
        if message.language == said.language:
            raise Invalid({"language": Message("This is the language in which it was written")})
        known = message.translations.get(said.language)
        if known is not None and known.text == said.text and not known.engine:
            return
        await _keep(message.id, said.language, said.text, by=by, engine="", now=now)
        await record(
            "question translated", kind="enquiry", object=enquiry_id, by=by, now=now,
            details={"number": said.message, "language": said.language},
        )  # fmt: skip


async def draft_by_machine(
    enquiry_id: int, number: int, language: str, *, by: Person, now: datetime
) -> None:
    """A draft that says so. What somebody has written stays. Invalid: the machine is not there, or
    does not know the language.
    """
    machine = translator(settings())
    if machine is None:
        raise Invalid({"language": NO_MACHINE})
    message = _message(await queries.thread(enquiry_id, by=by), number)
    if language not in LANGUAGES or message.language not in LANGUAGES:
        raise Invalid({"language": Message("Choose one of the five languages")})
    if language == message.language or language in message.translations or not message.text:
        return
    try:  # outside the transaction: it may take a minute
        [text] = await machine.translate([message.text], message.language, language)
    except NoTranslation as error:
        raise Invalid({"language": error.message}) from None
    async with database.transaction():
        await database.one_at_a_time(f"enquiry/{enquiry_id}")
        message = _message(await queries.thread(enquiry_id, by=by), number)
        if language not in message.translations:
            await _keep(message.id, language, text, by=None, engine=machine.name, now=now)
            await record(
                "question translated", kind="enquiry", object=enquiry_id, by=by, now=now,
                details={"number": number, "language": language, "engine": machine.name},
            )  # fmt: skip


def _message(thread: Thread, number: int) -> Said:
    found = next((each for each in thread.said if each.number == number), None)
    if found is None:
        raise NotFound("There is no such message")
    return found


async def _keep(
    message: int, language: str, text: str, *, by: Person | None, engine: str, now: datetime
) -> None:
    row = EnquiryTranslation(
        message=message, language=language, text=text, person=by.id if by else None,
        engine=engine[:60], at=now,
    )  # fmt: skip
    await EnquiryTranslation.insert(row).on_conflict(
        target=(EnquiryTranslation.message, EnquiryTranslation.language),
        action="DO UPDATE",
        values=[
            EnquiryTranslation.text, EnquiryTranslation.person,
            EnquiryTranslation.engine, EnquiryTranslation.at,
        ],
    )  # fmt: skip
