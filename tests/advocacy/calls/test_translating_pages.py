import re
from datetime import datetime

import pytest

from advocacy.calls import actions
from advocacy.calls.asking import call_forms, wanted
from advocacy.calls.asking.call_forms import Words
from advocacy.calls.tables import CallText
from tests.advocacy.calls import story
from tests.browsing import browser
from tests.characters import ana, giulia, maja

pytestmark = pytest.mark.anyio
HERE = "/en/c/2026-014-1/text/sl"


def _typed(**changed: str) -> dict[str, str]:
    return call_forms.typed_words(story.words("sl"), "sl") | changed


def _base(text: str) -> str:
    found = re.search(r'name="base" value="([^"]*)"', text)
    assert found is not None
    return found[1]


async def _change_original(call_id: int, now: datetime) -> None:
    words = {each: story.words(each) for each in story.SAID}
    lead = words["de"]
    words["de"] = Words("Herdenschutz heute de", lead.why, lead.summary, lead.questions)
    await actions.change_call(
        call_id, story.new_call(words=words), base_version=1, by=await ana(now), now=now
    )


async def test_the_original_stands_beside_every_field_with_its_agreed_terms(db: str, now: datetime):
    await story.drafted(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get(HERE)
    assert '<u class="term" title="Varstvo čred">Herdenschutz</u> de' in page.text
    assert '<dt lang="de">Herdenschutz</dt><dd lang="sl">Varstvo čred</dd>' in page.text
    assert 'lang="sl"' in page.text.split('id="question-1-sl"')[1].split(">")[0]


async def test_a_long_title_is_warned_of(db: str, now: datetime):
    await story.drafted(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get(HERE)
        assert "the subject of the letter" not in page.text
        await web.post(HERE, _typed(**{"title-sl": "x" * 61}) | {"base": _base(page.text)})
        page = await web.get(HERE)
    assert "61 characters" in page.text
    assert "many programs cut it after 60" in page.text


async def test_a_check_is_undone_by_banner_and_by_button(db: str, now: datetime):
    await story.drafted(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get(HERE)
        form = _typed() | {"base": _base(page.text), "checked": "1"}
        done = await web.post(HERE, form)
        assert "Slovenian is checked." in done.text
        event = done.text.split("/en/undo/")[1].split('"')[0]
        undone = await web.post(f"/en/undo/{event}")
        assert undone.url.path == HERE
        assert "Undo the check" not in undone.text
        await web.post(HERE, form)
        page = await web.get(HERE)
        assert "checked by Maja Vzorec" in page.text
        page = await web.post(f"{HERE}/uncheck")
        assert "Slovenian is not checked any more." in page.text
    checked = await CallText.select(CallText.checked).where(CallText.language == "sl")
    assert checked == [{"checked": None}]


async def test_a_later_change_of_the_original_is_shown_word_by_word(db: str, now: datetime):
    call = await story.checked(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        assert "The original has changed" not in (await web.get(HERE)).text
        await _change_original(call.id, now)
        page = await web.get(HERE)
        assert "The original has changed: 1 word" in page.text
        assert "<ins>heute </ins>" in page.text
        await web.post(HERE, _typed() | {"base": _base(page.text), "checked": "1"})
        assert "The original has changed" not in (await web.get(HERE)).text


async def test_words_typed_while_somebody_saved_others_stand_beside_them(db: str, now: datetime):
    await story.drafted(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        base = _base((await web.get(HERE)).text)
        await web.post(HERE, _typed(**{"title-sl": "Njihov naslov"}) | {"base": base})
        await web.get(HERE)
        page = await web.post(
            HERE, _typed(**{"title-sl": "Moj naslov", "why-sl": "Moj razlog"}) | {"base": base}
        )
        assert page.status_code == 409
        assert 'value="Moj naslov"' in page.text
        assert 'value="Moj razlog"' in page.text
        assert '<p class="kept" lang="sl">Njihov naslov</p>' in page.text
        again = _typed(**{"title-sl": "Moj naslov"}) | {"base": _base(page.text)}
        assert (await web.post(HERE, again)).status_code == 200
    titles = await CallText.select(CallText.title).where(CallText.language == "sl")
    assert titles == [{"title": "Moj naslov"}]


async def test_a_coordinator_writes_the_languages_of_the_own_countries(db: str, now: datetime):
    await story.drafted(now)
    async with browser(now) as web:
        await web.sign_in(await giulia(now), now)
        assert (await web.get(HERE)).status_code == 404
        assert (await web.get(HERE.replace("/sl", "/it"))).status_code == 200
        for odd in ("xx", "%00", "<b>"):
            assert (await web.get(f"/en/c/2026-014-1/text/{odd}")).status_code == 404
        await web.get("/en/me")
        assert (await web.post(HERE, _typed())).status_code == 404
        await web.get("/en/me")
        assert (await web.post(f"{HERE}/uncheck")).status_code == 404


async def test_a_call_that_has_left_is_read_and_what_was_typed_is_not_lost(db: str, now: datetime):
    await story.opened(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get(HERE)
        assert "its words stay as they are" in page.text
        assert "Keep and mark as checked" not in page.text
        late = await web.post(HERE, _typed(**{"title-sl": "Prepozno"}) | {"base": _base(page.text)})
        assert late.status_code == 409
        assert "Prepozno" in late.text


async def test_a_text_that_is_too_long_is_refused_and_kept_in_the_field(db: str, now: datetime):
    await story.drafted(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        base = _base((await web.get(HERE)).text)
        page = await web.post(HERE, _typed(**{"why-sl": "x" * 4_001}) | {"base": base})
    assert page.status_code == 422
    assert 'href="#why-sl"' in page.text
    assert "x" * 4_001 in page.text


async def test_a_coordinator_checks_the_own_languages_and_those_asked_for(db: str, now: datetime):
    call = await story.drafted(now)
    check = "/en/c/2026-014-1/check/"
    async with browser(now) as web:
        await web.sign_in(await giulia(now), now)
        page = await web.get("/en/c/2026-014-1")
        assert f'{check}it"' in page.text
        assert f'{check}sl"' not in page.text
        assert (await web.post(f"{check}sl")).status_code == 404
        assert await CallText.count().where(CallText.checked.is_not_null()) == 0
        by, until = await ana(now), now.date()
        await wanted.ask(call.id, "sl", await giulia(now), until, by=by, now=now)
        assert (await web.get(HERE)).status_code == 200
        await web.get("/en/c/2026-014-1")
        assert "Slovenian is checked." in (await web.post(f"{check}sl")).text
