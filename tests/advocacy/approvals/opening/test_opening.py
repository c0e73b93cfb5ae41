from datetime import datetime

import pytest

from advocacy.approvals import actions, queries
from advocacy.approvals.tables import Ballot, Round
from advocacy.errors import Invalid
from advocacy.people.rules import Role
from advocacy.people.tables import Person
from tests.advocacy.approvals.matters import NUMBER, opened, ready
from tests.browsing import browser
from tests.characters import ana, person

pytestmark = pytest.mark.anyio


async def result_of(held: Round, now: datetime) -> str:
    held = await queries.round_by_id(held.id)
    return held.state


async def test_where_countries_vote_two_of_one_country_are_one_voice(db: str, now: datetime):
    matter = await ready(now)
    second = await person("Paul Exemple", Role.PRESIDENCY, "fr", now=now, countries="FR")
    held = await opened(matter, now, per_country=True, quorum=2)
    rows = await Ballot.select(Ballot.country).where(Ballot.round == held.id)
    assert sorted(row["country"] for row in rows) == ["AT", "FR", "FR", "IT"]
    for member in (matter.members[0], second):
        await actions.vote(held.id, member, "approve", "", held.text_hash, now=now)
    assert await result_of(held, now) == "open"
    await actions.vote(held.id, matter.members[1], "approve", "", held.text_hash, now=now)
    assert await result_of(held, now) == "adopted"


async def test_a_member_without_a_country_is_named_where_countries_vote(db: str, now: datetime):
    matter = await ready(now)
    await Person.update({Person.countries: ""}).where(Person.id == matter.members[0].id)
    with pytest.raises(Invalid) as refused:
        await opened(matter, now, per_country=True)
    assert "Marie Exemple" in str(refused.value.fields["voices"])
    assert await Round.count() == 0


async def test_a_tie_is_broken_by_the_chair_and_only_a_member_is_chair(db: str, now: datetime):
    matter = await ready(now)
    with pytest.raises(Invalid) as refused:
        await opened(matter, now, chair=(await ana(now)).id)
    assert list(refused.value.fields) == ["chair"]
    first, second, third = matter.members
    held = await opened(matter, now, chair=second.id)
    await actions.vote(held.id, first, "change", "§ 1", held.text_hash, now=now)
    await actions.vote(held.id, third, "abstain", "", held.text_hash, now=now)
    assert await result_of(held, now) == "open"
    await actions.vote(held.id, second, "approve", "", held.text_hash, now=now)
    assert await result_of(held, now) == "adopted"


async def test_the_form_says_who_votes_and_who_breaks_a_tie(db: str, now: datetime):
    matter = await ready(now)
    form = {
        "policy": "majority",
        "quorum": "2",
        "ends_on": "2026-11-26",
        "ends_at": "18:00",
        "voices": "countries",
        "chair": str(matter.members[1].id),
        "asked": "municipalities",
    }
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(f"/en/p/{NUMBER}/round")
        assert "The presidency and 4 municipalities" in page.text
        assert (await web.post(f"/en/p/{NUMBER}/round", form | {"chair": "x"})).status_code == 422
        await web.get(f"/en/p/{NUMBER}/round")
        assert (await web.post(f"/en/p/{NUMBER}/round", form)).status_code == 200
        held = await Round.objects().first()
        assert (held.per_country, held.chair, held.asks_members) == (
            True,
            matter.members[1].id,
            False,
        )
        shown = await web.get(f"/en/p/{NUMBER}/approve")
        assert "One voice for each country" in shown.text
        assert '<svg class="alps"' in shown.text
        assert f"/en/p/{NUMBER}/propose/k1" in shown.text
