from datetime import UTC, datetime, timedelta

from advocacy.digest.rules import (
    BEGINNING,
    BETWEEN,
    SETTLED,
    SETTLED_AT_ONCE,
    Kind,
    Notices,
    Outage,
    Span,
    Wish,
    by_day,
    due,
    hour_of_notice,
    is_announced,
    outages,
    slot,
    slot_after,
    span_of,
)
from advocacy.people.rules import Rhythm

ZONE = "Europe/Brussels"
MONDAY = datetime(2026, 11, 23, 6, tzinfo=UTC)  # seven in the morning in Brussels
DAY = timedelta(days=1)
DAILY = Span(MONDAY - 3 * DAY - SETTLED, MONDAY - SETTLED)


def due_at(rhythm: Rhythm, now: datetime) -> datetime | None:
    return slot(rhythm, now=now, zone=ZONE)


def test_the_daily_digest_is_due_at_seven_of_the_office_on_working_days():
    assert due_at(Rhythm.DAILY, MONDAY - timedelta(seconds=1)) is None
    assert due_at(Rhythm.DAILY, MONDAY) == MONDAY
    assert due_at(Rhythm.DAILY, MONDAY + timedelta(hours=9)) == MONDAY
    assert due_at(Rhythm.DAILY, MONDAY + 5 * DAY) is None
    assert due_at(Rhythm.DAILY, MONDAY + 6 * DAY) is None


def test_seven_is_seven_in_summer_too():
    summer = datetime(2026, 7, 13, 5, tzinfo=UTC)
    assert due_at(Rhythm.DAILY, summer) == summer


def test_the_weekly_digest_is_due_on_monday_and_caught_up_in_the_week():
    assert due_at(Rhythm.WEEKLY, MONDAY - timedelta(hours=1)) is None
    assert due_at(Rhythm.WEEKLY, MONDAY) == MONDAY
    assert due_at(Rhythm.WEEKLY, MONDAY + 3 * DAY + timedelta(hours=4)) == MONDAY
    assert due_at(Rhythm.WEEKLY, MONDAY + 5 * DAY) is None


def test_never_is_never_due():
    assert due_at(Rhythm.NEVER, MONDAY) is None


def test_seven_stays_seven_over_the_change_of_the_clocks():
    friday = datetime(2026, 10, 23, 5, tzinfo=UTC)
    monday = datetime(2026, 10, 26, 6, tzinfo=UTC)
    assert slot_after(friday, Rhythm.DAILY, zone=ZONE) == monday
    assert due_at(Rhythm.DAILY, monday - timedelta(seconds=1)) is None
    assert due_at(Rhythm.DAILY, monday) == monday
    spring = datetime(2027, 3, 29, 5, tzinfo=UTC)
    assert due_at(Rhythm.WEEKLY, spring) == spring
    assert slot_after(spring - 6 * DAY - timedelta(hours=23), Rhythm.WEEKLY, zone=ZONE) == spring


def wish(kind: Kind, rhythm: Rhythm, told: datetime | None) -> Wish:
    return Wish(kind, rhythm, told)


def test_the_same_morning_is_told_once():
    first = span_of(wish(Kind.INBOX, Rhythm.DAILY, None), MONDAY)
    assert first == Span(BEGINNING, MONDAY - SETTLED)
    assert span_of(wish(Kind.INBOX, Rhythm.DAILY, MONDAY - SETTLED), MONDAY) is None
    assert span_of(wish(Kind.INBOX, Rhythm.DAILY, MONDAY - SETTLED), MONDAY + DAY) == Span(
        MONDAY - SETTLED, MONDAY + DAY - SETTLED
    )


def test_at_once_waits_only_for_what_is_still_being_written_down():
    deadlines = span_of(wish(Kind.DEADLINES, Rhythm.NOW, MONDAY), MONDAY + DAY)
    inbox = span_of(wish(Kind.INBOX, Rhythm.NOW, MONDAY), MONDAY + DAY)
    assert deadlines == Span(MONDAY, MONDAY + DAY - SETTLED_AT_ONCE)
    assert inbox == Span(MONDAY, MONDAY + DAY - SETTLED)


def all_at_once(now: datetime, sent: datetime | None) -> tuple[Kind, ...]:
    wishes = [wish(kind, Rhythm.NOW, MONDAY - DAY) for kind in Kind]
    found = due(wishes, announced=MONDAY - DAY, sent=sent, now=now, zone=ZONE)
    return found.kinds if found else ()


def test_at_once_is_at_most_every_quarter_of_an_hour():
    noon = MONDAY + timedelta(hours=5)
    assert all_at_once(noon, None) == tuple(Kind)
    assert all_at_once(noon, noon - BETWEEN + timedelta(seconds=1)) == ()
    assert all_at_once(noon, noon - BETWEEN) == tuple(Kind)


def test_at_night_only_deadlines_are_looked_at():
    assert by_day(MONDAY, ZONE)
    assert not by_day(MONDAY - timedelta(seconds=1), ZONE)
    assert not by_day(MONDAY + timedelta(hours=13), ZONE)
    assert all_at_once(MONDAY + timedelta(hours=15), None) == (Kind.DEADLINES,)
    assert all_at_once(MONDAY + 5 * DAY, None) == tuple(Kind)


def test_kinds_of_several_rhythms_that_are_due_together_share_a_letter():
    wishes = [
        wish(Kind.DEADLINES, Rhythm.DAILY, MONDAY - DAY),
        wish(Kind.DOSSIERS, Rhythm.WEEKLY, MONDAY - DAY),
        wish(Kind.INBOX, Rhythm.NEVER, MONDAY - DAY),
        wish(Kind.SOURCES, Rhythm.NOW, MONDAY - DAY),
    ]
    found = due(wishes, announced=MONDAY - DAY, sent=None, now=MONDAY, zone=ZONE)
    assert found is not None
    assert found.kinds == (Kind.DEADLINES, Kind.DOSSIERS, Kind.SOURCES)
    assert not found.at_once


def test_a_rhythm_that_has_just_become_weekly_announces_the_rest_of_the_week_at_once():
    wednesday = MONDAY + 2 * DAY + timedelta(hours=4)
    wishes = [wish(Kind.DEADLINES, Rhythm.WEEKLY, wednesday)]
    found = due(wishes, announced=wednesday, sent=wednesday, now=wednesday, zone=ZONE)
    assert found is not None
    assert found.spans == {Kind.DEADLINES: Span(wednesday, wednesday)}
    assert found.notices == Notices(wednesday, MONDAY + 7 * DAY)


def test_the_hour_of_notice_is_seven_in_the_morning_of_the_office():
    midnight = datetime(2026, 12, 14, 22, 59, 59, tzinfo=UTC)  # 24:00 in Brussels
    assert hour_of_notice(midnight, 14, zone=ZONE, office=ZONE) == MONDAY + 7 * DAY
    assert hour_of_notice(midnight, 3, zone="Asia/Tokyo", office=ZONE) == MONDAY + 19 * DAY


def announced(at: datetime, known: datetime | None, mark: datetime, horizon: datetime) -> bool:
    hours = [hour_of_notice(at, step, zone=ZONE, office=ZONE) for step in (14, 3)]
    return is_announced(
        at, hours=hours, known=known, span=DAILY, notices=Notices(mark, horizon), now=MONDAY
    )


def test_an_event_is_announced_in_the_letter_before_its_hour_would_pass():
    in_fourteen_days = MONDAY + 14 * DAY
    assert announced(in_fourteen_days, None, MONDAY, MONDAY + DAY)
    assert not announced(in_fourteen_days + DAY, None, MONDAY, MONDAY + DAY)
    assert not announced(in_fourteen_days, None, MONDAY + DAY, MONDAY + 2 * DAY)
    assert announced(in_fourteen_days + 4 * DAY, None, MONDAY, MONDAY + 7 * DAY)


def test_an_event_that_became_known_late_is_announced_when_it_does():
    soon = MONDAY + 2 * DAY
    assert announced(soon, DAILY.until, MONDAY, MONDAY + DAY)
    assert not announced(soon, DAILY.since, MONDAY, MONDAY + DAY)
    assert not announced(soon, DAILY.until + timedelta(seconds=1), MONDAY, MONDAY + DAY)


def test_what_lies_behind_is_not_announced():
    assert not announced(MONDAY, DAILY.until, BEGINNING, MONDAY + DAY)
    assert announced(MONDAY + timedelta(seconds=1), DAILY.until, BEGINNING, MONDAY + DAY)


def test_an_outage_is_one_however_many_visits_met_it():
    began = DAILY.until - 9 * timedelta(hours=1)
    visits = [began + timedelta(minutes=20 * n) for n in range(6)]
    again = began + timedelta(hours=5)
    assert outages([*visits, again], DAILY) == [
        Outage(began, visits[-1]),
        Outage(again, again),
    ]


def test_an_outage_that_lasts_over_the_morning_was_told_before():
    visits = [DAILY.since + timedelta(minutes=30 * n) for n in range(-3, 4)]
    assert outages(visits, DAILY) == []


def test_the_first_digest_tells_no_outage_of_last_month():
    first = Span(BEGINNING, DAILY.until)
    assert outages([DAILY.until - 30 * DAY, DAILY.until - DAY], first) == [
        Outage(DAILY.until - DAY, DAILY.until - DAY)
    ]
