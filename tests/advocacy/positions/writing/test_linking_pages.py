from datetime import datetime

import pytest

from advocacy.history.tables import Event
from advocacy.positions import queries
from advocacy.positions.tables import Passage, PositionVersion
from tests.advocacy.positions.matters import Matter, matter, written
from tests.browsing import browser
from tests.characters import ana

pytestmark = pytest.mark.anyio

P = "/en/p/2026-014"


def form(do: str, *paragraphs: str, **more: str) -> dict[str, str]:
    fields = {"title": "Großraubtiere", "base": "0", "do": do}
    for count, text in enumerate(paragraphs, 1):
        fields |= {f"key-{count}": f"k{count}", f"text-{count}": text, f"place-{count}": str(count)}
    return fields | more


def both(it: Matter) -> str:
    return f"{it.marks['SI-07']} {it.marks['IT-01']}"


async def test_ticked_passages_are_cited_in_the_paragraph_of_that_number(db: str, now: datetime):
    it = await matter(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"{P}/edit")
        typed = form("supports", "Eins.", "Zwei.", to="2", cite=both(it))
        page = await web.post(f"{P}/edit", typed)
        assert page.status_code == 200
        assert f"Zwei [{both(it)}]." in page.text
        assert "2 sources are cited in § 2. Save the text to keep it." in page.text
        assert "Supported by 2 municipalities (IT 1 · SI 1)" in page.text
    assert await PositionVersion.count() == 1
    assert await Event.count().where(Event.action == "passages tagged") == 0


async def test_what_a_passage_says_of_the_matter_is_kept_at_once_and_can_be_taken_back(
    db: str, now: datetime
):
    it = await matter(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"{P}/edit")
        typed = form("contradicts", "Eins.", to="1", cite=it.marks["SI-07"])
        page = await web.post(f"{P}/edit", typed)
        assert "Contradicted by 1 municipality (SI 1)" in page.text
    stances = await Passage.select(Passage.stance).where(
        Passage.contribution == it.answers["SI-07"].id
    )
    assert [row["stance"] for row in stances] == ["contradicts"]
    assert "What they say of the matter now: Contradicts." in page.text
    assert await Event.count().where(Event.action == "passages tagged") == 1


async def test_enter_in_the_number_field_cites_and_does_not_save(db: str, now: datetime):
    it = await matter(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"{P}/edit")
        mixed = f"{it.marks['SI-07']} {it.marks['AT-01']}"
        page = await web.post(f"{P}/edit", form("save", "Eins.", to="1", cite=mixed))
        assert f"Eins [{mixed}]." in page.text
        assert "Supported by 1 municipality (SI 1), contradicted by 1" in page.text
    assert await PositionVersion.count() == 1


async def test_without_a_passage_or_a_paragraph_the_page_says_what_is_missing(
    db: str, now: datetime
):
    it = await matter(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"{P}/edit")
        for to, cite in (("1", ""), ("9", both(it)), ("x", both(it)), ("1", "@99.9"), ("", "")):
            page = await web.post(f"{P}/edit", form("supports", "Eins.", to=to, cite=cite))
            assert page.status_code == 422
            assert "Tick what you want to cite and enter the number of a paragraph" in page.text
            assert "Eins." in page.text


async def test_passages_are_narrowed_down_and_nothing_typed_is_lost(db: str, now: datetime):
    await matter(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"{P}/edit")
        wanted = {"show-words": "bilanc"}
        page = await web.post(f"{P}/edit", form("filter", "Neu getippt.", **wanted))
        assert page.status_code == 200
        assert "Il costo supera" in page.text
        assert "Imamo 14 planin" not in page.text
        assert "Neu getippt." in page.text
        none = await web.post(f"{P}/edit", form("filter", "Eins.", **{"show-only": "CH"}))
        assert "No passage fits." in none.text


async def test_what_a_device_kept_is_laid_out_on_the_version_it_was_written_on(
    db: str, now: datetime
):
    it = await written(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"{P}/edit")
        page = await web.post(f"{P}/edit", form("restore", "Von gestern [@own]."))
        assert page.status_code == 200
        assert "Von gestern [@own]." in page.text
        assert 'name="base" value="0"' in page.text
    assert (await queries.version(it.position.id)).number == 1


async def test_a_project_is_an_unknown_source_until_there_are_projects(db: str, now: datetime):
    await matter(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"{P}/edit")
        page = await web.post(f"{P}/edit", form("save", "Wie im Projekt [@P12]."))
        assert page.status_code == 422
        assert "@P12 is not a passage or source of this dossier." in page.text


async def test_any_two_versions_are_compared_the_older_first(db: str, now: datetime):
    await written(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(P)
        answer = await web.client.post(f"{P}/compare", data=web.keys() | {"old": "v3", "new": "v1"})
        assert (answer.status_code, answer.headers["location"]) == (303, f"{P}/compare/v1..v3")
        garbage = await web.post(f"{P}/compare", {"old": "'", "new": ""})
        assert garbage.status_code == 404
