from datetime import datetime

import pytest

from advocacy.bodies.tables import Procedure
from advocacy.positions import actions, queries
from advocacy.positions.tables import PositionVersion, Proposal
from advocacy.positions.writing.merging import Draft
from tests.advocacy.positions.matters import (
    adopt,
    matter,
    text,
    written,
)
from tests.browsing import browser
from tests.characters import ana, luca

pytestmark = pytest.mark.anyio

P, D = "/en/p/2026-014", "/en/d/2026-014/passages"


def form(*paragraphs: tuple[str, str], base: int = 0, **more: str) -> dict[str, str]:
    fields = {"title": "Großraubtiere", "base": str(base), "do": "save"}
    for count, (key, words) in enumerate(paragraphs, 1):
        fields |= {f"key-{count}": key, f"text-{count}": words, f"place-{count}": str(count)}
    return fields | more


async def test_a_paragraph_is_added_and_the_text_saved_without_javascript(db: str, now: datetime):
    it = await matter(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"{P}/edit")
        page = await web.post(f"{P}/edit", form(("k1", "Eins [@own]."), do="paragraph"))
        assert page.status_code == 200
        assert "Eins [@own]." in page.text
        assert page.text.count('name="text-') == 2
        assert await PositionVersion.count() == 1
        page = await web.post(f"{P}/edit", form(("k1", "Eins [@own]."), ("k2", "Zwei [@own].")))
        assert page.status_code == 200
        assert str(page.url).endswith(P)
        kept = await queries.version(it.position.id)
        assert queries.paragraphs_of(kept) == [("k1", "Eins [@own]."), ("k2", "Zwei [@own].")]


async def test_an_earlier_version_is_written_on_with_its_own_paragraphs(db: str, now: datetime):
    it = await matter(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        first, emptied = form(("k1", "Eins [@own].")), form(base=1)
        for fields in (first, emptied):
            await web.get(f"{P}/edit")
            await web.post(f"{P}/edit", fields)
        assert queries.paragraphs_of(await queries.version(it.position.id)) == []
        assert f'href="{P}/edit?of=1"' in (await web.get(f"{P}/v1")).text
        page = await web.get(f"{P}/edit?of=1")
        assert "Eins [@own]." in page.text
        assert 'name="key-1" value="k1"' in page.text
        assert 'name="base" value="2"' in page.text
        assert (await web.get(f"{P}/edit?of=9")).status_code == 404


async def test_the_same_form_twice_makes_one_version(db: str, now: datetime):
    await matter(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"{P}/edit")
        data = web.keys() | form(("", "Eins [@own]."))
        for _ in range(2):
            answer = await web.client.post(f"{P}/edit", data=data)
            assert (answer.status_code, answer.headers["location"]) == (303, P)
        assert await PositionVersion.count() == 2


async def test_a_wrong_citation_comes_back_with_its_sentence_and_every_word(db: str, now: datetime):
    await matter(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"{P}/edit")
        fields = form(("k1", "Gut [@own]. Teuer [@77.9]."), ("k2", "Bleibt [@own]."), note="Notiz")
        fields |= {"ask-1": "0", "wanted-1": "Voller Ersatz", "of-1": "k1"}
        page = await web.post(f"{P}/edit", fields)
        assert page.status_code == 422
        assert '<a href="#text-k1">@77.9 is not a passage or source' in page.text
        assert "Sentence: Teuer [@77.9]." in page.text
        for words in ("Gut [@own]. Teuer [@77.9].", "Bleibt [@own].", "Voller Ersatz", "Notiz"):
            assert words in page.text
        assert await PositionVersion.count() == 1


async def test_the_second_to_save_a_paragraph_sees_both_and_keeps_his_own(db: str, now: datetime):
    it = await written(now)
    async with browser(now) as web:
        await web.sign_in(await luca(now), now)
        await web.get(f"{P}/edit")
        hers = Draft("Großraubtiere", [("k1", "Ihr Satz [@own]."), text(it).paragraphs[1]])
        await actions.save(it.position.id, hers, base_version=1, by=await ana(now), now=now)
        mine = form(("k1", "Sein Satz [@own]."), ("k2", "Auch geändert [@own]."), base=1)
        page = await web.post(f"{P}/edit", mine)
        assert page.status_code == 409
        assert "Ana Muster has saved the same paragraph meanwhile (version 2)" in page.text
        for words in ("Ihr Satz [@own].", "Sein Satz [@own].", "Auch geändert [@own]."):
            assert words in page.text
        assert 'name="base" value="2"' in page.text
        page = await web.post(f"{P}/edit", mine | {"base": "2"})
        assert page.status_code == 200
        assert (
            queries.paragraphs_of(await queries.version(it.position.id))[0][1]
            == "Sein Satz [@own]."
        )


async def test_on_a_collision_mine_can_become_a_proposal_and_theirs_stays(db: str, now: datetime):
    it = await written(now)
    async with browser(now) as web:
        await web.sign_in(await luca(now), now)
        await web.get(f"{P}/edit")
        hers = Draft("Großraubtiere", [("k1", "Ihr Satz [@own]."), text(it).paragraphs[1]])
        await actions.save(it.position.id, hers, base_version=1, by=await ana(now), now=now)
        mine = form(("k1", "Sein Satz [@own]."), ("k2", "Auch geändert [@own]."), base=1)
        page = await web.post(f"{P}/edit", mine)
        assert "Keep mine as a proposal, leave theirs" in page.text
        page = await web.post(f"{P}/edit", mine | {"base": "2", "do": "propose k1"})
        assert "Yours is a proposal now. Theirs stands in the field." in page.text
        assert ">Ihr Satz [@own].</textarea>" in page.text
        assert ">Auch geändert [@own].</textarea>" in page.text
        assert (await web.post(f"{P}/edit", mine | {"do": "propose x"})).status_code in {404, 422}
    [row] = await Proposal.select(Proposal.paragraph, Proposal.text, Proposal.before)
    assert row == {
        "paragraph": "k1", "text": "Sein Satz [@own].", "before": "Ihr Satz [@own].",
    }  # fmt: skip


async def test_characters_count_against_the_channels_limit(db: str, now: datetime):
    it = await matter(now)
    from advocacy.bodies import known
    from advocacy.dossiers.tables import Dossier

    await known.seed(now)
    procedure = await Procedure.objects().first()
    await Procedure.update({Procedure.text_limit: 10}).where(Procedure.id == procedure.id)
    await Dossier.update({Dossier.procedure: procedure.id}).where(Dossier.id == it.dossier.id)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"{P}/edit")
        page = await web.post(f"{P}/edit", form(("k1", "Zwölf Zeichen [@own]"), do="preview"))
        assert "13 of 10 characters" in page.text
        assert "3 characters too many" in page.text


async def test_a_first_draft_cites_every_passage(db: str, now: datetime):
    it = await matter(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(f"{P}/edit")
        assert "Assemble a first draft" in page.text
        page = await web.post(f"{P}/edit", form(("k1", ""), do="assemble"))
        assert all(f"[{mark}]." in page.text for mark in it.marks.values())
        page = await web.post(f"{P}/edit", form(("k1", "Schon da [@own]."), do="assemble"))
        assert "Schon da [@own]." in page.text
        assert f"[{it.marks['SI-07']}].</textarea>" not in page.text


async def test_a_text_that_was_handed_in_cannot_be_edited(db: str, now: datetime):
    it = await written(now)
    await adopt(it, now, "submitted")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        assert (await web.get(f"{P}/edit")).status_code == 403
        await web.get(P)
        assert "Edit the text" not in web.page.text
        assert (await web.post(f"{P}/edit", form(("k1", "Neu [@own].")))).status_code == 403


async def test_markup_in_a_paragraph_stays_words(db: str, now: datetime):
    it = await matter(now)
    evil = "<script>alert(1)</script> [klick](javascript:alert(1)) **fett** <img src=x onerror=y> [@own]."
    draft = Draft('<b>"Titel"</b>', [("k1", evil)])
    await actions.save(it.position.id, draft, base_version=0, by=await ana(now), now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for path in (P, f"{P}/edit", "/en/positions", f"{P}/v1", f"{P}/compare/v0..v1"):
            page = (await web.get(path)).text
            assert "<script>alert" not in page
            assert "<img src=x" not in page
            assert 'href="javascript:' not in page
            assert '<b>"Titel"' not in page
        assert "<strong>fett</strong>" in (await web.get(P)).text


async def test_binding_languages_are_chosen_on_the_page(db: str, now: datetime):
    await written(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(P)
        await web.post(f"{P}/binding", {"binding": ["fr", "sl"]})
        assert (await queries.by_number("2026-014")).binding_languages == "fr,sl"
        assert (await web.post(f"{P}/binding", {"binding": "xx"})).status_code == 422
