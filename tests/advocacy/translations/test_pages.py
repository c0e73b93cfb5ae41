from dataclasses import replace
from datetime import datetime

import pytest

from advocacy.positions import actions as positions
from advocacy.positions import queries as reading
from advocacy.positions.tables import Position
from advocacy.translations import actions, queries
from advocacy.translations.tables import Translation
from tests.advocacy.translations.test_actions import FRENCH, change_second, translated, written
from tests.browsing import browser
from tests.characters import ana, claire, maja, person, presidency

pytestmark = pytest.mark.anyio

PAGE = "/en/p/2026-014/translate/fr"


def form(position: Position, texts: dict[str, str], **more: str) -> dict[str, str]:
    typed = {f"text-{key}": words for key, words in texts.items()}
    return typed | {f"was-{key}": "" for key in texts} | {"version": "1"} | more


async def test_who_translates_into_what(db: str, now: datetime):
    await written(now)
    mayor = await person("Janez Primer", "municipality", "sl", now=now)
    expected = [
        (await ana(now), [200, 200, 404, 404]),
        (await claire(now), [200, 404, 404, 404]),
        (await maja(now), [404, 200, 404, 404]),
        ((await presidency(now))[0], [404, 404, 404, 404]),
        (mayor, [404, 404, 404, 404]),
    ]
    for who, codes in expected:
        async with browser(now) as web:
            await web.sign_in(who, now)
            paths = [PAGE[:-2] + language for language in ("fr", "sl", "de", "xx")]
            found = [(await web.get(path)).status_code for path in paths]
            assert (who.name, found) == (who.name, codes)


async def test_a_coordinator_translates_and_checks(db: str, now: datetime):
    position = await written(now)
    async with browser(now) as web:
        await web.sign_in(await claire(now), now)
        page = await web.get(PAGE)
        assert 'lang="de"' in page.text
        assert "4 parts are missing or not checked." in page.text
        page = await web.post(PAGE, form(position, {"k1": FRENCH["k1"]}, check="k1"))
        assert page.status_code == 200
        assert "/en/undo/" in page.text
        assert await queries.complete(position, "fr") == ["title", "k2", "ask-1"]
        all_of_it = form(position, FRENCH, check="all") | {"was-k1": FRENCH["k1"]}
        page = await web.post(PAGE, all_of_it)
        assert "Every part is checked." in page.text
        assert await queries.complete(position, "fr") == []


async def test_checking_what_is_empty_comes_back_with_every_word(db: str, now: datetime):
    position = await written(now)
    async with browser(now) as web:
        await web.sign_in(await claire(now), now)
        await web.get(PAGE)
        page = await web.post(PAGE, form(position, {"k1": "Déjà écrit", "k2": ""}, check="k2"))
        assert page.status_code == 422
        assert '<a href="#text-k2">There is nothing to check yet' in page.text
        assert "Déjà écrit" in page.text
        assert await Translation.count() == 0


async def test_who_is_second_sees_both_versions(db: str, now: datetime):
    position = await written(now)
    async with browser(now) as web:
        await web.sign_in(await claire(now), now)
        await web.get(PAGE)
        await actions.save(position.id, "fr", "k1", "D'elle", by=await ana(now), now=now)
        page = await web.post(PAGE, form(position, {"k1": "De moi", "k2": "Aussi de moi"}))
        assert page.status_code == 409
        for words in ("D&#39;elle", "De moi", "Aussi de moi"):
            assert words in page.text
        assert 'name="was-k1" value="D&#39;elle"' in page.text


async def test_a_stale_part_shows_what_changed_in_the_original(db: str, now: datetime):
    position = await translated(now)
    await change_second(position, "Die Regel wird nach fünf Jahren geprüft [@own].", now)
    async with browser(now) as web:
        await web.sign_in(await claire(now), now)
        page = await web.get(PAGE)
        assert "<del>drei</del>" in page.text
        assert "<ins>fünf</ins>" in page.text
        assert "The original has changed" in page.text


async def test_the_public_reads_a_complete_translation_and_else_the_original_with_a_notice(
    db: str, now: datetime
):
    position = await translated(now)
    await Position.update({Position.state: "adopted", Position.adopted: now}).where(
        Position.id == position.id
    )
    async with browser(now) as web:
        page = (await web.get("/fr/p/2026-014")).text
        for words in FRENCH.values():
            assert words in page
        assert "Die Kosten" not in page
        page = (await web.get("/sl/p/2026-014")).text
        assert "Die Kosten" in page
        assert FRENCH["k1"] not in page
        assert 'href="/de/p/2026-014" lang="de"' in page
        assert 'href="/fr/p/2026-014" lang="fr"' in page


async def test_a_stale_translation_is_never_shown(db: str, now: datetime):
    position = await translated(now)
    await change_second(position, "Nach fünf Jahren [@own].", now)
    await Position.update({Position.state: "adopted", Position.adopted: now}).where(
        Position.id == position.id
    )
    async with browser(now) as web:
        page = (await web.get("/fr/p/2026-014")).text
        assert "Nach fünf Jahren" in page
        assert FRENCH["k2"] not in page
        assert FRENCH["k1"] not in page


async def test_markup_in_a_translation_stays_words(db: str, now: datetime):
    position = await translated(now)
    evil = "<script>alert(1)</script> **gras** [x](javascript:y)"
    by = await claire(now)
    texts = {"k1": evil, "title": evil}
    await actions.save_all(position.id, "fr", texts, check=["k1", "title"], by=by, now=now)
    async with browser(now) as web:
        await web.sign_in(by, now)
        for path in (PAGE, "/fr/p/2026-014"):
            page = (await web.get(path)).text
            assert "<script>alert" not in page
            assert 'href="javascript:' not in page
        assert "<strong>gras</strong>" in page


async def test_garbled_forms_save_nothing(db: str, now: datetime):
    position = await written(now)
    async with browser(now) as web:
        await web.sign_in(await claire(now), now)
        await web.get(PAGE)
        for fields, code in (
            (form(position, {"k77": "X"}), 404),
            (form(position, {"k1": "X"}, version="99"), 404),
            (form(position, {"k1": "X"}, check="nothing"), 422),
            (form(position, {"k1": "x" * 20_001}), 422),
        ):
            await web.get(PAGE)
            assert (await web.post(PAGE, fields)).status_code == code
        assert await Translation.count() == 0
        assert (
            await web.post(PAGE, form(position, {"k1": "\x00X"}, version="²"))
        ).status_code == 200


async def test_a_translated_paragraph_that_is_gone_does_not_hinder(db: str, now: datetime):
    position = await translated(now)
    current = await reading.version(position.id)
    draft = reading.draft_of(current)
    without = replace(draft, paragraphs=draft.paragraphs[:1])
    await positions.save(position.id, without, base_version=1, by=await ana(now), now=now)
    assert await queries.complete(position, "fr") == []
    assert await queries.text_in(position.id, "fr") == [("k1", FRENCH["k1"])]


async def test_who_translates_during_a_round_is_told_what_a_change_does(db: str, now: datetime):
    position = await written(now)
    await Position.update({Position.binding_languages: "fr"}).where(Position.id == position.id)
    said = "A change here voids it"
    async with browser(now) as web:
        await web.sign_in(await claire(now), now)
        assert said not in (await web.get(PAGE)).text
        await Position.update({Position.state: "in_round"}).where(Position.id == position.id)
        assert said in (await web.get(PAGE)).text
