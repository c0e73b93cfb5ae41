"""Of two who merge, attach or set at once one is faster, and nothing is lost."""

import asyncio
from datetime import datetime
from typing import Any

import pytest

from advocacy.dossiers import actions, queries
from advocacy.dossiers.forms import NewWindow
from advocacy.dossiers.joining import merging
from advocacy.dossiers.tables import (
    DossierEntry,
    Window,
)
from advocacy.errors import DomainError
from advocacy.history.queries import first_broken
from tests.advocacy.dossiers.joining.pair import CLOSES, DAY, new
from tests.advocacy.triage.sample import entry
from tests.characters import ana

pytestmark = pytest.mark.anyio


async def _settled(*work: Any) -> list[Any]:
    """Each has its answer, or one of the domain's own sentences."""
    told = await asyncio.gather(*work, return_exceptions=True)
    assert [
        e for e in told if isinstance(e, BaseException) and not isinstance(e, DomainError)
    ] == []
    return list(told)


async def test_what_somebody_attaches_or_sets_meanwhile_is_in_the_target_or_refused(
    db: str, now: datetime
):
    by = await ana(now)
    for turn in range(4):
        source = await actions.open_dossier(new(f"Source {turn}"), by=by, now=now)
        target = await actions.open_dossier(new(f"Target {turn}"), by=by, now=now)
        ids = [await entry(f"Entry {turn} {n}", now=now) for n in range(3)]
        wanted = NewWindow(CLOSES + DAY, "Europe/Brussels")
        told = await _settled(
            actions.attach(ids[:1], source.id, by=by, now=now),
            actions.add_window(source.id, wanted, by=by, now=now),
            merging.merge(source.id, target.id, by=by, now=now),
            actions.attach(ids[1:], source.id, by=by, now=now),
        )
        assert isinstance(told[2], int)
        attached = sum(len(part) for part, each in ((ids[:1], told[0]), (ids[1:], told[3])) if isinstance(each, int))  # fmt: skip
        assert await DossierEntry.count().where(DossierEntry.dossier == source.id) == 0
        assert await DossierEntry.count().where(DossierEntry.dossier == target.id) == attached
        windows = 2 + (not isinstance(told[1], Exception))
        assert await Window.count().where(Window.dossier == source.id) == 0
        assert await Window.count().where(Window.dossier == target.id) == windows
    assert await first_broken() is None


async def test_of_two_who_merge_a_pair_in_both_directions_one_does(db: str, now: datetime):
    by = await ana(now)
    for turn in range(4):
        one = await actions.open_dossier(new(f"One {turn}"), by=by, now=now)
        two = await actions.open_dossier(new(f"Two {turn}"), by=by, now=now)
        told = await _settled(
            merging.merge(one.id, two.id, by=by, now=now),
            merging.merge(two.id, one.id, by=by, now=now),
        )
        assert sum(isinstance(each, int) for each in told) == 1
        merged_ones = [
            each
            for each in (await queries.by_id(one.id), await queries.by_id(two.id))
            if each.merged_into
        ]
        assert len(merged_ones) == 1
    assert await first_broken() is None
