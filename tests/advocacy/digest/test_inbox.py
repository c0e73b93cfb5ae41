"""What came into the inbox, what came back to it, and what rules have put aside."""

from datetime import datetime

import pytest

from advocacy.digest import actions
from advocacy.triage.rules import Decision
from advocacy.triage.tables import SortingRule, Triage
from tests.advocacy.digest.telling import DAY, HOUR, english, letters, told
from tests.advocacy.overview import matters

pytestmark = pytest.mark.anyio


async def test_what_was_put_off_is_told_again_on_its_day(db: str, now: datetime):
    who = await english(now)
    of = await matters.source(now)
    entry = await matters.entry(now - DAY, of, "Nova uredba", deadline=now + 30 * DAY)
    await Triage(
        entry=entry.id, decision=Decision.LATER, until=now + DAY, person=who.id, at=now - 9 * HOUR
    ).save()
    assert await actions.send_due(now) == 0
    assert await actions.send_due(now + DAY) == 0
    assert await actions.send_due(now + 2 * DAY) == 1
    assert "1 new entry" in await told(who)
    assert "Nova uredba" in await told(who)
    assert await actions.send_due(now + 3 * DAY) == 0


async def test_rules_that_acted_are_told_once_and_what_was_taken_back_is_not(
    db: str, now: datetime
):
    who = await english(now)
    of = await matters.source(now, "Novice")
    rule = SortingRule(
        source=of.id, words='["tek"]', reason="other topic", person=who.id, created=now - 30 * DAY
    )
    await rule.save()
    decided = []
    for number in range(3):
        entry = await matters.entry(now - DAY, of, f"Tek {number}")
        row = Triage(
            entry=entry.id, decision=Decision.DISMISSED, person=who.id, rule=rule.id,
            at=now - 9 * HOUR,
        )  # fmt: skip
        await row.save()
        decided.append(row.id)
    # an undo takes the decision away; the entry is in the inbox again
    await Triage.delete().where(Triage.id == decided[0])
    await actions.send_due(now)
    text = await told(who)
    assert "2 entries put aside as not ours – Novice · “tek”" in text
    assert "1 new entry waits" in text
    await actions.send_due(now + DAY)
    assert len(await letters(who)) == 1


async def test_rules_alone_are_worth_a_letter_that_says_so(db: str, now: datetime):
    who = await english(now)
    of = await matters.source(now)
    rule = SortingRule(words='["tek"]', reason="other topic", person=who.id, created=now)
    await rule.save()
    entry = await matters.entry(now - DAY, of, "Tek")
    await Triage(
        entry=entry.id, decision=Decision.DISMISSED, person=who.id, rule=rule.id, at=now - 9 * HOUR
    ).save()
    await actions.send_due(now)
    [letter] = await letters(who)
    assert letter.subject == "1 entry put aside by a rule"
