import asyncio
import json
from base64 import b64decode
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from advocacy.calls import actions, queries
from advocacy.calls.rules import InvitationState, Stance
from advocacy.calls.tables import Contribution, ContributionVersion, Invitation
from advocacy.errors import Invalid, NotAllowed, Outdated
from advocacy.history.queries import first_broken
from advocacy.mail.tables import Letter
from advocacy.municipalities.tables import Contact, Municipality
from tests.advocacy.calls import story
from tests.characters import maja
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio
LATE = story.UNTIL + timedelta(hours=1)


async def receipts() -> list[str]:
    rows = await Letter.select(Letter.key).where(Letter.kind == "receipt").order_by(Letter.id)
    return [row["key"] for row in rows]


async def test_an_answer_is_kept_in_its_own_words_with_a_receipt(db: str, now: datetime):
    await story.opened(now)
    invitation = await story.invitation("SI-07")
    made = await actions.contribute(invitation.id, story.answer(), now=now)
    version = await ContributionVersion.objects().first()
    assert version is not None
    assert (version.text, version.language, version.stance) == ("Imamo 14 planin.", "sl", "partly")
    assert (await story.invitation("SI-07")).state == InvitationState.ANSWERED
    assert await receipts() == [f"receipt/{made.id}/1"]
    letter = await Letter.objects().where(Letter.kind == "receipt").first()
    assert letter is not None
    assert letter.recipient == "office@si-07.example"
    assert "2026-014-1/SI-07" in letter.subject
    assert "Imamo 14 planin." in letter.text


async def test_the_same_answer_sent_twice_is_one_version_and_one_receipt(db: str, now: datetime):
    await story.opened(now)
    invitation = await story.invitation("SI-07")
    for _ in range(3):
        await actions.contribute(invitation.id, story.answer(), now=now)
    assert await ContributionVersion.count() == 1
    assert len(await receipts()) == 1


async def test_each_change_is_a_version_and_the_earlier_ones_stay(db: str, now: datetime):
    await story.opened(now)
    invitation = await story.invitation("SI-07")
    await actions.contribute(invitation.id, story.answer("Prvič."), now=now)
    made = await actions.contribute(invitation.id, story.answer("Drugič."), now=now)
    rows = await ContributionVersion.select(
        ContributionVersion.number, ContributionVersion.text
    ).order_by(ContributionVersion.number)
    assert rows == [{"number": 1, "text": "Prvič."}, {"number": 2, "text": "Drugič."}]
    assert made.version == 2
    assert await receipts() == [f"receipt/{made.id}/1", f"receipt/{made.id}/2"]


async def test_twenty_answers_at_once_from_one_link_are_twenty_versions(db: str, now: datetime):
    await story.opened(now)
    invitation = await story.invitation("SI-07")
    await asyncio.gather(
        *(
            actions.contribute(invitation.id, story.answer(f"Odgovor {n}"), now=now)
            for n in range(20)
        )
    )
    rows = await ContributionVersion.select(ContributionVersion.number, ContributionVersion.text)
    assert sorted(row["number"] for row in rows) == list(range(1, 21))
    assert {row["text"] for row in rows} == {f"Odgovor {n}" for n in range(20)}
    kept = await Contribution.objects().first()
    assert kept is not None
    assert kept.version == 20
    assert len(await receipts()) == 20
    assert await first_broken() is None


async def test_fifty_municipalities_answer_at_once(db: str, now: datetime):
    call = await story.opened(now)
    contact = await Contact.objects().first()
    assert contact is not None
    for n in range(50):
        member = Municipality(
            code=f"CH-{n}", name=f"Ort {n}", country="CH", language="de", created=now
        )
        await member.save()
        await Invitation(
            call=call.id, municipality=member.id, contact=contact.id, language="de", state="sent"
        ).save()
    rows = await Invitation.select(Invitation.id).where(
        Invitation.municipality.country == "CH"
    )  # fmt: skip
    await asyncio.gather(
        *(actions.contribute(row["id"], story.answer(f"{row['id']}"), now=now) for row in rows)
    )
    said = await ContributionVersion.select(
        ContributionVersion.contribution.invitation.as_alias("invitation"), ContributionVersion.text
    )
    assert {row["invitation"]: row["text"] for row in said} == {
        row["id"]: str(row["id"]) for row in rows
    }
    assert (await queries.coverage(call.id)).whole.answered == 50
    assert await first_broken() is None


async def test_an_answer_at_the_last_instant_counts(db: str, now: datetime):
    await story.opened(now)
    invitation = await story.invitation("SI-07")
    made = await actions.contribute(invitation.id, story.answer(), now=story.UNTIL)
    assert not made.late


async def test_a_late_answer_is_kept_and_marked(db: str, now: datetime):
    await story.opened(now)
    await actions.close_over(LATE)
    invitation = await story.invitation("SI-07")
    made = await actions.contribute(invitation.id, story.answer(), now=LATE)
    assert made.late
    assert await ContributionVersion.count() == 1


async def test_an_answer_given_in_time_stands_after_the_deadline(db: str, now: datetime):
    await story.opened(now)
    invitation = await story.invitation("SI-07")
    await actions.contribute(invitation.id, story.answer("V roku."), now=now)
    with pytest.raises(Invalid):
        await actions.contribute(invitation.id, story.answer("Prepozno."), now=LATE)
    with pytest.raises(Invalid):
        await actions.withdraw(invitation.id, LATE)
    assert await ContributionVersion.select(ContributionVersion.text) == [{"text": "V roku."}]


async def test_before_the_letters_leave_nobody_answers(db: str, now: datetime):
    call = await story.checked(now)
    await actions.launch(call.id, by=await maja(now), now=now)
    invitation = await story.invitation("SI-07")
    with pytest.raises(NotAllowed):
        await actions.contribute(invitation.id, story.answer(), now=now)
    after = now + timedelta(minutes=10)
    await actions.contribute(invitation.id, story.answer(), now=after)
    await actions.open_held(after + timedelta(seconds=5))
    assert (await story.invitation("SI-07")).state == InvitationState.ANSWERED


async def test_a_withdrawn_answer_counts_nowhere_and_is_still_in_the_form(db: str, now: datetime):
    call = await story.opened(now)
    invitation = await story.invitation("SI-07")
    await actions.contribute(invitation.id, story.answer(), now=now)
    await actions.withdraw(invitation.id, now)
    await actions.withdraw(invitation.id, now)
    covered = await queries.coverage(call.id)
    assert (covered.whole.answered, sum(covered.stances.values())) == (0, 0)
    draft = json.loads((await story.invitation("SI-07")).draft)
    assert (draft["text"], draft["stance"]) == ("Imamo 14 planin.", "partly")
    assert await Letter.count().where(Letter.kind == "withdrawn") == 1
    again = await actions.contribute(invitation.id, story.answer(), now=now)
    assert (again.version, again.state) == (2, "given")


async def test_a_draft_is_kept_at_any_hour(db: str, now: datetime):
    await story.opened(now)
    invitation = await story.invitation("SI-07")
    await actions.save_draft(invitation.id, {"text": "Začetek", "_once": "k"}, LATE)
    kept = await story.invitation("SI-07")
    assert json.loads(kept.draft) == {"text": "Začetek"}
    assert (kept.state, kept.draft_saved) == (InvitationState.DRAFTED, LATE)


async def test_an_answer_by_phone_says_so_and_the_municipality_gets_the_receipt(
    db: str, now: datetime
):
    await story.opened(now)
    invitation = await story.invitation("SI-07")
    by = await maja(now)
    await actions.contribute(
        invitation.id, story.answer(), channel="phone", by=by, base_version=0, now=now
    )
    version = await ContributionVersion.objects().first()
    assert version is not None
    assert (version.channel, version.person) == ("phone", by.id)
    letter = await Letter.objects().where(Letter.kind == "receipt").first()
    assert letter is not None
    assert letter.recipient == "office@si-07.example"


async def test_who_answers_by_phone_sees_that_the_municipality_was_faster(db: str, now: datetime):
    await story.opened(now)
    invitation = await story.invitation("SI-07")
    await actions.contribute(invitation.id, story.answer("Sami."), now=now)
    with pytest.raises(Outdated) as error:
        await actions.contribute(
            invitation.id, story.answer("Po telefonu."), channel="phone",
            by=await maja(now), base_version=0, now=now,
        )  # fmt: skip
    assert (error.value.theirs, error.value.mine) == ("Sami.", "Po telefonu.")
    assert await ContributionVersion.count() == 1


async def test_of_two_who_answer_from_one_page_the_later_sees_the_earlier(db: str, now: datetime):
    await story.opened(now)
    invitation = await story.invitation("SI-07")
    outcomes = await asyncio.gather(
        *(
            actions.contribute(invitation.id, story.answer(text), base_version=0, now=now)
            for text in ("Ena.", "Dve.", "Ena.")
        ),
        return_exceptions=True,
    )
    [late] = [each for each in outcomes if isinstance(each, Outdated)]
    assert {late.theirs, late.mine} == {"Ena.", "Dve."}
    assert await ContributionVersion.count() == 1
    await actions.contribute(invitation.id, story.answer(late.mine), base_version=1, now=now)
    said = await ContributionVersion.select(ContributionVersion.text)
    assert {each["text"] for each in said} == {"Ena.", "Dve."}


async def test_withdrawing_and_answering_at_once_keeps_every_word(db: str, now: datetime):
    await story.opened(now)
    invitation = await story.invitation("SI-07")
    await actions.contribute(invitation.id, story.answer("Prvič."), now=now)
    withdrawn, answered = await asyncio.gather(
        actions.withdraw(invitation.id, now, base_version=1),
        actions.contribute(invitation.id, story.answer("Drugič."), base_version=1, now=now),
        return_exceptions=True,
    )
    assert isinstance(answered, Contribution)
    assert withdrawn is None or isinstance(withdrawn, Outdated)
    assert await ContributionVersion.count() == 2
    assert await Contribution.select(Contribution.state) == [{"state": "given"}]


async def test_comments_on_paragraphs_are_part_of_the_version(db: str, now: datetime):
    await story.opened(now)
    invitation = await story.invitation("SI-07")
    answer = replace(story.answer(), comments={3: "Prestrogo.", 12: "Dobro."})
    made = await actions.contribute(invitation.id, answer, now=now)
    await actions.contribute(invitation.id, answer, now=now)
    rows = await ContributionVersion.select(ContributionVersion.comments)
    assert [json.loads(row["comments"]) for row in rows] == [{"3": "Prestrogo.", "12": "Dobro."}]
    assert "prestro" in made.search_text


async def test_the_receipt_brings_paper_and_date(db: str, now: datetime):
    await story.opened(now)
    invitation = await story.invitation("SI-07")
    await actions.contribute(invitation.id, story.answer(), now=now)
    letter = await Letter.objects().where(Letter.kind == "receipt").first()
    assert letter is not None
    attached = {each["name"]: b64decode(each["content"]) for each in json.loads(letter.attachments)}
    assert list(attached) == ["2026-014-1-SI-07.pdf", "2026-014-1.ics"]
    assert attached["2026-014-1-SI-07.pdf"].startswith(b"%PDF-")
    assert b"DTSTART:20261204T170000Z" in attached["2026-014-1.ics"]


async def test_consent_can_be_taken_back_after_the_deadline(db: str, now: datetime):
    await story.opened(now)
    invitation = await story.invitation("SI-07")
    await actions.contribute(invitation.id, story.answer(), now=now)
    await actions.consent(invitation.id, name_public=False, now=LATE)
    assert await Contribution.select(Contribution.name_public) == [{"name_public": False}]
    assert await ContributionVersion.count() == 1


async def test_the_answers_of_a_dossier_as_later_rooms_see_them(db: str, now: datetime):
    call = await story.opened(now)
    invitation = await story.invitation("SI-07")
    answer = replace(story.answer(), stance=Stance.NO, name_public=False)
    made = await actions.contribute(invitation.id, answer, now=now)
    whole = await queries.invitation(invitation.id)
    rows = await queries.contributions_of(whole.whole.dossier.id)
    shown = ("contribution", "version", "code", "name", "country", "language", "stance", "text")
    assert [[row[name] for name in shown] for row in rows] == [
        [made.id, 1, "SI-07", "Vzorčna vas", "SI", "sl", "no", "Imamo 14 planin."]
    ]
    assert [(r["name_public"], r["late"], r["state"]) for r in rows] == [(False, False, "given")]
    assert rows[0]["call"] == call.number


async def test_reading_answers_takes_as_many_queries_for_three_as_for_one(db: str, now: datetime):
    call = await story.opened(now)
    invitation = await story.invitation("SI-07")
    await actions.contribute(invitation.id, story.answer(), now=now)
    whole = await queries.invitation(invitation.id)
    with counted() as one:
        await queries.contributions_of(whole.whole.dossier.id)
        await queries.coverage(call.id)
    for code in ("AT-01", "IT-01"):
        await actions.contribute((await story.invitation(code)).id, story.answer(code), now=now)
    with counted() as three:
        assert len(await queries.contributions_of(whole.whole.dossier.id)) == 3
        await queries.coverage(call.id)
    assert len(one) == len(three)
