"""What is told of a dossier, in words; each once, and what cancels out, not."""

from datetime import datetime, timedelta

import pytest

from advocacy.digest import actions
from advocacy.digest.happenings import Act, What, happenings
from advocacy.digest.rules import Span
from advocacy.dossiers.rules import Station
from advocacy.dossiers.tables import DeadlineClaim, Window
from tests.advocacy.digest.telling import DAY, HOUR, english, happened, letters, news, told
from tests.advocacy.overview import matters
from tests.characters import musterdorf, villexemple

pytestmark = pytest.mark.anyio


async def test_the_steps_of_a_dossier_are_told_in_words_and_in_one_place(db: str, now: datetime):
    who = await english(now)
    of = await matters.dossier(now - 30 * DAY, station=Station.CALL)
    window = await matters.window(now, of, days=40)
    call = await matters.call(now, window, by=who)
    await matters.invite(call, await musterdorf(now), state="answered")
    await matters.invite(call, await villexemple(now))
    await actions.send_due(now - 7 * DAY)
    at = now - 9 * HOUR
    await happened("dossier opened", of, at)
    await happened("entry attached", of, at, kind="entry", number=1, entries=[1, 2])
    await happened("call sent", of, at, kind="call", number=call.id)
    for number in (1, 2, 2):
        await happened("answered", of, at, kind="contribution", number=number, call=call.number)
    await happened("position saved", of, at, kind="position", number=1, version=3)
    await happened("position saved", of, at, kind="position", number=1, version=4)
    await happened("outcome set", of, at, kind="outcome", number=1)
    await actions.send_due(now)
    text = news(await told(who))
    assert text.count("2026-014] Großraubtiere") == 1
    for line in (
        "New dossier",
        "2 new sources",
        "The call was sent to 2 municipalities",
        "1 of 2 municipalities have answered",
        "Position: version 4",
        "Outcome known of 1 demand",
        "Deadline: Saturday, 2 January 2027, 09:40 (Brussels time), in 40 days",
    ):
        assert text.count(f"{line}\n") == 1


async def test_of_a_month_no_day_is_told_and_of_an_unknown_deadline_no_date(db: str, now: datetime):
    who = await english(now)
    of = await matters.dossier(now - 30 * DAY)
    month = await matters.window(now, of, days=160)
    unknown = await matters.window(now, of, days=90)
    await Window.update({Window.precision: "month"}).where(Window.id == month.id)
    await Window.update({Window.precision: "unknown"}).where(Window.id == unknown.id)
    await actions.send_due(now - 7 * DAY)
    for number in (month.id, unknown.id):
        await happened("deadline set", of, now - 9 * HOUR, kind="window", number=number)
    await actions.send_due(now)
    text = news(await told(who))
    assert "Deadline: May 2027\n" in text
    assert "Deadline set: May 2027\n" in text
    assert "Deadline set: Not known yet\n" in text
    assert (await letters(who))[-1].subject == "Deadline: May 2027 – Großraubtiere [2026-014]"


async def test_what_a_deadline_was_before_it_moved_is_told_as_vaguely_as_it_was_known(
    db: str, now: datetime
):
    who = await english(now)
    of = await matters.dossier(now - 30 * DAY)
    window = await matters.window(now, of, days=40)
    await actions.send_due(now - 7 * DAY)
    before = {
        "closes": "2027-05-31T21:59:59+00:00", "zone": "Europe/Brussels", "precision": "month",
    }  # fmt: skip
    at = now - 9 * HOUR
    await happened("deadline moved", of, at, kind="window", number=window.id, before=before)
    await actions.send_due(now)
    assert ". Before: May 2027\n" in news(await told(who))


async def test_a_source_that_contradicts_a_deadline_is_told_until_somebody_has_decided(
    db: str, now: datetime
):
    who = await english(now)
    of = await matters.dossier(now - 30 * DAY)
    window = await matters.window(now, of, days=40)
    entry = await matters.entry(now - 40 * DAY, await matters.source(now, "Novice"), "Nova uredba")
    for number, state in enumerate(("open", "refused")):
        await DeadlineClaim(
            dossier=of.id, window=window.id, entry=entry.id, version=number, state=state,
            closes=now + 30 * DAY, zone="Europe/Brussels", raised=now - 9 * HOUR,
        ).save()  # fmt: skip
    await actions.send_due(now)
    text = news(await told(who))
    said = "A source names another deadline: Wednesday, 23 December 2026, 09:40 (Brussels time)."
    assert text.count(f"{said} Source: Novice") == 1
    assert await actions.send_due(now + DAY) == 0


async def test_what_was_undone_before_anybody_heard_of_it_has_not_happened(db: str, now: datetime):
    who = await english(now)
    of = await matters.dossier(now - 30 * DAY)
    await actions.send_due(now)
    event = await happened("outcome set", of, now + HOUR, kind="outcome")
    await happened("undone", of, now + 2 * HOUR, kind="outcome", undoes=event)
    assert await actions.send_due(now + DAY) == 0
    later = await happened("outcome set", of, now + DAY + HOUR, kind="outcome")
    assert await actions.send_due(now + 2 * DAY) == 1
    await happened("undone", of, now + 2 * DAY + HOUR, kind="outcome", undoes=later)
    await actions.send_due(now + 3 * DAY)
    assert "Taken back: outcome set" in await told(who)


async def test_a_round_ends_ahead_for_who_votes_in_it_wherever_it_is(db: str, now: datetime):
    who = await english(now)
    of = await matters.dossier(now - 30 * DAY, station=Station.APPROVAL)
    text = await matters.position(now, of, by=who)
    await matters.held_round(now - 9 * HOUR, text, [who], by=who, hours=9 + 5 * 24)
    await actions.send_due(now)
    [letter] = await letters(who)
    assert letter.subject.startswith("Vote until: 28 Nov 2026 – Großraubtiere")
    assert "Vote until: Saturday, 28 November 2026, 09:40 (Brussels time), in 5 days" in letter.text
    for day in range(1, 7):
        await actions.send_due(now + day * DAY)
    assert [each.created.day for each in await letters(who)] == [23, 27]


SINCE = datetime.fromisoformat("2026-11-20T06:00:00+00:00")
SPAN = Span(SINCE, SINCE + DAY)


def act(number: int, action: str, hours: float, *, undoes: int | None = None, was: int = 0) -> Act:
    before = {"closes": (SINCE + was * DAY).isoformat(), "zone": "Europe/Brussels"}
    return Act(
        number, SINCE + timedelta(hours=hours), action, 7, 1, {"before": before}, undoes,
        What.MOVED if undoes else "",
    )  # fmt: skip


def test_two_moves_are_one_from_where_the_first_began_to_where_the_last_led():
    acts = [
        act(1, "deadline moved", 1, was=10),
        act(2, "deadline moved", 2, was=20),
        act(3, "deadline moved", 30, was=15),
    ]
    [moved] = happenings(acts, SPAN)[1]
    assert (moved.before, moved.closes) == (SINCE + 10 * DAY, SINCE + 15 * DAY)
    [next_one] = happenings(acts, Span(SPAN.until, SPAN.until + DAY))[1]
    assert (next_one.before, next_one.closes) == (SINCE + 15 * DAY, None)


def test_a_deadline_that_came_back_to_its_place_has_not_moved():
    acts = [
        act(1, "deadline moved", 1, was=10),
        act(2, "deadline moved", 2, was=20),
        act(3, "deadline moved", 30, was=10),
    ]
    assert happenings(acts, SPAN) == {}


def test_an_act_and_its_undoing_cancel_out_only_within_one_letter():
    acts = [act(1, "deadline moved", 1, was=10), act(2, "undone", 2, undoes=1)]
    assert happenings(acts, SPAN) == {}
    late = [act(1, "deadline moved", 1, was=10), act(2, "undone", 30, undoes=1)]
    assert [each.what for each in happenings(late, SPAN)[1]] == [What.MOVED]
    after = Span(SPAN.until, SPAN.until + DAY)
    assert [each.what for each in happenings(late, after)[1]] == [What.TAKEN_BACK]
