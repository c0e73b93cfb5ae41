"""A call and its dossier are held in one order, so that merging and asking never cross."""

import asyncio
from datetime import datetime

import pytest

from advocacy import database
from advocacy.calls import actions
from advocacy.calls.asking.holding import hold
from advocacy.calls.asking.whole_calls import whole_by_id
from advocacy.dossiers.joining import merging
from advocacy.dossiers.tables import Dossier, Window
from advocacy.errors import NotFound, Outdated
from tests.advocacy.calls import story
from tests.characters import ana

pytestmark = pytest.mark.anyio


async def another(now: datetime) -> Dossier:
    made = Dossier(
        number="2026-015", title="Wolf", language="de", station="opened", countries="AT",
        opened=now, changed=now,
    )  # fmt: skip
    await made.save()
    return made


async def merge(source: int, target: int, now: datetime) -> None:
    await merging.merge(source, target, by=await ana(now), now=now)


async def test_a_call_drafted_for_a_window_that_has_moved_lands_where_the_window_is(
    db: str, now: datetime
):
    await story.people(now)
    window = await story.window(now)
    target = await another(now)
    await merge(window.dossier, target.id, now)
    call = await actions.draft_call(window.id, story.new_call(), by=await ana(now), now=now)
    assert call.number == "2026-015-1"
    assert (await whole_by_id(call.id)).dossier.id == target.id


async def test_a_call_begun_while_its_dossier_is_merged_is_never_lost_in_it(db: str, now: datetime):
    await story.people(now)
    window = await story.window(now)
    target, by = await another(now), await ana(now)
    done = await asyncio.gather(
        merge(window.dossier, target.id, now),
        *(actions.draft_call(window.id, story.new_call(), by=by, now=now) for _ in range(3)),
        return_exceptions=True,
    )
    assert all(each is None or not isinstance(each, Exception) or isinstance(each, Outdated)
               for each in done)  # fmt: skip
    moved = await Window.objects().where(Window.id == window.id).first()
    assert moved is not None
    merged = done[0] is None
    assert (moved.dossier == target.id) == merged
    for call in done[1:]:
        if not isinstance(call, BaseException):
            assert (await whole_by_id(call.id)).dossier.id == moved.dossier


async def test_a_number_is_used_once_though_calls_move_between_dossiers(db: str, now: datetime):
    first = await story.drafted(now)
    target = await another(now)
    await merge((await whole_by_id(first.id)).dossier.id, target.id, now)
    numbers = [
        (
            await actions.draft_call(first.window, story.new_call(), by=await ana(now), now=now)
        ).number
        for _ in range(2)
    ]
    assert (first.number, *numbers) == ("2026-014-1", "2026-015-1", "2026-015-2")


async def test_what_is_not_there_cannot_be_held(db: str, now: datetime):
    with pytest.raises(NotFound):
        async with database.transaction():
            await hold(99)
