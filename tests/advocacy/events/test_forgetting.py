from datetime import datetime, timedelta

import pytest

from advocacy.events.registering.forgetting import KEPT_FOR, forget_participants
from advocacy.events.tables import Registration
from advocacy.history.tables import Event
from tests.advocacy.events.matters import published, registered

pytestmark = pytest.mark.anyio


async def test_a_year_after_a_gathering_its_list_holds_nobody_s_name(db: str, now: datetime):
    old = await published(now)
    for number in (1, 2):
        await registered(old, number, now)
    assert await forget_participants(old.ends + KEPT_FOR) == 0
    assert await forget_participants(old.ends + KEPT_FOR + timedelta(seconds=1)) == 1
    rows = await Registration.objects().order_by(Registration.id)
    assert [(row.name, row.email, row.note, row.state) for row in rows] == [
        ("–", f"forgotten-{row.id}", "", "placed") for row in rows
    ]
    assert await forget_participants(old.ends + 2 * KEPT_FOR) == 0
    assert await Event.count().where(Event.action == "participants forgotten") == 1
