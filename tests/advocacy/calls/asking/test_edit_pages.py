"""The page where a call is written: whom it asks, and what bad input gets."""

from datetime import datetime, timedelta

import pytest

from advocacy.calls import actions
from advocacy.calls.asking import call_forms, lists
from advocacy.calls.asking.audience import Audience
from advocacy.calls.asking.whole_calls import whole
from advocacy.calls.tables import Call
from advocacy.dossiers.tables import Window
from advocacy.errors import Outdated
from advocacy.municipalities.tables import Municipality
from tests.advocacy.calls import story
from tests.browsing import Browser, browser
from tests.characters import ana
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio
NEW = "/en/d/2026-014/call"
TYPED = call_forms.as_typed(story.new_call())


async def there(now: datetime) -> None:
    await story.people(now)
    await story.members(now)
    await story.window(now)
    await Municipality.update({Municipality.region: "Tirol, Osten"}).where(
        Municipality.code == "AT-01"
    )
    await Municipality.update({Municipality.region: "Trento"}).where(Municipality.code == "IT-01")


async def signed_in(web: Browser, now: datetime) -> None:
    await web.sign_in(await ana(now), now)
    await web.get(NEW)


async def test_a_region_with_a_comma_in_its_name_is_chosen_and_kept(db: str, now: datetime):
    await there(now)
    async with browser(now) as web:
        await signed_in(web, now)
        page = await web.post(NEW, TYPED | {"regions": ["Tirol, Osten", "Trento"]})
        assert "Send to 2 municipalities" in page.text
        edit = await web.get("/en/c/2026-014-1/edit")
        assert edit.text.count('name="regions"') == 2
        assert 'value="Tirol, Osten" checked' in edit.text
    found = await whole("2026-014-1")
    assert found.as_new().audience == Audience(regions=("Tirol, Osten", "Trento"))


async def test_a_script_gets_the_count_alone(db: str, now: datetime):
    await there(now)
    async with browser(now) as web:
        await signed_in(web, now)
        page = await web.post(NEW, TYPED | {"countries": "SI,IT", "recount": "only"})
        assert "2 municipalities</strong>, 2 languages: it, sl · Italy 1, Slovenia 1" in page.text
        assert "<html" not in page.text
        await web.get(NEW)
        odd = await web.post(NEW, TYPED | {"countries": "SI", "codes": "XX-1", "recount": "only"})
        assert "Not known: XX-1" in odd.text
    assert await Call.count() == 0


async def test_a_region_that_is_asked_for_its_members_says_so(db: str, now: datetime):
    await there(now)
    tal = Municipality(
        code="AT-R1", name="Mustertal", kind="region", country="AT", language="de", created=now
    )
    await tal.save()
    await Municipality.update({Municipality.represented_by: tal.id}).where(
        Municipality.code == "AT-01"
    )
    async with browser(now) as web:
        await signed_in(web, now)
        page = await web.post(NEW, TYPED | {"recount": "1"})
        assert "1 municipality is represented by Mustertal." in page.text
        checked = await web.post(NEW, TYPED)
        assert "represented by Mustertal" in checked.text
        assert "Send to 4 municipalities" in checked.text


async def test_the_choice_is_kept_as_a_list_and_nothing_typed_is_lost(db: str, now: datetime):
    await there(now)
    typed = TYPED | {"countries": "SI,IT", "title-de": "Mitten drin", "keep_list": "1"}
    async with browser(now) as web:
        await signed_in(web, now)
        nameless = await web.post(NEW, typed)
        assert nameless.status_code == 422
        assert 'href="#list_name"' in nameless.text
        page = await web.post(NEW, typed | {"list_name": "Süden"})
        assert "The list is kept: Süden" in page.text
        assert "Mitten drin" in page.text
        number = (await lists.all_lists())[0].id
        one = await web.post(NEW, TYPED | {"lists": str(number), "recount": "only"})
        assert "2 municipalities" in one.text
    assert await Call.count() == 0


async def test_bad_input_is_named_field_by_field(db: str, now: datetime):
    await there(now)
    wrong = {
        "until_day": ({"until_day": "2026-11-22"}, "This deadline lies in the past"),
        "until_day ": ({"until_day": "2026-12-20"}, "after the end of the window"),
        "until_day  ": ({"until_day": "gestern"}, "Enter day and time"),
        "question-1-de": ({"question-1-de": ""}, "Enter the question"),
        "options-2-de": ({"kind-2": "choice", "options-2-de": "Ja"}, "Enter 2 to 12 answers"),
        "population_from": ({"population_from": "viele"}, "Enter a number"),
        "codes": ({"codes": "SI-07 drek"}, "Not known: DREK"),
        "language": ({"language": "xx"}, "Choose the language you write in"),
    }
    async with browser(now) as web:
        await signed_in(web, now)
        for field, (typed, said) in wrong.items():
            page = await web.post(NEW, TYPED | typed)
            assert page.status_code == 422
            assert said in page.text
            assert f'href="#{field.strip()}"' in page.text
    assert await Call.count() == 0


async def test_a_call_that_has_left_is_no_more_edited_and_says_so(db: str, now: datetime):
    await story.opened(now)
    said = "This call has been sent: its words stay as they are"
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/c/2026-014-1/edit")
        assert "/edit" not in str(page.url)
        assert said in page.text
        posted = await web.post("/en/c/2026-014-1/edit", TYPED | {"version": "1"})
        assert posted.status_code == 409
        assert said in posted.text


async def test_an_audience_that_nobody_belongs_to_cannot_be_sent(db: str, now: datetime):
    await there(now)
    async with browser(now) as web:
        await signed_in(web, now)
        empty = {"countries": "LI"}
        counted_none = await web.post(NEW, TYPED | empty | {"recount": "1"})
        assert "choose an audience that somebody belongs to" in counted_none.text
        await web.post(NEW, TYPED | empty)
        refused = await web.post("/en/c/2026-014-1/launch")
        assert refused.status_code == 422
        assert "Nobody is invited yet: choose an audience" in refused.text


async def test_a_window_that_is_over_takes_no_call(db: str, now: datetime):
    await there(now)
    window = await Window.objects().first()
    assert window is not None
    late = story.CLOSES + timedelta(seconds=1)
    with pytest.raises(Outdated):
        await actions.draft_call(window.id, story.new_call(), by=await ana(now), now=late)
    async with browser(late) as web:
        await web.sign_in(await ana(now), late)
        page = await web.get(NEW)
        assert page.status_code == 409
        assert "the body takes no input any more" in page.text


async def test_three_hundred_members_and_eighty_regions_make_a_small_page(db: str, now: datetime):
    await there(now)
    async with browser(now) as web:
        await signed_in(web, now)
        with counted() as few:
            await web.get(NEW)
        await Municipality.insert(
            *(
                Municipality(
                    code=f"AT-{n}", name=f"Ort {n}", country="AT", language="de",
                    region=f"Region {n % 80}", created=now,
                )
                for n in range(100, 400)
            )
        )  # fmt: skip
        with counted() as many:
            page = await web.get(NEW)
        assert len(many) == len(few)
        assert page.text.count('name="regions"') == 82
        assert len(page.text) < 40_000


async def test_the_check_page_takes_as_many_queries_for_three_hundred(db: str, now: datetime):
    await story.checked(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        with counted() as few:
            await web.get("/en/c/2026-014-1")
        await Municipality.insert(
            *(
                Municipality(code=f"AT-{n}", name="Ort", country="AT", language="de", created=now)
                for n in range(100, 400)
            )
        )
        with counted() as many:
            page = await web.get("/en/c/2026-014-1")
        assert "Send to 304 municipalities" in page.text
        assert len(many) == len(few)
