from datetime import datetime, timedelta

import pytest

from advocacy.calls import actions
from advocacy.calls.asking import checking
from advocacy.calls.asking.whole_calls import whole_by_id
from advocacy.calls.tables import CallText
from advocacy.errors import Outdated
from advocacy.undoing.actions import undo
from tests.advocacy.calls import story
from tests.characters import ana, maja

pytestmark = pytest.mark.anyio


async def _text(call_id: int) -> CallText:
    found = await CallText.objects().where(CallText.call == call_id, CallText.language == "sl")
    return found[0]


async def test_a_check_keeps_the_original_that_it_was_made_against(db: str, now: datetime):
    call = await story.drafted(now)
    assert checking.source_of(await _text(call.id)) is None
    await actions.check_text(call.id, "sl", by=await maja(now), now=now)
    whole = await whole_by_id(call.id)
    assert checking.source_of(await _text(call.id)) == whole.lead


async def test_a_check_is_undone_and_was_never_there(db: str, now: datetime):
    call = await story.drafted(now)
    event = await actions.check_text(call.id, "sl", by=await maja(now), now=now)
    assert event is not None
    path = await undo(event, by=await maja(now), now=now)
    assert path == "/c/2026-014-1/text/sl"
    text = await _text(call.id)
    assert (text.checked, text.checked_by, text.source_words) == (None, None, "")
    with pytest.raises(Outdated):
        await undo(event, by=await maja(now), now=now)


async def test_a_check_taken_back_by_its_button_can_be_brought_back(db: str, now: datetime):
    call = await story.drafted(now)
    await actions.check_text(call.id, "sl", by=await maja(now), now=now)
    later = now + timedelta(hours=1)
    event = await checking.uncheck(call.id, "sl", by=await ana(now), now=later)
    assert (await _text(call.id)).checked is None
    assert checking.source_of(await _text(call.id)) is not None
    await undo(event, by=await ana(now), now=later)
    assert (await _text(call.id)).checked == now


async def test_what_nobody_has_checked_cannot_be_unchecked(db: str, now: datetime):
    call = await story.drafted(now)
    with pytest.raises(Outdated):
        await checking.uncheck(call.id, "sl", by=await maja(now), now=now)


async def test_a_check_is_not_undone_when_somebody_checked_anew(db: str, now: datetime):
    call = await story.drafted(now)
    first = await actions.check_text(call.id, "sl", by=await maja(now), now=now)
    later = now + timedelta(hours=1)
    await checking.uncheck(call.id, "sl", by=await ana(now), now=later)
    await actions.check_text(call.id, "sl", by=await ana(now), now=later)
    assert first is not None
    with pytest.raises(Outdated):
        await undo(first, by=await maja(now), now=later)
    assert (await _text(call.id)).checked == later


async def test_a_call_that_has_left_stays_checked(db: str, now: datetime):
    call = await story.opened(now)
    with pytest.raises(Outdated):
        await checking.uncheck(call.id, "sl", by=await maja(now), now=now)
