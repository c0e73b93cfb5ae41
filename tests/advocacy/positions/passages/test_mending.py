from datetime import datetime

import pytest

from advocacy.calls.tables import Contribution
from advocacy.errors import Invalid, Outdated
from advocacy.history.tables import Event
from advocacy.positions import actions
from advocacy.positions.forms import Piece
from advocacy.positions.passages.splitting import shown_state
from advocacy.positions.rules import PassageStance
from advocacy.positions.tables import Passage
from advocacy.positions.writing.merging import Draft
from advocacy.undoing.actions import undo
from tests.advocacy.positions.matters import Matter, answer, answer_anew, call, dossier, matter
from tests.browsing import browser
from tests.characters import ana, luca, vzorcna_vas

pytestmark = pytest.mark.anyio

D = "/en/d/2026-014/passages"


async def two_points(now: datetime) -> int:
    """The answer of Vzorčna vas, split into two passages: its number."""
    given = await answer(
        await call(await dossier(now), now), await vzorcna_vas(now), "Ena. Dve. Tri.", now
    )
    await actions.split(given.id, [Piece("Ena."), Piece("Dve.")], by=await ana(now), now=now)
    return given.id


async def words(contribution: int) -> list[tuple[int, str, str, str]]:
    rows = await (
        Passage.select(Passage.number, Passage.text, Passage.tag, Passage.place)
        .where(Passage.contribution == contribution)
        .order_by(Passage.number)
    )
    return [(row["number"], row["text"], row["tag"], row["place"]) for row in rows]


async def _first() -> int:
    return (await Passage.select(Passage.id).order_by(Passage.id).first())["id"]


async def test_a_cut_is_mended_and_numbers_stay(db: str, now: datetime):
    given = await two_points(now)
    seen = await shown_state(given, 1)
    pieces = [Piece("Dve.", "terrain", place="Art. 5", number=2), Piece("Tri.")]
    event = await actions.mend(given, pieces, seen=seen, by=await ana(now), now=now)
    assert await words(given) == [(2, "Dve.", "terrain", "Art. 5"), (3, "Tri.", "", "")]
    await undo(event, by=await ana(now), now=now)
    assert await words(given) == [(1, "Ena.", "", ""), (2, "Dve.", "", "")]


async def test_who_mends_what_another_has_mended_is_told(db: str, now: datetime):
    given = await two_points(now)
    seen = await shown_state(given, 1)
    await actions.mend(
        given, [Piece("Ena. Dve.", number=1)], seen=seen, by=await luca(now), now=now
    )
    with pytest.raises(Outdated):
        await actions.mend(given, [Piece("Dve.", number=2)], seen=seen, by=await ana(now), now=now)
    assert await words(given) == [(1, "Ena. Dve.", "", "")]


async def test_words_that_the_answer_never_held_are_refused(db: str, now: datetime):
    given = await two_points(now)
    seen, before = await shown_state(given, 1), await words(given)
    with pytest.raises(Invalid) as refused:
        await actions.mend(
            given, [Piece("Ena."), Piece("Nikoli.")], seen=seen, by=await ana(now), now=now
        )
    assert list(refused.value.fields) == ["piece-2"]
    assert await words(given) == before
    left_out = [Piece("Ena. […] Tri.", number=1)]
    await actions.mend(given, left_out, seen=seen, by=await ana(now), now=now)
    assert await words(given) == [(1, "Ena. […] Tri.", "", "")]


async def test_what_the_text_cites_is_not_taken_away(db: str, now: datetime):
    it: Matter = await matter(now)
    given = it.answers["SI-07"]
    text = Draft("Wolf", [("k1", f"Planine so strme [@{given.id}.1].")])
    await actions.save(it.position.id, text, base_version=0, by=await ana(now), now=now)
    seen = await shown_state(given.id, 1)
    before = await words(given.id)
    with pytest.raises(Invalid) as refused:
        await actions.mend(
            given.id, [Piece("Imamo 14 planin")], seen=seen, by=await ana(now), now=now
        )
    assert str(refused.value.fields["piece-1"]) == (
        f"@{given.id}.1 is cited in the text and cannot be taken away"
    )
    assert await words(given.id) == before


async def test_a_split_is_taken_back_while_nothing_rests_on_it(db: str, now: datetime):
    given = await two_points(now)
    event = await Event.objects().where(Event.action == "answer split").first()
    assert event is not None
    await actions.tag([await _first()], "x", by=await ana(now), now=now)
    with pytest.raises(Outdated):
        await undo(event.id, by=await ana(now), now=now)
    tagged = await Event.objects().where(Event.action == "passages tagged").first()
    await undo(tagged.id, by=await ana(now), now=now)
    await undo(event.id, by=await ana(now), now=now)
    assert await words(given) == []


async def test_a_second_split_taken_back_leaves_the_first(db: str, now: datetime):
    given = await two_points(now)
    contribution = await Contribution.objects().get(Contribution.id == given)
    await answer_anew(contribution, "Dve. Štiri.", "sl", now)
    pieces = [Piece("Dve.", "new", PassageStance.MENTIONS), Piece("Štiri.")]
    await actions.split(given, pieces, by=await ana(now), now=now)
    assert await words(given) == [
        (1, "Ena.", "", ""),
        (2, "Dve.", "new", ""),
        (3, "Štiri.", "", ""),
    ]
    event = await (
        Event.objects().where(Event.action == "answer split").order_by(Event.id, ascending=False)
    ).first()
    await undo(event.id, by=await ana(now), now=now)
    assert await words(given) == [(1, "Ena.", "", ""), (2, "Dve.", "", "")]


async def test_the_page_of_a_split_answer_mends_it(db: str, now: datetime):
    given = await two_points(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(f"{D}/{given}")
        assert f"[@{given}.1]" in page.text
        fields = {
            "do": "mend", "version": "1", "seen": await shown_state(given, 1),
            "piece-1": "Ena.", "tag-1": "", "stance-1": "supports", "place-1": "§ 3",
            "number-1": "1",
        }  # fmt: skip
        page = await web.post(f"{D}/{given}", fields)
        assert page.status_code == 200
        assert "/en/undo/" in page.text
        assert await words(given) == [(1, "Ena.", "", "§ 3")]
        page = await web.post(f"{D}/{given}", fields | {"number-1": "77"})
        assert page.status_code == 409
