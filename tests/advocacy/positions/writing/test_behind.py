from datetime import datetime

import pytest

from advocacy.calls.covering.coverage import of_dossier
from advocacy.positions import actions, queries
from advocacy.positions.passages import quotations
from advocacy.positions.rules import PassageStance
from advocacy.positions.writing.behind import CountryBehind, behind, by_country
from advocacy.positions.writing.merging import Draft
from tests.advocacy.positions.matters import Matter, adopt, matter, written
from tests.browsing import browser
from tests.characters import ana, presidency
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio

P = "/en/p/2026-014"
SUPPORTS, CONTRADICTS, MENTIONS = PassageStance


async def test_each_municipality_stands_once_with_the_paragraphs_that_cite_it(
    db: str, now: datetime
):
    it = await matter(now)
    rows = await quotations.passages(it.dossier.id)
    marks = it.marks
    text = [
        ("k1", f"Eins [{marks['AT-01']} {marks['SI-07']}]."),
        ("k2", f"Zwei [{marks['SI-07']}]."),
    ]
    found = [(each.name, each.stance, dict(each.paragraphs)) for each in behind(text, rows)]
    assert found == [
        ("Musterdorf", CONTRADICTS, {SUPPORTS: [], CONTRADICTS: [1], MENTIONS: []}),
        ("Vzorčna vas", SUPPORTS, {SUPPORTS: [1, 2], CONTRADICTS: [], MENTIONS: []}),
    ]


async def test_countries_count_who_was_asked_and_who_stands_behind(db: str, now: datetime):
    it = await written(now)
    rows = await quotations.passages(it.dossier.id)
    text = queries.paragraphs_of(await queries.version(it.position.id))
    countries = by_country(behind(text, rows), await of_dossier(it.dossier.id))
    assert countries == [
        CountryBehind("FR", 1, 1, 1, 0, 0),
        CountryBehind("IT", 1, 1, 1, 0, 0),
        CountryBehind("SI", 1, 1, 1, 0, 0),
        CountryBehind("AT", 1, 1, 0, 1, 0),
    ]


async def test_the_public_sees_counts_and_only_consenting_names(db: str, now: datetime):
    it = await written(now)
    async with browser(now) as web:
        paths = [f"{P}/support", f"{P}/sentences", f"{P}/brief.pdf", f"{P}/support.xlsx"]
        assert [(await web.get(path)).status_code for path in paths[:3]] == [404] * 3
        await adopt(it, now)
        page = (await web.get(f"{P}/support")).text
        assert "3 municipalities support what the text says." in page
        assert "Vzorčna vas" in page
        assert "1 municipality is counted and not named" in page
        sentences = (await web.get(f"{P}/sentences")).text
        assert "Supported by 3 municipalities (FR 1 · IT 1 · SI 1), contradicted by 1" in sentences
        for hidden in ("Valdesempio", "Ana Muster", "/m/IT", "Version 1", "Imamo"):
            assert hidden not in page + sentences
        assert (await web.get(paths[3])).content[:2] != b"PK"
        assert "Valdesempio" not in (await web.get(f"{P}/support.csv")).text


async def test_the_presidency_sees_every_municipality_and_takes_the_table_along(
    db: str, now: datetime
):
    await written(now)
    async with browser(now) as web:
        await web.sign_in((await presidency(now))[0], now)
        page = (await web.get(f"{P}/support")).text
        assert "Valdesempio" in page
        table = await web.get(f"{P}/support.csv")
        assert "SI-07;Vzorčna vas;SI;Supports;§ 1;;;Yes" in table.text
        assert "IT-01;Valdesempio;IT;Supports;§ 1;;;No" in table.text
        workbook = await web.get(f"{P}/support.xlsx")
        assert workbook.content[:2] == b"PK"
        assert "support-2026-014.xlsx" in workbook.headers["content-disposition"]


async def test_each_sentence_says_what_it_rests_on_and_who_brought_it(db: str, now: datetime):
    it = await written(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = " ".join((await web.get(f"{P}/sentences")).text.split())
        assert "Supported by 3 municipalities (FR 1 · IT 1 · SI 1), contradicted by 1" in page
        assert "The network's own words" in page
        assert ">Version 1</a>, Ana Muster" in page
        assert "Imamo 14 planin" in page
    assert it.marks


async def test_the_pages_take_no_query_per_paragraph(db: str, now: datetime):
    it: Matter = await written(now)
    counts: dict[str, list[int]] = {"support": [], "sentences": []}
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for paragraphs in (1, 3):
            text = [
                (f"k{n}", f"Satz {n} [{' '.join(it.marks.values())}].") for n in range(paragraphs)
            ]
            base = (await queries.version(it.position.id)).number
            await actions.save(
                it.position.id, Draft("T", text), base_version=base, by=await ana(now), now=now
            )
            for path, made in counts.items():
                with counted() as asked:
                    assert (await web.get(f"{P}/{path}")).status_code == 200
                made.append(len(asked))
    assert [len(set(made)) for made in counts.values()] == [1, 1]
