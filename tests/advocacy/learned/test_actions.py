import asyncio
import json
from datetime import datetime, timedelta

import pytest

from advocacy.errors import NotFound, Outdated
from advocacy.history.tables import Event
from advocacy.learned import actions, queries
from advocacy.learned.forms import NewRule
from advocacy.learned.preview import preview
from advocacy.learned.rules import Condition, State
from advocacy.triage import actions as triage
from advocacy.triage import queries as inbox
from advocacy.triage.forms import Filters
from advocacy.triage.rules import Decision, Dismissal
from advocacy.triage.tables import SortingRule, Triage
from advocacy.undoing.actions import undo
from tests.advocacy.learned.sample import TENDERS, came, dismissed, tenders
from tests.advocacy.triage.sample import entry, source
from tests.characters import ana, luca
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio

MINUTE = timedelta(minutes=1)


async def _open(now: datetime) -> list[int]:
    return sorted(row.id for row in (await inbox.inbox(Filters(), now=now)).rows)


async def _rule(now: datetime, *, also: bool = False) -> actions.Switched:
    return await actions.switch_on(await tenders(now), also=also, by=await ana(now), now=now)


async def test_what_people_dismiss_five_times_is_proposed_with_examples(db: str, now: datetime):
    ids = await dismissed(TENDERS, by=await ana(now), now=now)
    [found] = await queries.proposals()
    assert found.new == await tenders(now)
    assert found.said == "Official Gazette · “tender”"
    assert found.count == 5
    assert found.examples == [
        (number, title, "en") for number, title in list(zip(ids, TENDERS, strict=True))[:1:-1]
    ]


async def test_what_a_rule_decided_is_no_reason_for_another(db: str, now: datetime):
    await _rule(now)
    for title in TENDERS:
        await came(title, now=now)
    assert await actions.act(now) == 5
    await SortingRule.update({SortingRule.words: '["other"]'}, force=True)
    assert await queries.proposals() == []


async def test_an_entry_of_long_ago_that_was_opened_speaks_against(db: str, now: datetime):
    person = await ana(now)
    old = await came("Tender for herd protection", now=now)
    await triage.decide([old], Decision.DUPLICATE, by=person, now=now)
    await dismissed(TENDERS, by=person, now=now)
    assert await queries.proposals() == []


async def test_it_decides_what_comes_and_says_which_rule_it_was(db: str, now: datetime):
    rule = await _rule(now)
    taken, other = await came("Tender new", now=now), await came("Wolves", now=now)
    elsewhere = await entry("Tender", now=now - timedelta(hours=2), of=await source(now=now))
    assert await actions.act(now) == 1
    assert await _open(now) == [other, elsewhere]
    decided = await inbox.decision_on(taken)
    assert decided is not None
    assert (decided["decision"], decided["reason"]) == ("dismissed", "only information")
    assert (decided["rule"], decided["rule_words"], decided["who"]) == (
        rule.rule, "Official Gazette · “tender”", "Ana Muster"
    )  # fmt: skip
    [event] = await Event.select().where(Event.action == "rule decided")
    assert (event["kind"], event["object"], event["who"]) == ("rule", rule.rule, "Alphorn")
    assert json.loads(event["details"])["entries"] == [taken]
    assert await queries.acted_today(now) == 1
    assert await queries.acted_today(now + timedelta(days=1)) == 0


async def test_a_second_run_finds_nothing_left_to_do(db: str, now: datetime):
    await _rule(now)
    await came("Tender new", now=now)
    assert [await actions.act(now), await actions.act(now)] == [1, 0]
    assert await Event.count().where(Event.action == "rule decided") == 1


async def test_it_moves_on_when_nothing_matches(db: str, now: datetime):
    rule = await _rule(now)
    last = await came("Wolves", now=now)
    assert await actions.act(now) == 0
    [row] = await SortingRule.select(SortingRule.looked_at).where(SortingRule.id == rule.rule)
    assert row["looked_at"] == last
    with counted() as asked:
        assert await actions.act(now) == 0
    assert len(asked) == 2


async def test_a_visit_may_still_be_writing_for_a_minute(db: str, now: datetime):
    await _rule(now)
    await entry("Tender new", now=now, of=await source("Official Gazette", now=now))
    assert await actions.act(now) == 0
    assert await actions.act(now + MINUTE) == 1


async def test_one_run_is_bounded_and_the_next_goes_on(
    db: str, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(actions, "EXAMINED", 2)
    for n in range(5):
        await came(f"Tender {n}", now=now)
    switched = await _rule(now, also=True)
    assert switched.count == 2
    assert [await actions.act(now), await actions.act(now), await actions.act(now)] == [2, 1, 0]
    assert await _open(now) == []


async def test_an_entry_with_a_deadline_ahead_stays_and_says_so(db: str, now: datetime):
    await _rule(now)
    ahead = await came("Tender one", now=now, closes=now + timedelta(days=3))
    over = await came("Tender two", now=now, closes=now - timedelta(hours=1))
    assert await actions.act(now) == 1
    assert await _open(now) == [ahead]
    said = await queries.for_inbox(ahead, now=now)
    assert said.spared_by == "Official Gazette · “tender”"
    assert (await queries.for_inbox(over, now=now)).spared_by == ""
    assert (await queries.for_inbox(None, now=now)).spared_by == ""


async def test_what_was_put_off_stays_put_off_even_when_it_is_back(db: str, now: datetime):
    waiting = await came("Tender new", now=now)
    await triage.decide(
        [waiting], Decision.LATER, until=now + timedelta(days=1), by=await luca(now), now=now
    )
    assert (await _rule(now, also=True)).count == 0
    assert await actions.act(now + timedelta(days=2)) == 0
    assert await _open(now + timedelta(days=2)) == [waiting]


async def test_it_never_decides_what_a_person_decides_meanwhile(db: str, now: datetime):
    person = await luca(now)
    await _rule(now)
    ids = [await came(f"Tender {n}", now=now) for n in range(12)]

    async def by_hand() -> int:
        done = 0
        for each in ids:
            try:
                await triage.decide(
                    [each], Decision.DUPLICATE, reason="by hand", by=person, now=now
                )
                done += 1
            except Outdated:
                pass
        return done

    by_rules, again, done = await asyncio.gather(actions.act(now), actions.act(now), by_hand())
    assert by_rules + again + done == len(ids)
    kept = await Triage.count().where(Triage.reason == "by hand", Triage.rule.is_null())
    assert kept == done
    assert await Triage.count().where(Triage.rule.is_not_null()) == by_rules + again


async def test_a_failure_on_the_way_leaves_nothing_behind(
    db: str, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    await _rule(now)
    await came("Tender new", now=now)

    async def fails(*_: object, **__: object) -> int:
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(actions, "record", fails)
        with pytest.raises(ConnectionError):
            await actions.act(now)
    assert await Triage.count() == 0
    assert await actions.act(now) == 1


async def test_one_run_is_undone_as_one_and_stays_undone(db: str, now: datetime):
    await _rule(now)
    ids = [await came(f"Tender {n}", now=now) for n in range(3)]
    await actions.act(now)
    [event] = await Event.select(Event.id).where(Event.action == "rule decided")
    assert await undo(event["id"], by=await luca(now), now=now) == "/inbox"
    assert await _open(now) == ids
    assert await actions.act(now + MINUTE) == 0
    with pytest.raises(Outdated):
        await undo(event["id"], by=await luca(now), now=now)


async def test_switching_on_may_take_what_waits_and_is_undone_with_it(db: str, now: datetime):
    ids = [await came(f"Tender {n}", now=now) for n in range(3)]
    switched = await _rule(now, also=True)
    assert (switched.count, await _open(now)) == (3, [])
    assert await undo(switched.event, by=await luca(now), now=now) == "/inbox/rules"
    assert await _open(now) == ids
    assert (await queries.rule(switched.rule)).state == State.OFF


async def test_undoing_a_second_switching_on_keeps_what_the_first_had_done(db: str, now: datetime):
    first = await came("Tender 1", now=now)
    rule = (await _rule(now, also=True)).rule
    later = now + timedelta(hours=1)
    await actions.switch_off(rule, by=await ana(now), now=later)
    second = await came("Tender 2", now=later)
    again = await _rule(later + MINUTE, also=True)
    assert (again.rule, again.count) == (rule, 1)
    await undo(again.event, by=await ana(now), now=later + MINUTE)
    assert await _open(later + MINUTE) == [second]
    assert (await inbox.decision_on(first) or {})["rule"] == rule


async def test_taking_everything_back_leaves_what_people_decided_anew(db: str, now: datetime):
    rule = await _rule(now)
    first = await came("Tender first", now=now)
    await actions.act(now)
    [event] = await Event.select(Event.id).where(Event.action == "rule decided")
    await undo(event["id"], by=await luca(now), now=now)
    await triage.decide([first], Decision.DUPLICATE, by=await luca(now), now=now)
    ids = [await came(f"Tender {n}", now=now) for n in range(2)]
    await actions.act(now)
    back = await actions.take_everything_back(rule.rule, by=await luca(now), now=now)
    assert back == actions.TakenBack(2, ["Tender first"])
    assert await _open(now) == ids
    assert (await inbox.decision_on(first) or {})["decision"] == Decision.DUPLICATE
    row = await queries.rule(rule.rule)
    assert (row.state, row.count) == (State.OFF, 0)
    assert await actions.act(now) == 0
    with pytest.raises(Outdated):
        await actions.take_everything_back(rule.rule, by=await luca(now), now=now)
    [told] = await Event.select(Event.details).where(Event.action == "rule taken back")
    assert sorted(json.loads(told["details"])["entries"]) == ids


async def test_a_rule_that_is_off_keeps_its_decisions_and_makes_none(db: str, now: datetime):
    rule = await _rule(now)
    await came("Tender old", now=now)
    await actions.act(now)
    event = await actions.switch_off(rule.rule, by=await luca(now), now=now)
    new = await came("Tender new", now=now)
    assert await actions.act(now) == 0
    assert await _open(now) == [new]
    with pytest.raises(Outdated):
        await actions.switch_off(rule.rule, by=await luca(now), now=now)
    await undo(event, by=await ana(now), now=now)
    assert await actions.act(now) == 1


async def test_a_refused_proposal_comes_back_only_when_it_is_offered_again(db: str, now: datetime):
    person = await ana(now)
    await dismissed(TENDERS, by=person, now=now)
    event = await actions.refuse(await tenders(now), by=person, now=now)
    assert await queries.proposals() == []
    await undo(event, by=person, now=now)
    assert len(await queries.proposals()) == 1
    await actions.refuse(await tenders(now), by=person, now=now)
    [row] = await queries.every_rule()
    await actions.offer_again(row.id, by=person, now=now)
    assert len(await queries.proposals()) == 1
    with pytest.raises(NotFound):
        await actions.offer_again(row.id, by=person, now=now)


async def test_the_same_rule_is_there_once_even_when_two_switch_it_on(db: str, now: datetime):
    outcomes = await asyncio.gather(
        _rule(now), actions.switch_on(await tenders(now), also=False, by=await luca(now), now=now),
        return_exceptions=True,
    )  # fmt: skip
    assert sorted(type(each).__name__ for each in outcomes) == ["Outdated", "Switched"]
    assert await SortingRule.count() == 1


async def test_a_refused_rule_may_be_switched_on_after_all(db: str, now: datetime):
    await actions.refuse(await tenders(now), by=await luca(now), now=now)
    switched = await _rule(now)
    assert (await queries.rule(switched.rule)).who == "Ana Muster"
    with pytest.raises(Outdated):
        await actions.offer_again(switched.rule, by=await luca(now), now=now)


async def test_the_preview_says_what_it_would_have_taken_and_against_whom(db: str, now: datetime):
    await dismissed(TENDERS[:2], by=await ana(now), now=now)
    ours = await came("Tender for herds", now=now)
    await triage.decide([ours], Decision.DUPLICATE, by=await luca(now), now=now)
    spared = await came("Tender dated", now=now, closes=now + timedelta(days=3))
    waits = await came("Tender undecided", now=now)
    other = await came("Wolves", now=now)
    await entry("Tender elsewhere", now=now, of=await source(now=now))
    shown = await preview((await tenders(now)).condition, now=now)
    assert [row.entry for row in shown.rows if row.taken][:2] == [waits, ours]
    assert len(shown.taken) == 4
    assert [row.entry for row in shown.against] == [ours]
    assert [row.entry for row in shown.left] == [other, spared]
    assert [row.entry for row in shown.rows if row.spared] == [spared]
    assert (shown.waiting, shown.more) == (1, False)
    anywhere = NewRule(Condition(None, ("tender",)), Dismissal.TOO_LATE)
    assert (await preview(anywhere.condition, now=now)).waiting == 2


async def test_lists_ask_the_database_as_often_for_three_as_for_one(db: str, now: datetime):
    person = await ana(now)
    asked_for = []
    for n in range(3):
        new = NewRule(Condition(None, (f"tender{n}",)), Dismissal.TOO_LATE)
        await came(f"tender{n}", now=now)
        await actions.switch_on(new, also=True, by=person, now=now)
        with counted() as asked:
            rows = await queries.every_rule()
            await queries.rule(rows[0].id)
        asked_for.append(len(asked))
    assert asked_for[0] == asked_for[2]
    assert [(row.count, row.last) for row in await queries.every_rule()] == [(1, now)] * 3


async def test_the_inbox_learns_of_a_proposal_and_of_its_refusal(db: str, now: datetime):
    person = await ana(now)
    assert not (await queries.for_inbox(None, now=now)).proposed
    await dismissed([*TENDERS, *[f"Tender {n}" for n in range(6)]], by=person, now=now)
    assert (await queries.for_inbox(None, now=now)).proposed
    await actions.refuse(await tenders(now), by=person, now=now)
    assert not (await queries.for_inbox(None, now=now)).proposed
