"""A round is bound to the lead text and to every binding translation of it."""

import asyncio
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.approvals import actions, queries, rules
from advocacy.approvals.tables import Ballot, Round
from advocacy.errors import Outdated
from advocacy.mail.tables import Letter
from advocacy.positions import queries as positions
from advocacy.positions.actions import bind
from advocacy.positions.tables import Position
from advocacy.submissions import actions as submissions
from advocacy.submissions.rules import Channel
from advocacy.translations import actions as translations
from tests.advocacy.approvals.matters import Matter, opened, ready, translated
from tests.browsing import browser
from tests.characters import ana

pytestmark = pytest.mark.anyio

hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
sealed = st.dictionaries(st.sampled_from(["en", "fr", "it", "sl"]), hashes)


@given(hashes, sealed, sealed)
def test_any_other_translation_is_another_seal(
    lead: str, one: dict[str, str], other: dict[str, str]
):
    assert (rules.seal(lead, one) == rules.seal(lead, other)) == (one == other)
    assert rules.seal(lead, {}) == lead


async def bound(now: datetime) -> tuple[Matter, Round]:
    matter = await ready(now, binding="fr")
    await translated(matter, "fr", now)
    return matter, await opened(matter, now)


async def reworded(matter: Matter, now: datetime, *, checked: bool = True) -> None:
    by = await ana(now)
    await translations.save(matter.position.id, "fr", "k2", "Autre chose.", by=by, now=now)
    if checked:
        await translations.check(matter.position.id, "fr", ["k2"], by=by, now=now)


async def state_of(held: Round) -> str:
    return (await queries.round_by_id(held.id)).state


async def test_the_seal_is_over_the_lead_and_the_binding_languages(db: str, now: datetime):
    matter, held = await bound(now)
    text = await positions.version(matter.position.id)
    position = await queries.position_by_id(matter.position.id)
    assert held.languages == "fr"
    assert held.text_hash != text.text_hash
    assert held.text_hash == await queries.seal_of(position, text, ["fr"])
    assert held.text_hash == await queries.current_hash(position, held)


@pytest.mark.parametrize("checked", [True, False])
async def test_a_changed_translation_voids_the_round_and_tells_all(
    db: str, now: datetime, checked: bool
):
    matter, held = await bound(now)
    member = matter.members[0]
    await actions.vote(held.id, member, "approve", "", held.text_hash, now=now)
    await reworded(matter, now, checked=checked)
    with pytest.raises(Outdated) as refused:
        await actions.vote(
            held.id, matter.members[1], "approve", "mes mots", held.text_hash, now=now
        )
    assert "§ 2 (fr) Autre chose." in refused.value.theirs
    assert "Texte k1." not in refused.value.theirs
    assert refused.value.mine == "mes mots"
    assert await actions.settle(now) == 1
    assert await state_of(held) == "void"
    assert (await Position.objects().first()).state == "draft"
    assert await Letter.count().where(Letter.kind == "round_void") == 3


async def test_an_adopted_text_whose_translation_changes_cannot_be_submitted(
    db: str, now: datetime
):
    matter, held = await bound(now)
    for member in matter.members[:2]:
        await actions.vote(held.id, member, "approve", "", held.text_hash, now=now)
    assert await actions.settle(now) == 0
    prepared = await submissions.prepare(
        held.id, channel=Channel.PORTAL, language="fr", by=await ana(now), now=now
    )
    await reworded(matter, now)
    with pytest.raises(Outdated):
        await submissions.prepare(
            held.id, channel=Channel.PORTAL, language="fr", by=await ana(now), now=now
        )
    with pytest.raises(Outdated):
        await submissions.hand_in(prepared.id, receipt="A", at=now, by=await ana(now), now=now)
    assert await actions.settle(now) == 1
    assert (await state_of(held), (await Position.objects().first()).state) == ("void", "draft")


async def test_the_next_round_need_not_wait_for_the_job_either(db: str, now: datetime):
    matter, held = await bound(now)
    await reworded(matter, now)
    again = await opened(matter, now)
    assert (await state_of(held), await state_of(again)) == ("void", "open")
    assert again.text_hash != held.text_hash


async def test_a_language_declared_binding_later_voids_the_round_and_one_less_does_not(
    db: str, now: datetime
):
    matter, held = await bound(now)
    await bind(matter.position.id, [], by=await ana(now), now=now)
    assert await actions.settle(now) == 0
    await bind(matter.position.id, ["fr", "it"], by=await ana(now), now=now)
    assert await actions.settle(now) == 1
    assert await state_of(held) == "void"


async def test_a_translation_that_binds_nobody_changes_nothing(db: str, now: datetime):
    matter, held = await bound(now)
    await translations.save(matter.position.id, "it", "k1", "Altro.", by=await ana(now), now=now)
    assert await actions.settle(now) == 0
    assert await state_of(held) == "open"


async def test_a_translator_and_the_last_voter_at_once_never_adopt_what_was_not_read(
    db: str, now: datetime
):
    matter, held = await bound(now)
    await actions.vote(held.id, matter.members[0], "approve", "", held.text_hash, now=now)
    await asyncio.gather(
        actions.vote(held.id, matter.members[1], "approve", "", held.text_hash, now=now),
        reworded(matter, now),
        return_exceptions=True,
    )
    await actions.settle(now + timedelta(seconds=1))
    position = await Position.objects().first()
    assert (position.state, await state_of(held)) == ("draft", "void")


async def test_the_page_names_the_translation_that_changed_since_the_round_before(
    db: str, now: datetime
):
    matter, held = await bound(now)
    member = matter.members[0]  # reads French
    await actions.vote(held.id, member, "approve", "", held.text_hash, now=now)
    await reworded(matter, now)
    later = now + timedelta(hours=1)
    again = await opened(matter, later)
    async with browser(later) as web:
        await web.sign_in(member, later)
        page = await web.get("/en/p/2026-014/approve")
        assert "A translation has changed since the round before: French" in page.text
        assert '§ 2 <span lang="fr">Autre chose.</span>' in page.text
        assert "Nothing has changed since you last read it." not in page.text
    assert await Ballot.count().where(Ballot.round == again.id, Ballot.choice != "") == 0
