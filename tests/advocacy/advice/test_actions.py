"""A question from its first word to its end. On both databases."""

from datetime import datetime, timedelta

import pytest

from advocacy.advice import actions, queries
from advocacy.advice.asking.taking_in import Asker
from advocacy.advice.forms import Handing, NewQuestion, Place, Reply, Translated
from advocacy.advice.tables import Enquiry, EnquiryMessage, EnquiryTranslation
from advocacy.calls.answering.contributing import contribute
from advocacy.calls.queries import invitation
from advocacy.calls.rules import Stance
from advocacy.errors import Invalid, NotFound, Outdated
from advocacy.history.tables import Event
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.undoing.actions import undo
from tests.advocacy.advice import questions
from tests.advocacy.calls import story
from tests.characters import ana, eva, giulia, luca, maja, presidency

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


async def test_who_asks_has_a_receipt_and_the_coordinator_a_letter(now: datetime):
    enquiry = await questions.asked(now)
    assert (enquiry.state, enquiry.owner) == ("open", (await maja(now)).id)
    [receipt] = await questions.letters("enquiry_receipt")
    assert (receipt.recipient, receipt.language) == ("office@si-07.example", "sl")
    assert questions.TEXT in receipt.text
    assert queries.link_of(enquiry.id) in receipt.text
    [told] = await questions.letters("enquiry_desk")
    assert told.recipient == "maja.vzorec@alpennetz.example"
    assert questions.TEXT in told.text
    [event] = await Event.objects().where(Event.action == "question asked")
    assert event.who == "Vzorčna vas"


async def test_only_the_hash_of_the_link_is_kept(now: datetime):
    enquiry = await questions.asked(now)
    token = queries.token_of(enquiry.id)
    assert token not in str((await questions.fresh(enquiry)).to_dict())
    assert (await queries.by_token(token)).stored.id == enquiry.id
    for wrong in ("", "x" * 43, token[:-1]):
        with pytest.raises(NotFound):
            await queries.by_token(wrong)


async def test_an_answer_goes_to_who_asked_with_the_question_beneath(now: datetime):
    enquiry = await questions.asked(now)
    later = now + timedelta(hours=5)
    reply = await questions.reply(enquiry, "Da, z nočno ogrado in psom.")
    await actions.answer(enquiry.id, reply, by=await maja(now), now=later)
    after = await questions.fresh(enquiry)
    assert (after.state, after.waits_since, after.changed) == ("answered", None, later)
    [letter] = await questions.letters("enquiry_answer")
    assert letter.recipient == "office@si-07.example"
    assert letter.text.index("z nočno ogrado") < letter.text.index(questions.TEXT)


async def test_in_another_language_the_translation_comes_first_and_the_original_stays(
    now: datetime,
):
    enquiry = await questions.asked(now)
    said = "Ja, mit einem Nachtpferch und einem Hund, der bei der Herde bleibt."
    reply = await questions.reply(enquiry, said, translation="Da, z nočno ogrado.")
    await actions.answer(enquiry.id, reply, by=await ana(now), now=now)
    [letter] = await questions.letters("enquiry_answer")
    assert letter.text.index("Da, z nočno ogrado.") < letter.text.index(said)
    message = (await queries.messages_of(enquiry.id))[-1]
    assert (message.text, message.language) == (said, "de")
    assert message.translations["sl"].text == "Da, z nočno ogrado."


async def test_asked_back_it_waits_for_the_municipality_until_that_writes(now: datetime):
    enquiry = await questions.asked(now)
    reply = await questions.reply(enquiry, "Koliko ovac imate?")
    await actions.ask_back(enquiry.id, reply, by=await maja(now), now=now)
    after = await questions.fresh(enquiry)
    assert (after.state, after.waits_since) == ("waiting", None)
    later = now + timedelta(days=2)
    await actions.add_words(enquiry.id, "Štirideset.", now=later)
    after = await questions.fresh(enquiry)
    assert (after.state, after.waits_since) == ("open", later)


async def test_the_same_words_twice_are_one_message(now: datetime):
    enquiry = await questions.asked(now)
    for _ in range(2):
        await actions.add_words(enquiry.id, "In še to.", now=now)
    assert await EnquiryMessage.count() == 2
    assert len(await questions.letters("enquiry_desk")) == 2


async def test_what_is_added_to_a_closed_question_opens_it(now: datetime):
    enquiry = await questions.asked(now)
    await actions.close(enquiry.id, seen=1, by=await maja(now), now=now)
    await actions.add_words(enquiry.id, "Vendarle še nekaj.", now=now)
    after = await questions.fresh(enquiry)
    assert (after.state, after.closed) == ("open", None)


async def test_handed_over_the_thread_goes_along_with_a_note_that_only_the_house_reads(
    now: datetime,
):
    enquiry = await questions.asked(now)
    member, *_ = await presidency(now)
    note = "Das ist eine politische Frage."
    await actions.hand_over(enquiry.id, Handing(member.id, note, 1), by=await maja(now), now=now)
    thread = await queries.thread(enquiry.id, by=member)
    assert [each.text for each in thread.said] == [questions.TEXT, note]
    assert [each.text for each in thread.shown_to_asker] == [questions.TEXT]
    assert (thread.row.state, thread.row.waits_since) == ("open", now)
    told = (await questions.letters("enquiry_desk"))[-1]
    assert (told.recipient, note in told.text) == (member.email, True)
    await actions.answer(enquiry.id, Reply("Oui.", "", 2), by=member, now=now)


async def test_who_may_not_see_it_may_do_nothing_with_it(now: datetime):
    enquiry = await questions.asked(now)
    member, *_ = await presidency(now)
    for by in (await giulia(now), await eva(now), member):
        with pytest.raises(NotFound):
            await queries.thread(enquiry.id, by=by)
        with pytest.raises(NotFound):
            await actions.answer(enquiry.id, Reply("x", "", 1), by=by, now=now)
        with pytest.raises(NotFound):
            await actions.hand_over(enquiry.id, Handing(by.id, "", 1), by=by, now=now)
        with pytest.raises(NotFound):
            await actions.close(enquiry.id, seen=1, by=by, now=now)
    assert await EnquiryMessage.count() == 1


async def test_handing_over_and_closing_are_undone(now: datetime):
    enquiry = await questions.asked(now)
    by, to = await maja(now), await ana(now)
    event = await actions.hand_over(enquiry.id, Handing(to.id, "", 1), by=by, now=now)
    await undo(event, by=by, now=now)
    assert (await questions.fresh(enquiry)).owner == by.id
    stopped = (await questions.letters("enquiry_desk"))[-1]
    assert (stopped.recipient, stopped.state) == (to.email, LetterState.STOPPED)
    event = await actions.close(enquiry.id, seen=2, by=by, now=now + timedelta(hours=1))
    await undo(event, by=by, now=now + timedelta(hours=2))
    after = await questions.fresh(enquiry)
    assert (after.state, after.waits_since, after.closed) == ("open", now, None)


async def test_what_was_handed_on_is_not_taken_back(now: datetime):
    enquiry = await questions.asked(now)
    by, ana_, luca_ = await maja(now), await ana(now), await luca(now)
    event = await actions.hand_over(enquiry.id, Handing(ana_.id, "", 1), by=by, now=now)
    await actions.hand_over(enquiry.id, Handing(luca_.id, "", 2), by=ana_, now=now)
    with pytest.raises(Outdated):
        await undo(event, by=ana_, now=now)
    assert (await questions.fresh(enquiry)).owner == luca_.id


async def test_somebody_unknown_asks_the_secretariat_in_whatever_language(now: datetime):
    await questions.people(now)
    asker = Asker("", "x@y.example", "de", sure=False)
    new = NewQuestion("Kérdés", "Szabad-e a juhokat éjszaka a havason hagyni pásztor nélkül?")
    enquiry = await actions.ask(new, asker, channel="mail", now=now)
    assert (enquiry.owner, enquiry.municipality) == ((await ana(now)).id, None)
    [receipt] = await questions.letters("enquiry_receipt")
    assert "juhokat" not in receipt.text
    assert await questions.letters("enquiry_desk") == []


async def test_told_which_municipality_asks_it_goes_to_who_looks_after_that(now: datetime):
    await questions.asker(now)
    await questions.people(now)
    there = await questions.dossier(now)
    asker = Asker("Janez", "office@si-07.example", "sl", sure=False)
    enquiry = await actions.ask(NewQuestion("Ovce", "Ali smemo?"), asker, now=now)
    place = Place("si-07", "2026-014", "Ovce ponoči")
    await actions.put(enquiry.id, place, by=await ana(now), now=now)
    after = await questions.fresh(enquiry)
    assert (after.owner, after.dossier) == ((await maja(now)).id, there.id)
    assert after.contact is not None
    [told] = await questions.letters("enquiry_desk")
    assert told.recipient == "maja.vzorec@alpennetz.example"


async def test_a_place_that_is_not_there_is_named(now: datetime):
    enquiry = await questions.asked(now)
    with pytest.raises(Invalid) as refused:
        await actions.put(enquiry.id, Place("XX-1", "2026-999", "x"), by=await ana(now), now=now)
    assert set(refused.value.fields) == {"code", "dossier"}
    with pytest.raises(Invalid):
        await actions.put(enquiry.id, Place("", "", "x"), by=await ana(now), now=now)


async def test_a_translation_stands_beside_the_original_and_is_mended(now: datetime):
    enquiry = await questions.asked(now)
    for text in ("Dürfen wir?", "Dürfen wir?", "Dürfen Schafe nachts bleiben?"):
        said = Translated(1, "de", text)
        await actions.translate(enquiry.id, said, by=await ana(now), now=now)
    [row] = await EnquiryTranslation.objects()
    assert row.text == "Dürfen Schafe nachts bleiben?"
    assert (await queries.messages_of(enquiry.id))[0].text == questions.TEXT
    assert await Event.count().where(Event.action == "question translated") == 2
    with pytest.raises(Invalid):
        await actions.draft_by_machine(enquiry.id, 1, "fr", by=await ana(now), now=now)


async def about_call(now: datetime, text: str = "Zahtevamo odstrel volkov.") -> Enquiry:
    await story.opened(now)
    asked = await story.invitation("SI-07")
    personal = await invitation(asked.id)
    contact = await questions.contact(personal.municipality)
    asker = Asker(contact.name, contact.email, "sl", personal.municipality, contact)
    return await actions.ask(
        NewQuestion("Volkovi", text), asker, dossier=personal.whole.dossier.id, now=now
    )


async def test_what_is_really_a_position_becomes_an_answer_to_the_call(now: datetime):
    enquiry = await about_call(now)
    by = await maja(now)
    made = await actions.become(enquiry.id, Stance.NO, seen=1, by=by, now=now)
    version = (await invitation((await story.invitation("SI-07")).id)).version
    assert version is not None
    assert (version.text, version.stance, version.person) == (
        "Zahtevamo odstrel volkov.", "no", by.id,
    )  # fmt: skip
    after = await questions.fresh(enquiry)
    assert (after.state, after.contribution) == ("closed", made.id)
    [receipt] = await questions.letters("receipt")
    assert receipt.recipient == "office@si-07.example"
    with pytest.raises(Invalid, match="already"):
        await actions.become(enquiry.id, Stance.NO, seen=1, by=by, now=now)


async def test_the_words_of_an_answer_that_stands_are_kept_before_it(now: datetime):
    enquiry = await about_call(now)
    asked = await story.invitation("SI-07")
    await contribute(asked.id, story.answer(), now=now)
    await actions.become(enquiry.id, Stance.NOT_STATED, seen=1, by=await maja(now), now=now)
    version = (await invitation(asked.id)).version
    assert version is not None
    assert (version.number, version.stance) == (2, "partly")
    assert version.text == "Imamo 14 planin.\n\nZahtevamo odstrel volkov."


async def test_why_it_cannot_become_an_answer_is_said(now: datetime):
    enquiry = await about_call(now)
    by = await maja(now)
    await contribute((await story.invitation("SI-07")).id, story.answer(), now=now)
    with pytest.raises(Invalid, match="deadline for answers is over"):
        await actions.become(
            enquiry.id, Stance.NO, seen=1, by=by, now=story.UNTIL + timedelta(days=1)
        )
    free = await questions.asked(now)
    with pytest.raises(Invalid, match="belongs to no dossier"):
        await actions.become(free.id, Stance.NO, seen=1, by=by, now=now)


async def test_when_a_letter_cannot_be_written_nothing_has_happened(
    now: datetime, monkeypatch: pytest.MonkeyPatch
):
    enquiry = await questions.asked(now)
    letters = await Letter.count()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no paper")

    monkeypatch.setattr("advocacy.advice.mails.write", broken)
    with pytest.raises(RuntimeError):
        await actions.answer(enquiry.id, Reply("Da.", "", 1), by=await maja(now), now=now)
    with pytest.raises(RuntimeError):
        await actions.ask(NewQuestion("x", "y"), await questions.asker(now), now=now)
    assert await Enquiry.count() == 1
    assert await EnquiryMessage.count() == 1
    assert await Letter.count() == letters
    assert (await questions.fresh(enquiry)).state == "open"
