"""An answer that helps others: drafted from a question, put into words for everybody, published."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # columns of joined tables

from advocacy import database
from advocacy.advice import queries, rules
from advocacy.advice.forms import Told
from advocacy.advice.publishing import published
from advocacy.advice.publishing.published import Whole
from advocacy.advice.queries import Thread
from advocacy.advice.rules import AnswerState, MessageKind
from advocacy.advice.tables import Enquiry, EnquiryMessage, GoodAnswer, GoodAnswerText
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Invalid, Message, NotAllowed, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.municipalities.tables import Contact
from advocacy.people.rules import LANGUAGES
from advocacy.people.tables import Person
from advocacy.settings import settings
from advocacy.translator import NoTranslation, translator
from feeds.reading import search_text

MEANWHILE = Message("This answer has changed meanwhile: please look at it again")
LOOK_AGAIN = Message("Look once more at what tells who asked")
NOT_YOURS = Message("Only the secretariat and coordinators publish answers")


async def draft(enquiry_id: int, *, by: Person, now: datetime) -> GoodAnswer:
    """From the question and our last answer to it. One question gives one: a second time returns
    it. Invalid where nobody has answered yet.
    """
    if not rules.may_publish(by.role):
        raise NotAllowed(NOT_YOURS)
    async with database.transaction():
        await database.one_at_a_time(f"enquiry/{enquiry_id}")
        thread = await queries.thread(enquiry_id, by=by)
        known = await GoodAnswer.objects().where(GoodAnswer.enquiry == enquiry_id).first()
        if known is not None:
            return known
        answers = [each for each in thread.said if each.kind is MessageKind.ANSWER]
        if not answers:
            raise Invalid({"answer": Message("Answer the question first")})
        language = answers[-1].language or by.language
        made = GoodAnswer(
            enquiry=enquiry_id, dossier=thread.stored.dossier, language=language,
            topics=await _topics(thread.stored.dossier), state=AnswerState.DRAFT, person=by.id,
            created=now,
        )  # fmt: skip
        await made.save()
        told = Told(_asked_in(thread, language), answers[-1].text)
        await _write(made.id, language, told, by=by, engine="", now=now)
        await record(
            "good answer drafted", kind="good answer", object=made.id, by=by, now=now,
            details={"enquiry": enquiry_id},
        )  # fmt: skip
    return made


async def _topics(dossier: int | None) -> str:
    """What the news tell it to whom for: those of its dossier."""
    row = await Dossier.select(Dossier.topics).where(Dossier.id == (dossier or 0)).first()
    return row["topics"] if row else ""


def _asked_in(thread: Thread, language: str) -> str:
    """What was asked, in this language where a translation is there."""
    asked = [each for each in thread.said if each.kind is MessageKind.QUESTION]
    words = [
        each.translations[language].text if language in each.translations else each.text
        for each in asked
    ]
    return "\n\n".join(each for each in words if each)


async def save_text(
    answer_id: int, language: str, told: Told, *, shown: str, by: Person, now: datetime
) -> None:
    """In one language; a machine's draft is checked by saving it. `shown`: the stamp of the text
    on the page. Outdated: somebody saved another one meanwhile.
    """
    if language not in LANGUAGES:
        raise Invalid({"language": Message("Choose one of the five languages")})
    async with database.transaction():
        await database.one_at_a_time(f"good-answer/{answer_id}")
        whole = await _mine(answer_id, by)
        there = whole.texts.get(language)
        if there is not None and (there.question, there.answer, there.engine) == (
            told.question, told.answer, "",
        ):  # fmt: skip
            return
        if stamp_of(there) != shown:
            theirs = f"{there.question}\n\n{there.answer}" if there else ""
            raise Outdated(MEANWHILE, theirs=theirs, mine=f"{told.question}\n\n{told.answer}")
        await _check_readable(whole, language, told)
        await _write(answer_id, language, told, by=by, engine="", now=now)
        await record(
            "good answer changed", kind="good answer", object=answer_id, by=by, now=now,
            details={"language": language},
        )  # fmt: skip


async def _check_readable(whole: Whole, language: str, told: Told) -> None:
    """What everybody reads already gives away no more than somebody has looked at."""
    if whole.stored.state != AnswerState.PUBLISHED:
        return
    names = await _names(whole.stored.enquiry)
    there = whole.texts.get(language)
    looked_at = rules.gives_away(f"{there.question}\n{there.answer}", names) if there else []
    if set(rules.gives_away(f"{told.question}\n{told.answer}", names)) - set(looked_at):
        raise Invalid({"answer": LOOK_AGAIN})


def stamp_of(text: GoodAnswerText | None) -> str:
    return text.at.isoformat() if text else ""


async def draft_by_machine(answer_id: int, language: str, *, by: Person, now: datetime) -> None:
    """From the language in which it was written; nobody reads it before somebody has saved it."""
    machine = translator(settings())
    if machine is None:
        raise Invalid({"language": Message("No machine is set that translates")})
    whole = await _mine(answer_id, by)
    original = whole.texts.get(whole.stored.language)
    if language not in LANGUAGES or language in whole.texts or original is None:
        return
    try:  # outside the transaction: it may take a minute
        question, answer = await machine.translate(
            [original.question, original.answer], whole.stored.language, language
        )
    except NoTranslation as error:
        raise Invalid({"language": error.message}) from None
    async with database.transaction():
        await database.one_at_a_time(f"good-answer/{answer_id}")
        if language not in (await _mine(answer_id, by)).texts:
            told = Told(question, answer)
            await _write(answer_id, language, told, by=None, engine=machine.name, now=now)
            await record(
                "good answer changed", kind="good answer", object=answer_id, by=by, now=now,
                details={"language": language, "engine": machine.name},
            )  # fmt: skip


async def _write(
    answer_id: int, language: str, told: Told, *, by: Person | None, engine: str, now: datetime
) -> None:
    row = GoodAnswerText(
        good_answer=answer_id, language=language, question=told.question, answer=told.answer,
        person=by.id if by else None, engine=engine[:60], at=now,
        search_text=search_text(f"{told.question} {told.answer}", language=language),
    )  # fmt: skip
    await GoodAnswerText.insert(row).on_conflict(
        target=(GoodAnswerText.good_answer, GoodAnswerText.language),
        action="DO UPDATE",
        values=[
            GoodAnswerText.question, GoodAnswerText.answer, GoodAnswerText.person,
            GoodAnswerText.engine, GoodAnswerText.at, GoodAnswerText.search_text,
        ],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """What in one language tells who asked, as it stands in the text."""

    language: str
    words: Sequence[str]


async def given_away(whole: Whole) -> list[Given]:
    """In every language that would be published."""
    names = await _names(whole.stored.enquiry)
    found = [
        Given(language, rules.gives_away(f"{text.question}\n{text.answer}", names))
        for language, text in sorted(whole.texts.items())
        if not text.engine
    ]
    return [each for each in found if each.words]


async def _names(enquiry_id: int | None) -> list[str]:
    """Of the municipality, its code, and of all its people that we know or that wrote."""
    enquiry: Any = await database.with_referred(
        Enquiry.objects().where(Enquiry.id == (enquiry_id or 0)).first(), Enquiry.municipality
    )
    if enquiry is None:
        return []
    wrote = await EnquiryMessage.select(EnquiryMessage.author).where(
        EnquiryMessage.enquiry == enquiry.id, EnquiryMessage.kind == MessageKind.QUESTION
    )
    authors = [row["author"].partition("‹")[0] for row in wrote]  # without their address
    names = [enquiry.asker, *(each for each in authors if "@" not in each)]
    member = enquiry.municipality
    if member is not None:
        people = await Contact.select(Contact.name).where(Contact.municipality == member.id)
        names += [member.name, member.code, *(row["name"] for row in people)]
    return [each for each in names if each]


async def publish(answer_id: int, *, sure: bool, by: Person, now: datetime) -> int:
    """For everybody. Returns the event, which can be undone.

    Invalid: a language that its readers need is missing or only a machine's draft; or a text names
    somebody and nobody has said that this is meant (`sure`).
    """
    async with database.transaction():
        await database.one_at_a_time(f"good-answer/{answer_id}")
        whole = await _mine(answer_id, by)
        missing = rules.missing_texts(await published.needed(whole.stored), whole.checked)
        if missing:
            raise Invalid(
                {"languages": Message("Some languages that its readers need are missing")}
            )
        if not sure and await given_away(whole):
            raise Invalid({"sure": LOOK_AGAIN})
        await _turn(answer_id, AnswerState.DRAFT, AnswerState.PUBLISHED, at=now)
        return await record(
            "good answer published", kind="good answer", object=answer_id, by=by, now=now,
            dossier=whole.stored.dossier, details={"languages": sorted(whole.checked)},
        )  # fmt: skip


async def take_back(answer_id: int, *, by: Person, now: datetime) -> int:
    """Nobody reads it any more. Returns the event, which can be undone."""
    async with database.transaction():
        await database.one_at_a_time(f"good-answer/{answer_id}")
        whole = await _mine(answer_id, by)
        await _turn(answer_id, AnswerState.PUBLISHED, AnswerState.DRAFT, at=None)
        at = whole.stored.published
        return await record(
            "good answer taken back", kind="good answer", object=answer_id, by=by, now=now,
            dossier=whole.stored.dossier, details={"published": at.isoformat() if at else ""},
        )  # fmt: skip


async def _mine(answer_id: int, by: Person) -> Whole:
    """NotFound for who may not publish, or not see the question behind it."""
    whole = await published.whole(answer_id)
    if not rules.may_publish(by.role):
        raise NotFound(published.NOT_THERE)
    if whole.stored.enquiry is not None:
        await queries.thread(whole.stored.enquiry, by=by)
    return whole


async def _turn(
    answer_id: int, before: AnswerState, after: AnswerState, *, at: datetime | None
) -> None:
    moved = await (
        GoodAnswer.update({GoodAnswer.state: after, GoodAnswer.published: at})
        .where(GoodAnswer.id == answer_id, GoodAnswer.state == before)
        .returning(GoodAnswer.id)
    )
    if not moved:
        raise Outdated(MEANWHILE)


async def undo_published(event: Event, by: Person, now: datetime) -> str:
    async with database.transaction():
        await _turn(event.object, AnswerState.PUBLISHED, AnswerState.DRAFT, at=None)
        await _undone(event, by, now)
    return f"/advice/answers/{event.object}"


async def undo_taken_back(event: Event, by: Person, now: datetime) -> str:
    stood = json.loads(event.details)["published"]
    at = datetime.fromisoformat(stood) if stood else now
    async with database.transaction():
        await database.one_at_a_time(f"good-answer/{event.object}")
        whole = await published.whole(event.object)
        if any(text.at > event.at for text in whole.texts.values()):
            raise Outdated(MEANWHILE)  # nobody has looked at it as it is now
        await _turn(event.object, AnswerState.DRAFT, AnswerState.PUBLISHED, at=at)
        await _undone(event, by, now)
    return f"/advice/answers/{event.object}"


async def _undone(event: Event, by: Person, now: datetime) -> None:
    await record(
        "undone", kind="good answer", object=event.object, by=by, now=now, dossier=event.dossier,
        undoes=event.id, details={"action": event.action},
    )  # fmt: skip
