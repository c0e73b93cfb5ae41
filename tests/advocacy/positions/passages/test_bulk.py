"""Many passages: pages of groups, all of a group, all that a filter finds, kept reasons."""

import json
from datetime import datetime

import pytest

from advocacy.calls.tables import ContributionVersion, OfficialParagraph, OfficialText
from advocacy.positions import actions
from advocacy.positions.forms import Piece
from advocacy.positions.handlers.passages import GROUPS_A_PAGE
from advocacy.positions.handlers.splitting import proposed
from advocacy.positions.passages import quotations
from advocacy.positions.tables import Passage, Wording
from tests.advocacy.positions.matters import answer, call, dossier, matter
from tests.browsing import browser
from tests.characters import ana, musterdorf, vzorcna_vas

pytestmark = pytest.mark.anyio

D = "/en/d/2026-014/passages"


async def test_a_group_is_chosen_whole_and_everything_too(db: str, now: datetime):
    asked = await call(await dossier(now), now)
    by = await ana(now)
    for place in (await vzorcna_vas(now), await musterdorf(now)):
        texts = ["Herden brauchen Schutz und Hirten.", f"Aus {place.name}."]
        given = await answer(asked, place, " ".join(texts), now)
        pieces = [Piece(text) for text in texts]
        await actions.split(given.id, pieces, by=by, now=now)
    await Passage.update({Passage.language: "de"}, force=True)
    head = (await Passage.select(Passage.id).order_by(Passage.id).first())["id"]
    async with browser(now) as web:
        await web.sign_in(by, now)
        assert "1 more says nearly the same" in (await web.get(D)).text
        await web.post(D, {"groups": str(head), "do": "tag", "new_tag": "herds"})
        assert await Passage.count().where(Passage.tag == "herds") == 2
        await web.post(f"{D}?tag=herds", {"everything": "1", "do": "tag", "new_place": "Art. 5"})
        assert await Passage.count().where(Passage.place == "Art. 5") == 2
        page = await web.post(f"{D}?tag=herds", {"groups": "99999", "do": "untag"})
        assert page.status_code == 404


async def test_groups_come_in_pages_and_garbage_is_the_first(db: str, now: datetime):
    asked = await call(await dossier(now), now)
    texts = [f"točka{number} beseda{number}" for number in range(GROUPS_A_PAGE + 1)]
    given = await answer(asked, await vzorcna_vas(now), " ".join(texts), now)
    pieces = [Piece(text) for text in texts]
    await actions.split(given.id, pieces, by=await ana(now), now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for query, shown in (("", 40), ("?page=2", 1), ("?page=x", 40), ("?page=99", 1)):
            page = await web.get(f"{D}{query}")
            assert page.text.count('name="passages"') == shown
        assert "Page 2 of 2" in page.text


async def test_a_large_group_is_shown_one_by_one_on_its_own_page(db: str, now: datetime):
    asked = await call(await dossier(now), now)
    texts = [f"Herden brauchen Schutz und Hirten {number}" for number in range(6)]
    given = await answer(asked, await vzorcna_vas(now), " ".join(texts), now)
    pieces = [Piece(text) for text in texts]
    [first, *_] = await actions.split(given.id, pieces, by=await ana(now), now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(D)
        assert page.text.count('name="passages"') == 3
        assert f"alike={first.contribution}.{first.number}" in page.text
        page = await web.get(f"{D}?alike={first.contribution}.{first.number}")
        assert page.text.count('name="passages"') == 6
        assert (await web.get(f"{D}?alike=<x>")).text.count('name="passages"') == 0


async def test_a_reason_is_kept_and_taken_again(db: str, now: datetime):
    it = await matter(now)
    first, second = [row.id for row in await quotations.passages(it.dossier.id)][:2]
    decided = {"do": "dispose", "disposition": "not_taken_up"}
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(D)
        await web.post(
            D, decided | {"passages": str(first), "reason": "Zu teuer", "keep_wording": "1"}
        )
        assert await Wording.select(Wording.text, Wording.language) == [
            {"text": "Zu teuer", "language": "en"}
        ]
        await web.post(D, decided | {"passages": str(second), "reason": "", "wording": "Zu teuer"})
        assert await Passage.count().where(Passage.disposition_reason == "Zu teuer") == 2
        page = await web.get("/en/wordings")
        assert "Zu teuer" in page.text
        kept = (await Wording.select(Wording.id).first())["id"]
        page = await web.post(f"/en/wordings/{kept}/away", {})
        assert await Wording.count() == 0
        undo = page.text.split('action="/en/undo/')[1].split('"')[0]
        await web.post(f"/en/undo/{undo}", {})
        assert await Wording.select(Wording.text) == [{"text": "Zu teuer"}]
        page = await web.post("/en/wordings", {"reason": " "})
        assert page.status_code == 422


async def test_comments_on_the_official_text_are_split_with_their_place(db: str, now: datetime):
    about = await dossier(now)
    asked = await call(about, now)
    given = await answer(asked, await vzorcna_vas(now), "", now)
    official = OfficialText(
        call=asked.id, title="Verordnung", language="de", person=(await ana(now)).id, at=now
    )
    await official.save()
    await OfficialParagraph(official=official.id, number=2, label="Art. 5", text="Zäune").save()
    await ContributionVersion.update(
        {ContributionVersion.comments: json.dumps({"2": "Predrago. Brez pomoči ne gre."})}
    ).where(ContributionVersion.contribution == given.id)
    [original] = await quotations.originals(about.id)
    assert original.waits
    assert [(piece.text, piece.place) for piece in proposed(original)] == [
        ("Predrago.", "Art. 5"),
        ("Brez pomoči ne gre.", "Art. 5"),
    ]
    await actions.split(given.id, proposed(original), by=await ana(now), now=now)
    [original] = await quotations.originals(about.id)
    assert [original.rewords(row) for row in original.passages] == [False, False]
