from datetime import datetime, timedelta

import pytest

from advocacy.digest import actions
from feeds.tables import Source
from tests.advocacy.digest.telling import DAY, HOUR, broken, english, letters, told, visit
from tests.advocacy.overview import matters

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("outcome", "word"),
    [
        ("blocked", "we are blocked"),
        ("login", "login page"),
        ("shell", "page without content"),
        ("page", "page instead of a feed"),
        ("empty", "suddenly empty"),
        ("unreadable", "cannot be read"),
    ],
)
async def test_a_source_in_trouble_is_told_by_name_with_its_sentence(
    db: str, now: datetime, outcome: str, word: str
):
    who = await english(now)
    of = await broken(now, outcome, hours=9)
    await actions.send_due(now)
    [letter] = await letters(who)
    assert letter.subject == "1 source needs a look"
    for each in (letter.text, letter.html):
        assert "Novice" in each
        assert word in each
        assert "A sentence about it." in each
        assert f"/en/sources/{of.id}" in each


async def test_a_failure_is_worth_a_letter_after_a_day(db: str, now: datetime):
    who = await english(now)
    await broken(now, "failed", hours=20)
    await actions.send_due(now)
    assert await letters(who) == []
    await actions.send_due(now + DAY)
    assert "keeps failing" in await told(who)


async def test_a_source_that_fell_silent_is_told_once(db: str, now: datetime):
    who = await english(now)
    of = await matters.source(
        now, created=now - 90 * DAY, last_success=now, last_new=now - 11 * DAY, gap=2 * 86_400
    )
    await visit(of, now - 5 * HOUR, "unchanged")
    await actions.send_due(now)
    assert "unusually quiet" in await told(who)
    await actions.send_due(now + DAY)
    assert len(await letters(who)) == 1


async def test_what_was_over_by_the_morning_and_what_is_paused_by_hand_is_not_told(
    db: str, now: datetime
):
    await english(now)
    over = await matters.source(now, "Vorbei")
    await visit(over, now - 9 * HOUR, "blocked")
    await visit(over, now - 8 * HOUR, "fetched")
    paused = await broken(now, "blocked", hours=9, name="Pause")
    await Source.update({Source.state: "paused"}).where(Source.id == paused.id)
    assert await actions.send_due(now) == 0


async def test_our_own_outage_is_told_once_and_blames_nobody(db: str, now: datetime):
    who = await english(now)
    of = await matters.source(now)
    for minutes in (0, 10, 20):
        await visit(of, now - 9 * HOUR + timedelta(minutes=minutes), "outage")
    await visit(of, now - 5 * HOUR, "unchanged")
    await actions.send_due(now)
    text = await told(who)
    assert "Monday, 23 November 2026, 00:40 – Monday, 23 November 2026, 01:00" in text
    assert text.count("00:40") == 1
    assert "SOURCES" not in text
