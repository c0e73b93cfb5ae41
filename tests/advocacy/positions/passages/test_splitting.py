import asyncio
from datetime import datetime

import pytest

from advocacy.errors import Invalid, NotAllowed, NotFound, Outdated
from advocacy.history.tables import Event
from advocacy.positions import actions
from advocacy.positions.forms import Piece
from advocacy.positions.passages import quotations
from advocacy.positions.rules import Disposition, PassageStance
from advocacy.positions.tables import Passage
from tests.advocacy.positions.matters import (
    answer,
    answer_anew,
    call,
    dossier,
    matter,
    withdraw,
)
from tests.characters import ana, luca, maja, vzorcna_vas

pytestmark = pytest.mark.anyio


async def event(action: str) -> Event:
    found = await Event.objects().where(Event.action == action).order_by(Event.id).first()
    assert found is not None
    return found


async def test_an_answer_is_split_into_numbered_passages(db: str, now: datetime):
    asked = await call(await dossier(now), now)
    given = await answer(asked, await vzorcna_vas(now), "Imamo 14 planin. Ograje stanejo.", now)
    pieces = [
        Piece("Imamo 14 planin.", "terrain", PassageStance.MENTIONS),
        Piece("Ograje stanejo.", "  costs\n"),
    ]
    await actions.split(given.id, pieces, by=await ana(now), now=now)
    rows = await Passage.select(
        Passage.number, Passage.text, Passage.tag, Passage.stance, Passage.language
    ).order_by(Passage.number)
    assert [tuple(row.values()) for row in rows] == [
        (1, "Imamo 14 planin.", "terrain", "mentions", "sl"),
        (2, "Ograje stanejo.", "costs", "supports", "sl"),
    ]
    assert (await event("answer split")).object == given.id


async def test_an_answer_is_split_once(db: str, now: datetime):
    asked = await call(await dossier(now), now)
    given = await answer(asked, await vzorcna_vas(now), "Imamo 14 planin.", now)
    by = await ana(now)
    results = await asyncio.gather(
        *(actions.split(given.id, [Piece("Imamo 14 planin.")], by=by, now=now) for _ in range(5)),
        return_exceptions=True,
    )
    assert sorted(isinstance(result, Outdated) for result in results) == [False] + [True] * 4
    assert await Passage.count() == 1


async def test_a_new_answer_keeps_the_numbers_of_what_it_still_says(db: str, now: datetime):
    about = await dossier(now)
    given = await answer(await call(about, now), await vzorcna_vas(now), "Ena. Dva.", now)
    by = await ana(now)
    await actions.split(given.id, [Piece("Ena.", "a"), Piece("Dva.", "b")], by=by, now=now)
    await answer_anew(given, "Dva. Tri.", "sl", now)
    await actions.split(given.id, [Piece("Dva.", "b"), Piece("Tri.", "c")], by=by, now=now)
    rows = await quotations.passages(about.id)
    assert [(row.number, row.text, row.stands) for row in rows] == [
        (1, "Ena.", False),
        (2, "Dva.", True),
        (3, "Tri.", True),
    ]


async def test_a_withdrawn_answer_is_not_split(db: str, now: datetime):
    given = await answer(await call(await dossier(now), now), await vzorcna_vas(now), "Ena.", now)
    await withdraw(given)
    with pytest.raises(NotFound):
        await actions.split(given.id, [Piece("Ena.")], by=await ana(now), now=now)


async def test_deciding_on_passages_can_be_undone_once(db: str, now: datetime):
    it = await matter(now)
    by = await ana(now)
    ids = [row.id for row in await quotations.passages(it.dossier.id)]
    number = await actions.dispose(ids, Disposition.NOT_TAKEN_UP, "Zu teuer", by=by, now=now)
    kept = await Passage.select(Passage.disposition, Passage.disposition_reason)
    assert kept == [{"disposition": "not_taken_up", "disposition_reason": "Zu teuer"}] * 4
    done = await event("passages disposed")
    assert done.id == number
    assert await actions.UNDO[done.action](done, by, now) == "/d/2026-014/passages"
    assert {row["disposition"] for row in await Passage.select(Passage.disposition)} == {"open"}
    with pytest.raises(Outdated):
        await actions.UNDO[done.action](done, by, now)


async def test_what_was_decided_anew_is_not_undone(db: str, now: datetime):
    it = await matter(now)
    by = await ana(now)
    ids = [row.id for row in await quotations.passages(it.dossier.id)]
    await actions.dispose(ids, Disposition.NOTED, by=by, now=now)
    await actions.dispose(ids[:1], Disposition.PARTLY, "Zur Hälfte", by=await luca(now), now=now)
    done = await event("passages disposed")
    with pytest.raises(Outdated):
        await actions.UNDO[done.action](done, by, now)
    states = [
        row["disposition"] for row in await Passage.select(Passage.disposition).order_by(Passage.id)
    ]
    assert states == ["partly", "noted", "noted", "noted"]


async def test_a_decision_without_its_reason_changes_nothing(db: str, now: datetime):
    it = await matter(now)
    ids = [row.id for row in await quotations.passages(it.dossier.id)]
    with pytest.raises(Invalid):
        await actions.dispose(ids, Disposition.NOT_TAKEN_UP, " ", by=await ana(now), now=now)
    with pytest.raises(NotFound):
        await actions.dispose([*ids, 999], Disposition.NOTED, by=await ana(now), now=now)
    assert {row["disposition"] for row in await Passage.select(Passage.disposition)} == {"open"}


async def test_tagging_can_be_undone_by_the_secretariat_only(db: str, now: datetime):
    it = await matter(now)
    rows = await quotations.passages(it.dossier.id)
    ids = [row.id for row in rows[:2]]
    await actions.tag(ids, "money", PassageStance.MENTIONS, by=await ana(now), now=now)
    changed = [(row.tag, row.stance) for row in await quotations.passages(it.dossier.id)]
    assert changed[:3] == [("money", "mentions"), ("money", "mentions"), ("costs", "supports")]
    done = await event("passages tagged")
    with pytest.raises(NotAllowed):
        await actions.UNDO[done.action](done, await maja(now), now)
    await actions.UNDO[done.action](done, await ana(now), now)
    assert await quotations.passages(it.dossier.id) == rows
