from datetime import datetime, timedelta

import pytest

from advocacy.dossiers.tables import Dossier
from advocacy.positions import actions
from advocacy.positions.tables import Position
from advocacy.positions.writing.earlier import EarlierParagraph, earlier_wording
from advocacy.positions.writing.merging import Draft
from tests.advocacy.positions import matters
from tests.advocacy.positions.matters import adopt, matter, written
from tests.browsing import browser
from tests.characters import ana

pytestmark = pytest.mark.anyio

P = "/en/p/2026-030"


async def another(now: datetime, number: str, title: str, topics: str, text: str) -> Position:
    about = await matters.dossier(now, number, "draft")
    await Dossier.update({Dossier.title: title, Dossier.topics: topics}).where(
        Dossier.id == about.id
    )
    by = await ana(now)
    position = await actions.start(about.id, language="de", title=title, by=by, now=now)
    draft = Draft(title, [("k1", text)])
    await actions.save(position.id, draft, base_version=0, by=by, now=now)
    return position


async def test_adopted_wording_on_the_same_topic_is_offered_with_number_and_day(
    db: str, now: datetime
):
    it = await written(now)
    await Dossier.update({Dossier.topics: "carnivores,farming"}).where(Dossier.id == it.dossier.id)
    new = await another(now, "2026-030", "Neues", "farming", "Neu [@own].")
    assert await earlier_wording(new.dossier, "de") == []
    await adopt(it, now)
    (found,) = await earlier_wording(new.dossier, "de")
    assert (found.number, found.title, found.adopted, found.topics) == (
        "2026-014",
        "Großraubtiere",
        now,
        ["farming"],
    )
    assert found.paragraphs == [
        EarlierParagraph(1, "k1", "Die Kosten sind zu ersetzen."),
        EarlierParagraph(2, "k2", "Die Regel wird nach drei Jahren geprüft."),
    ]


async def test_a_title_with_the_same_words_is_enough_and_other_matters_are_not_offered(
    db: str, now: datetime
):
    it = await written(now)
    await adopt(it, now)
    alike = await another(now, "2026-030", "Wieder Großraubtiere", "", "Neu [@own].")
    other = await another(now, "2026-031", "Brenner", "transport", "Neu [@own].")
    assert [each.number for each in await earlier_wording(alike.dossier, "de")] == ["2026-014"]
    assert await earlier_wording(other.dossier, "de") == []


async def test_who_shares_more_comes_first_then_the_newest(db: str, now: datetime):
    for day, (number, topics) in enumerate(
        [("2026-001", "a"), ("2026-002", "a,b"), ("2026-003", "a")]
    ):
        position = await another(now, number, "Titel", topics, "Text [@own].")
        await Position.update(
            {Position.state: "adopted", Position.adopted: now + timedelta(days=day)}
        ).where(Position.id == position.id)
    new = await another(now, "2026-030", "Neues", "a,b", "Neu [@own].")
    found = [each.number for each in await earlier_wording(new.dossier, "de")]
    assert found == ["2026-002", "2026-003", "2026-001"]


async def test_a_paragraph_is_taken_over_and_the_note_says_from_where(db: str, now: datetime):
    it = await matter(now)
    await actions.save(it.position.id, matters.text(it), base_version=0, by=await ana(now), now=now)
    await adopt(it, now)
    await another(now, "2026-030", "Großraubtiere, zweiter Teil", "", "Neu [@own].")
    form = {"title": "T", "base": "1", "key-1": "k9", "text-1": "Neu [@own].", "place-1": "1"}
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(f"{P}/edit")
        assert "Adopted earlier on this" in page.text
        page = await web.post(f"{P}/edit", form | {"do": "take 2026-014 k1"})
        assert page.status_code == 200
        assert "Die Kosten sind zu ersetzen [@own]." in page.text
        assert "Wording of 2026-014" in page.text
        gone = await web.post(f"{P}/edit", form | {"do": "take 2026-099 k1"})
        assert gone.status_code == 404
