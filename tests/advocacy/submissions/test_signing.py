"""Who signs beside the network: asked by letter, each for one exact text."""

import asyncio
import json
import re
from datetime import datetime, timedelta

import pytest

from advocacy.errors import Invalid, NotAllowed, NotFound, Outdated
from advocacy.history.tables import Event
from advocacy.mail.tables import Letter
from advocacy.submissions import actions, mails, queries
from advocacy.submissions.forms import NewSignatory, signatory
from advocacy.submissions.rules import Channel
from advocacy.submissions.signing import signed
from advocacy.submissions.tables import CoSignatory, SubmissionFile
from advocacy.translations import actions as translations
from tests.advocacy.approvals.matters import NUMBER, Matter, edited, opened, ready, translated
from tests.advocacy.submissions.matters import adopted, handed_in
from tests.browsing import browser
from tests.characters import ana, maja

pytestmark = pytest.mark.anyio

BY_LETTER = NewSignatory("Musterverband", "Eva Musterfrau", "Obfrau", "eva@verband.example", "de")
BY_HAND = NewSignatory("Associazione Esempio", "", "", "", "it")


async def asked(matter: Matter, now: datetime, new: NewSignatory = BY_LETTER) -> str:
    """The token of the link."""
    return mails.token_of(await actions.add(matter.position.id, new, by=await ana(now), now=now))


async def test_a_letter_with_a_link_asks_for_one_text(db: str, now: datetime):
    matter = await ready(now)
    await opened(matter, now)
    token = await asked(matter, now)
    letter = await Letter.objects().where(Letter.kind == "co_sign").first()
    assert (letter.recipient, letter.language) == ("eva@verband.example", "de")
    for part in (letter.text, letter.html):
        assert f"/s/{token}" in part
        assert "Großraubtiere" in part


async def test_without_a_round_nobody_is_asked(db: str, now: datetime):
    matter = await ready(now)
    with pytest.raises(NotAllowed):
        await asked(matter, now)
    assert await CoSignatory.count() == 0


async def test_who_signed_this_text_stands_in_the_files(db: str, now: datetime):
    matter = await ready(now)
    held = await adopted(matter, now)
    token = await asked(matter, now)
    await asked(matter, now, BY_HAND)
    assert "Musterverband" not in " ".join(await queries.signatories(held))
    await actions.sign(token, held.text_hash, name="Eva Musterfrau", office="Obfrau", now=now)
    names = await queries.signatories(held)
    assert names[-2:] == ["Musterverband (Eva Musterfrau, Obfrau)", "Associazione Esempio"]
    submission = await actions.prepare(
        held.id, channel=Channel.PORTAL, language="de", by=await ana(now), now=now
    )
    rows = await SubmissionFile.objects().where(SubmissionFile.submission == submission.id)
    data = next(json.loads(bytes(row.content)) for row in rows if row.name.endswith(".json"))
    assert data["signatories"] == names
    assert data["text_hash"] == held.text_hash
    assert await queries.signed_as_prepared(submission.id) == names


async def test_a_signature_does_not_slide_to_another_text(db: str, now: datetime):
    matter = await ready(now)
    first = await opened(matter, now)
    token = await asked(matter, now)
    await asked(matter, now, BY_HAND)
    await actions.sign(token, first.text_hash, name="Eva", office="", now=now)
    await edited(matter, now)
    with pytest.raises(Outdated):
        await actions.sign(token, first.text_hash, name="Eva", office="", now=now)
    second = await opened(matter, now)
    assert await queries.co_signatories(second) == []
    with pytest.raises(Outdated):
        await actions.sign(token, first.text_hash, name="Eva", office="", now=now)
    await actions.sign(token, second.text_hash, name="Eva", office="", now=now)
    assert [each.organisation for each in await queries.co_signatories(second)] == ["Musterverband"]


async def test_a_changed_binding_translation_takes_the_text_away_from_who_signs(
    db: str, now: datetime
):
    matter = await ready(now, binding="fr")
    await translated(matter, "fr", now)
    held = await opened(matter, now)
    token = await asked(matter, now)
    await translations.save(
        matter.position.id, "fr", "k1", "Autre texte.", by=await ana(now), now=now
    )
    with pytest.raises(Outdated):
        await actions.sign(token, held.text_hash, name="Eva", office="", now=now)


async def test_for_a_new_text_it_is_asked_again_by_a_new_letter(db: str, now: datetime):
    matter = await ready(now)
    await opened(matter, now)
    by = await ana(now)
    await asked(matter, now)
    await asked(matter, now, BY_HAND)
    await edited(matter, now)
    held = await opened(matter, now)
    for row in await signed.of_position(matter.position.id):
        await actions.ask_again(row.id, by=by, now=now)
        with pytest.raises(Outdated):
            await actions.ask_again(row.id, by=by, now=now)
    assert await Letter.count().where(Letter.kind == "co_sign") == 2
    assert [each.organisation for each in await queries.co_signatories(held)] == [
        "Associazione Esempio"
    ]


async def test_another_office_and_another_reason_are_kept(db: str, now: datetime):
    matter = await ready(now)
    held = await adopted(matter, now)
    token = await asked(matter, now)
    for office in ("Obfrau", "Präsidentin"):
        await actions.sign(token, held.text_hash, name="Eva", office=office, now=now)
    assert (await signed.by_token(token)).office == "Präsidentin"
    for remark in ("Nein.", "Nein, wegen § 2."):
        await actions.decline(token, held.text_hash, remark, now=now)
    assert (await signed.by_token(token)).remark == "Nein, wegen § 2."
    assert await Event.count().where(Event.kind == "signature") == 5


async def test_minds_change_until_it_has_left(db: str, now: datetime):
    matter = await ready(now)
    held = await adopted(matter, now)
    token = await asked(matter, now)
    await actions.sign(token, held.text_hash, name="Eva", office="", now=now)
    await actions.decline(token, held.text_hash, "Der Vorstand will nicht.", now=now)
    assert await queries.co_signatories(held) == []
    submission = await actions.prepare(
        held.id, channel=Channel.PORTAL, language="de", by=await ana(now), now=now
    )
    await actions.hand_in(submission.id, receipt="", at=now, by=await ana(now), now=now)
    with pytest.raises(NotAllowed):
        await actions.sign(token, held.text_hash, name="Eva", office="", now=now)
    with pytest.raises(NotAllowed):
        await asked(matter, now, BY_HAND)


async def test_taken_off_the_list_the_link_leads_nowhere(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    token = await asked(matter, now)
    row = (await signed.of_position(matter.position.id))[0]
    await actions.take_off(row.id, by=await ana(now), now=now)
    letter = await Letter.objects().where(Letter.kind == "co_sign").first()
    assert letter.state == "stopped"
    with pytest.raises(NotFound):
        await actions.sign(token, held.text_hash, name="Eva", office="", now=now)


async def test_the_link_of_who_was_taken_off_never_signs_for_the_next_one(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    old = await asked(matter, now)
    [row] = await signed.of_position(matter.position.id)
    await Letter.update({Letter.state: "sent"}).where(Letter.kind == "co_sign")
    await actions.take_off(row.id, by=await ana(now), now=now)
    other = NewSignatory("Andere", "Max", "", "max@andere.example", "de")
    new = await asked(matter, now + timedelta(minutes=1), other)
    with pytest.raises(NotFound):
        await actions.sign(old, held.text_hash, name="Eva", office="", now=now)
    letter = await Letter.objects().where(Letter.recipient == "max@andere.example").first()
    assert new in letter.text


async def test_the_same_organisation_is_asked_once(db: str, now: datetime):
    matter = await ready(now)
    await opened(matter, now)
    by = await ana(now)
    answers = await asyncio.gather(
        *(actions.add(matter.position.id, BY_LETTER, by=by, now=now) for _ in range(3)),
        return_exceptions=True,
    )
    assert sum(isinstance(each, int) for each in answers) == 1
    assert await Letter.count().where(Letter.kind == "co_sign") == 1


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"organisation": ""}, "organisation"),
        ({"organisation": "x" * 201}, "organisation"),
        ({"name": "x" * 121}, "name"),
        ({"email": "nobody"}, "email"),
        ({"email": "a@b.example\r\nBcc: c@d.example"}, "email"),
        ({"language": "en-GB"}, "language"),
    ],
)
def test_what_is_typed_wrong_is_named(form: dict[str, str], field: str):
    whole = {"organisation": "Musterverband", "language": "de"} | form
    with pytest.raises(Invalid) as refused:
        signatory(whole)
    assert field in refused.value.fields


async def test_opening_the_link_records_nothing_and_the_button_does(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    token = await asked(matter, now)
    events = await Event.count()
    async with browser(now) as web:
        page = await web.get(f"/s/{token}")
        assert page.status_code == 200
        assert "Volle Kostendeckung" in page.text
        assert "[@" not in page.text
        assert await Event.count() == events
        page = await web.post(
            f"/s/{token}", {"text_hash": held.text_hash, "act": "sign", "name": ""}
        )
        assert page.status_code == 422
        assert 'href="#name"' in page.text
        page = await web.post(
            f"/s/{token}", {"text_hash": held.text_hash, "act": "sign", "name": "Eva <b>"}
        )
        assert page.status_code == 200
        assert "Eva &lt;b&gt;" in page.text
        page = await web.post(f"/s/{token}", {"text_hash": "x", "act": "decline"})
        assert page.status_code == 409
        assert (await web.get(f"/s/{'x' * 43}")).status_code == 404
    event = await Event.objects().where(Event.action == "signed").first()
    assert (event.who, event.person) == ("Musterverband", None)


async def test_a_text_that_is_being_changed_is_not_shown(db: str, now: datetime):
    matter = await ready(now)
    await opened(matter, now)
    token = await asked(matter, now)
    await edited(matter, now, "Geheimer Entwurf. [@own]")
    async with browser(now) as web:
        page = await web.get(f"/s/{token}?language=en")
        assert "Geheimer Entwurf" not in page.text
        assert "The text has changed" in page.text


async def test_the_list_is_worked_with_on_its_page(db: str, now: datetime):
    matter = await ready(now)
    await opened(matter, now)
    path = f"/en/p/{NUMBER}/signatories"
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        assert "Nobody has been asked" in (await web.get(path)).text
        form = {"organisation": "Musterverband", "email": "eva@verband.example", "language": "de"}
        page = await web.post(path, form)
        assert "It is asked by letter." in page.text
        page = await web.post(path, form)
        assert page.status_code == 422
        number = re.search(rf"{path}/(\d+)", page.text).group(1)
        page = await web.post(f"{path}/{number}", {"act": "off"})
        assert "It is off the list." in page.text
        for wrong in ("999999999999", "7"):
            await web.get(path)
            answer = await web.post(f"{path}/{wrong}", {"act": "off"})
            assert answer.status_code == 404
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        assert (await web.get(path)).status_code == 404


async def test_the_page_says_when_who_signs_changed_after_the_files_were_made(
    db: str, now: datetime
):
    matter = await ready(now)
    held = await adopted(matter, now)
    await actions.prepare(
        held.id, channel=Channel.PORTAL, language="de", by=await ana(now), now=now
    )
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        path = f"/en/p/{NUMBER}/submit"
        assert "Who signs has changed" not in (await web.get(path)).text
        await asked(matter, now, BY_HAND)
        assert "Who signs has changed" in (await web.get(path)).text


async def test_after_it_has_left_the_list_stands(db: str, now: datetime):
    matter = await ready(now)
    await handed_in(matter, now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(f"/en/p/{NUMBER}/signatories")
        assert "does not change any more" in page.text
