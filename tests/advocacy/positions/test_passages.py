from datetime import datetime

import pytest

from advocacy.positions import queries
from advocacy.positions.passages import quotations
from advocacy.positions.tables import Passage
from tests.advocacy.positions.matters import (
    answer,
    answer_anew,
    call,
    dossier,
    matter,
    withdraw,
    written,
)
from tests.browsing import browser
from tests.characters import ana, maja, musterdorf, vzorcna_vas

pytestmark = pytest.mark.anyio

P, D = "/en/p/2026-014", "/en/d/2026-014/passages"


async def test_an_answer_is_proposed_sentence_by_sentence_and_split(db: str, now: datetime):
    about = await dossier(now)
    given = await answer(
        await call(about, now), await vzorcna_vas(now), "Imamo 14 planin. Rok je 14. 12. 2026.", now
    )
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(D)
        assert "1 answer to split" in page.text
        page = await web.get(f"{D}/{given.id}")
        assert ">Imamo 14 planin.</textarea>" in page.text
        assert ">Rok je 14. 12. 2026.</textarea>" in page.text
        fields = {
            "version": "1",
            "piece-1": "Imamo 14 planin.", "tag-1": "terrain", "stance-1": "mentions",
            "piece-2": " ", "tag-2": "", "stance-2": "supports",
        }  # fmt: skip
        page = await web.post(f"{D}/{given.id}", fields | {"stance-1": "loves"})
        assert page.status_code == 422
        assert "terrain" in page.text
        page = await web.post(f"{D}/{given.id}", fields)
        assert page.status_code == 200
        assert "Every answer is split." in page.text
        assert await Passage.select(Passage.text, Passage.tag) == [
            {"text": "Imamo 14 planin.", "tag": "terrain"}
        ]
        assert (await web.post(f"{D}/{given.id}", fields)).status_code == 409


async def test_an_answer_that_changed_while_it_was_split_is_not_split(db: str, now: datetime):
    given = await answer(await call(await dossier(now), now), await vzorcna_vas(now), "Ena.", now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"{D}/{given.id}")
        await answer_anew(given, "Dva.", "sl", now)
        page = await web.post(
            f"{D}/{given.id}", {"version": "1", "piece-1": "Ena.", "stance-1": "supports"}
        )
        assert page.status_code == 409
        assert await Passage.count() == 0


async def test_passages_are_decided_in_bulk_and_the_banner_undoes(db: str, now: datetime):
    it = await matter(now)
    ids = [str(row.id) for row in await quotations.passages(it.dossier.id)]
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(D)
        assert "Not used yet (4)" in page.text
        chosen = {"passages": ids[:2], "do": "dispose", "disposition": "not_taken_up"}
        page = await web.post(D, chosen | {"reason": " "})
        assert page.status_code == 422
        assert "Say why" in page.text
        assert page.text.count(" checked>") == 2
        page = await web.post(D, chosen | {"reason": "Zu teuer"})
        assert "/en/undo/" in page.text
        assert page.text.count("Zu teuer") == 2
        found = [row.disposition for row in await quotations.passages(it.dossier.id)]
        assert found == ["not_taken_up", "not_taken_up", "open", "open"]


async def test_passages_are_filtered_and_tagged(db: str, now: datetime):
    it = await matter(now)
    ids = [str(row.id) for row in await quotations.passages(it.dossier.id)]
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(D)
        await web.post(D, {"passages": ids[0], "do": "tag", "new_tag": "<terrain>"})
        page = (await web.get(D, params={"tag": "<terrain>"})).text
        assert "&lt;terrain&gt;" in page
        assert "Imamo 14 planin" in page.split("answers in the original")[0]
        assert "Il costo" not in page.split("answers in the original")[0]
        page = (await web.get(D, params={"stance": "contradicts"})).text
        assert "Teilfinanzierung" in page.split("answers in the original")[0]
        for garbage in ({"tag": "\x00"}, {"country": "XX"}, {"use": "x"}):
            assert (await web.get(D, params=garbage)).status_code == 200


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"do": "dispose", "disposition": "noted"}, 422),
        ({"passages": "x,,-1", "do": "dispose", "disposition": "noted"}, 422),
        ({"passages": "999999999", "do": "dispose", "disposition": "noted"}, 404),
        ({"passages": "1", "do": "dispose", "disposition": "eaten"}, 422),
        ({"passages": "1", "do": "tag"}, 422),
        ({}, 422),
    ],
)
async def test_garbled_forms_change_nothing(
    db: str, now: datetime, fields: dict[str, str], code: int
):
    it = await matter(now)
    before = await quotations.passages(it.dossier.id)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(D)
        assert (await web.post(D, fields)).status_code == code
    assert await quotations.passages(it.dossier.id) == before


async def test_coordinators_read_passages_and_do_not_change_them(db: str, now: datetime):
    it = await matter(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get(D)
        assert "Imamo 14 planin" in page.text
        assert "<textarea" not in page.text
        assert (await web.post(D, {"passages": "1", "do": "untag"})).status_code == 404
        given = it.answers["SI-07"].id
        assert (await web.get(f"{D}/{given}")).status_code == 404


async def test_a_withdrawn_answer_stands_behind_nothing(db: str, now: datetime):
    it = await written(now)
    await withdraw(it.answers["SI-07"])
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = (await web.get(P)).text
        assert "Supported by 2 municipalities (FR 1 · IT 1), contradicted by 1" in page
        assert "Citations that do not stand" in page
        assert "Imamo 14 planin" not in page


async def test_a_position_starts_from_the_passages(db: str, now: datetime):
    about = await dossier(now)
    await answer(await call(about, now), await musterdorf(now), "Ja, unbedingt.", now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(D)
        assert "Start a position" in page.text
        page = await web.post(f"{P}/start", {"title": "Wölfe", "language": "de"})
        assert str(page.url).endswith(f"{P}/edit")
        assert (await queries.version((await queries.by_number("2026-014")).id)).title == "Wölfe"
