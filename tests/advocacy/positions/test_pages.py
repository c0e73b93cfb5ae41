from datetime import datetime

import pytest

from advocacy.positions import actions, queries
from advocacy.positions.forms import Piece
from advocacy.positions.passages import quotations
from advocacy.positions.writing.merging import Draft
from tests.advocacy.positions.matters import (
    adopt,
    answer,
    call,
    dossier,
    matter,
    written,
)
from tests.browsing import browser
from tests.characters import ana, luca, maja, person, presidency, vzorcna_vas
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio

P, D = "/en/p/2026-014", "/en/d/2026-014/passages"


async def test_a_draft_is_not_there_for_the_public_and_municipalities(db: str, now: datetime):
    await written(now)
    mayor = await person("Janez Primer", "municipality", "sl", now=now)
    async with browser(now) as web:
        paths = [P, f"{P}/v1", f"{P}/v0", f"{P}/compare/v1..v1"]
        assert [(await web.get(path)).status_code for path in paths] == [404] * 4
        assert "Großraubtiere" not in (await web.get("/en/positions")).text
        await web.sign_in(mayor, now)
        assert [(await web.get(path)).status_code for path in [*paths, f"{P}/edit", D]] == [404] * 6


async def test_the_house_reads_a_draft_and_only_the_secretariat_writes(db: str, now: datetime):
    await written(now)
    expected = [
        (await ana(now), [200, 200, 200]),
        (await maja(now), [200, 404, 200]),
        ((await presidency(now))[0], [200, 404, 404]),
    ]
    for who, codes in expected:
        async with browser(now) as web:
            await web.sign_in(who, now)
            found = [(await web.get(path)).status_code for path in (P, f"{P}/edit", D)]
            assert (who.name, found) == (who.name, codes)


async def test_an_adopted_position_is_public_with_counts_and_only_consenting_names(
    db: str, now: datetime
):
    it = await written(now)
    await adopt(it, now)
    async with browser(now) as web:
        page = (await web.get(P)).text
        assert "Supported by 3 municipalities (FR 1 · IT 1 · SI 1), contradicted by 1" in page
        assert "Vzorčna vas" in page
        assert "Villexemple" in page
        for hidden in ("Valdesempio", "Musterdorf", "Imamo 14 planin", "[@", "Ana Muster", "/edit"):
            assert hidden not in page
        assert "Großraubtiere" in (await web.get("/en/positions")).text
        assert (await web.get(f"{P}/v1")).status_code == 200
        assert (await web.get(f"{P}/v0")).status_code == 404


async def test_earlier_versions_of_an_adopted_position_stay_in_the_house(db: str, now: datetime):
    it = await written(now)
    await actions.save(
        it.position.id,
        Draft("Neu", [("k1", "Neu [@own].")]),
        base_version=1,
        by=await ana(now),
        now=now,
    )
    await adopt(it, now)
    async with browser(now) as web:
        found = [
            (await web.get(path)).status_code
            for path in (f"{P}/v2", f"{P}/v1", f"{P}/compare/v1..v2")
        ]
        assert found == [200, 404, 404]


async def test_the_house_sees_quotations_in_the_original_and_who_wrote(db: str, now: datetime):
    await written(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = (await web.get(P)).text
        assert '<q lang="sl">Imamo 14 planin nad 1.600 metri.</q>' in page
        assert '<q lang="de">Teilfinanzierung genügt.</q>' in page
        assert "No municipal input" in page
        assert "Ana Muster" in page
        assert "Voller Ersatz der Kosten" in page


@pytest.mark.parametrize(
    "path",
    [
        f"{P}/v99", f"{P}/v2147483648", f"{P}/vv", f"{P}/compare/v1..v99", f"{P}/compare/x",
        f"{P}/compare/v1..v0", "/en/p/2026-999", "/en/p/x%00y", "/en/p/%F0%9F%90%BA",
        "/en/d/2026-014/passages/999999999999", "/en/d/2026-014/passages/x", "/en/d/2026-999/passages",
    ],
)  # fmt: skip
async def test_garbage_addresses_are_not_there(db: str, now: datetime, path: str):
    await written(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        assert (await web.get(path)).status_code == 404


async def test_since_the_last_look_the_changes_are_one_link_away(db: str, now: datetime):
    it = await written(now)
    async with browser(now) as web:
        await web.sign_in(await luca(now), now)
        assert "since you last looked" not in (await web.get(P)).text
        changed = Draft("Großraubtiere", [("k2", "Nach fünf Jahren [@own].")])
        await actions.save(it.position.id, changed, base_version=1, by=await ana(now), now=now)
        assert f"{P}/compare/v1..v2" in (await web.get(P)).text
        assert "since you last looked" not in (await web.get(P)).text
        page = (await web.get(f"{P}/compare/v1..v2")).text
        assert "<ins>" in page
        assert "<del>" in page


async def test_the_list_costs_the_same_for_one_and_for_three(db: str, now: datetime):
    await written(now)
    with counted() as one:
        rows = await queries.listed(public_only=False)
    assert [(row.number, row.title, row.version) for row in rows] == [
        ("2026-014", "Großraubtiere", 1)
    ]
    by = await ana(now)
    for number in ("2026-015", "2026-016"):
        about = await dossier(now, number)
        await actions.start(about.id, language="de", title="T", by=by, now=now)
    with counted() as three:
        rows = await queries.listed(public_only=False)
    assert [row.number for row in rows] == ["2026-016", "2026-015", "2026-014"]
    assert len(one) == len(three)


async def test_the_list_goes_on_after_a_number_and_takes_no_garbage(db: str, now: datetime):
    await written(now)
    await actions.start(
        (await dossier(now, "2026-015")).id, language="de", title="T", by=await ana(now), now=now
    )
    further = await queries.listed(public_only=False, before="2026-015")
    assert [row.number for row in further] == ["2026-014"]
    async with browser(now) as web:
        for before in ("x", "\x00", "9999-9999999", "'"):
            assert (await web.get("/en/positions", params={"before": before})).status_code == 200


async def test_passages_cost_the_same_for_one_answer_and_for_four(db: str, now: datetime):
    about = await dossier(now, "2026-015")
    one_answer = await answer(await call(about, now), await vzorcna_vas(now), "Ena.", now)
    by = await ana(now)
    await actions.split(one_answer.id, [Piece("Ena.")], by=by, now=now)
    it = await matter(now)
    async with browser(now) as web:
        await web.sign_in(by, now)
        await actions.start(about.id, language="de", title="T", by=by, now=now)
        with counted() as one:
            await web.get("/en/d/2026-015/passages")
        with counted() as four:
            await web.get(D)
    assert len(await quotations.passages(it.dossier.id)) == 4
    assert len(one) == len(four)
