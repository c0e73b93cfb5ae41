"""Working days, the plan back from a deadline, reminders."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.deadlines import (
    COUNTRIES,
    MILESTONES,
    Milestone,
    Plan,
    PlannedMilestone,
    Reason,
    ReasonCode,
    ReminderDue,
    SkippedDay,
    back_plan,
    day_off,
    days_left,
    last_day,
    midnight_ending,
    reminders_due,
    working_day_before,
    working_days_between,
)

BRUSSELS = "Europe/Brussels"
ZONES = st.sampled_from([BRUSSELS, "Europe/Ljubljana", "Atlantic/Azores", "Indian/Reunion"])
DAYS = st.dates(date(2024, 1, 1), date(2031, 12, 31))
SOME_COUNTRIES = st.lists(st.sampled_from(COUNTRIES), unique=True)
INSTANTS = st.datetimes(datetime(2024, 6, 1), datetime(2031, 12, 31), timezones=ZONES.map(ZoneInfo))


def _plan(closes: date, now: datetime, opens: datetime | None = None) -> Plan:
    return back_plan(
        midnight_ending(closes, BRUSSELS),
        zone=BRUSSELS,
        countries=["AT", "IT", "SI"],
        opens=opens,
        now=now,
    )


def _days(milestones: Sequence[PlannedMilestone]) -> dict[str, date]:
    return {m.kind.value: m.due.date() for m in milestones}


# Midnight and calendar days


@pytest.mark.parametrize(
    ("day", "instant"),
    [
        (date(2026, 7, 27), datetime(2026, 7, 27, 22, tzinfo=UTC)),
        (date(2027, 1, 15), datetime(2027, 1, 15, 23, tzinfo=UTC)),
        (date(2026, 3, 28), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),
        (date(2028, 2, 29), datetime(2028, 2, 29, 23, tzinfo=UTC)),
        (date(2026, 12, 31), datetime(2026, 12, 31, 23, tzinfo=UTC)),
    ],
)
def test_a_deadline_at_midnight_brussels_ends_that_day(day: date, instant: datetime) -> None:
    assert midnight_ending(day, BRUSSELS).astimezone(UTC) == instant


@given(DAYS, ZONES)
def test_the_day_that_midnight_ends_is_the_last_day(day: date, zone: str) -> None:
    assert last_day(midnight_ending(day, zone), zone) == day


def test_a_deadline_at_noon_has_its_own_day_as_last_day() -> None:
    noon = datetime(2026, 12, 14, 12, tzinfo=ZoneInfo("Europe/Vienna"))
    assert last_day(noon, "Europe/Vienna") == date(2026, 12, 14)


@pytest.mark.parametrize(
    ("now", "left"),
    [
        (datetime(2026, 12, 13, 22, 59, tzinfo=UTC), 1),
        (datetime(2026, 12, 13, 23, 0, tzinfo=UTC), 0),
        (datetime(2026, 12, 14, 22, 59, tzinfo=UTC), 0),
        (datetime(2026, 12, 14, 23, 0, tzinfo=UTC), -1),
    ],
)
def test_days_left_change_at_midnight_in_brussels_not_in_greenwich(
    now: datetime, left: int
) -> None:
    assert days_left(midnight_ending(date(2026, 12, 14), BRUSSELS), BRUSSELS, now) == left


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_day_of_23_or_25_hours_is_one_day(day: date) -> None:
    end = midnight_ending(day + timedelta(days=1), BRUSSELS)
    assert days_left(end, BRUSSELS, datetime.combine(day, time(12), tzinfo=UTC)) == 1


def test_an_instant_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no zone"):
        days_left(datetime(2026, 12, 14), BRUSSELS, datetime(2026, 12, 1, tzinfo=UTC))


# Working days


@pytest.mark.parametrize(
    ("day", "countries", "why"),
    [
        (date(2026, 10, 26), ["AT", "SI"], "AT Nationalfeiertag"),
        (date(2026, 10, 26), ["SI"], None),
        (date(2027, 2, 8), ["FR", "SI"], "SI Prešernov dan, slovenski kulturni praznik"),
        (date(2026, 12, 8), ["AT", "IT"], "AT Mariä Empfängnis; IT Immacolata Concezione"),
        (date(2026, 8, 1), ["CH"], "weekend"),
        (date(2025, 8, 1), ["CH"], "CH Nationalfeiertag"),
        (date(2026, 7, 14), ["FR"], "FR Fête nationale"),
        (date(2025, 8, 15), ["LI"], "LI Staatsfeiertag"),
        (date(2025, 10, 3), ["DE"], "DE Tag der Deutschen Einheit"),
        (date(2026, 10, 27), list(COUNTRIES), None),
    ],
)
def test_a_day_off_says_whose_holiday_it_is(
    day: date, countries: list[str], why: str | None
) -> None:
    assert day_off(day, countries) == why


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(ValueError, match="no holidays known for 'XX'"):
        day_off(date(2026, 10, 27), ["XX"])


def test_working_days_count_the_first_day_but_not_the_last() -> None:
    # Thursday 3 to Thursday 10 December 2026; the 8th is a holiday in Austria.
    assert working_days_between(date(2026, 12, 3), date(2026, 12, 10), ["SI"]) == 5
    assert working_days_between(date(2026, 12, 3), date(2026, 12, 10), ["SI", "AT"]) == 4
    assert working_days_between(date(2026, 12, 10), date(2026, 12, 3), ["SI"]) == 0


@given(DAYS, st.integers(1, 40), SOME_COUNTRIES)
def test_counting_back_and_counting_between_agree(
    end: date, count: int, countries: list[str]
) -> None:
    day, skipped = working_day_before(end, count, countries)
    assert working_days_between(day, end, countries) == count
    assert len(skipped) + count == (end - day).days
    assert all(day_off(off.day, countries) == off.why for off in skipped)


# The plan


def test_the_milestones_are_planned_back_in_working_days_of_all_countries() -> None:
    plan = _plan(date(2026, 12, 14), now=datetime(2026, 10, 1, tzinfo=UTC))
    assert _days(plan.milestones) == {
        "call_out": date(2026, 11, 4),
        "answers_in": date(2026, 11, 25),
        "draft": date(2026, 12, 1),
        "translations": date(2026, 12, 3),
        "member_check": date(2026, 12, 4),
        "presidency": date(2026, 12, 7),
        "submit": date(2026, 12, 11),
    }
    assert (plan.too_short, plan.fast_lane) == (False, ())


def test_the_plan_shows_which_days_were_skipped_and_whose_holiday_it_was() -> None:
    plan = _plan(date(2026, 12, 14), now=datetime(2026, 10, 1, tzinfo=UTC))
    skipped = (
        SkippedDay(date(2026, 12, 8), "AT Mariä Empfängnis; IT Immacolata Concezione"),
        SkippedDay(date(2026, 12, 12), "weekend"),
        SkippedDay(date(2026, 12, 13), "weekend"),
    )
    presidency = plan.milestones[5]
    assert presidency.skipped == skipped
    assert plan.reasons[-3:] == tuple(
        Reason(ReasonCode.SKIPPED, off.day, why=off.why) for off in skipped
    )
    assert plan.reasons[5] == Reason(ReasonCode.COUNTED, date(2026, 12, 7), 4, Milestone.PRESIDENCY)


def test_every_milestone_is_due_at_six_in_the_evening_of_the_body_across_the_change_of_clocks() -> (
    None
):
    plan = _plan(date(2026, 11, 20), now=datetime(2026, 9, 1, tzinfo=UTC))
    assert [m.due.astimezone(UTC).hour for m in plan.milestones] == [16, 17, 17, 17, 17, 17, 17]


@pytest.mark.parametrize(("countries", "shortened"), [(["CH"], True), (["CH", "AT"], False)])
def test_a_window_of_four_weeks_shortens_the_call_as_long_as_there_is_time_to_answer(
    countries: list[str], shortened: bool
) -> None:
    # Ascension is a holiday in both countries, Whit Monday (25 May) in Austria alone.
    plan = back_plan(
        midnight_ending(date(2026, 6, 1), BRUSSELS),
        zone=BRUSSELS,
        countries=countries,
        opens=datetime(2026, 5, 4, 8, tzinfo=UTC),
        now=datetime(2026, 4, 1, tzinfo=UTC),
    )
    assert plan.too_short is not shortened
    if shortened:
        assert plan.milestones[0].due.date() == date(2026, 5, 4)
        assert plan.reasons[-1] == Reason(
            ReasonCode.CALL_SHORTENED, date(2026, 5, 4), 7, Milestone.CALL_OUT
        )


def test_a_window_that_is_too_short_says_so_and_offers_the_fast_lane() -> None:
    plan = _plan(date(2026, 12, 14), now=datetime(2026, 11, 30, 8, tzinfo=UTC))
    assert plan.too_short is True
    assert _days(plan.fast_lane) == {
        "core_position": date(2026, 12, 4),
        "objections_until": date(2026, 12, 10),
        "submit": date(2026, 12, 11),
    }
    assert plan.reasons[-2:] == (
        Reason(ReasonCode.TOO_SHORT, date(2026, 11, 4), 27, Milestone.CALL_OUT),
        Reason(ReasonCode.TOO_SHORT, date(2026, 11, 25), 12, Milestone.ANSWERS_IN),
    )


def test_the_fast_lane_is_pushed_together_when_days_are_few() -> None:
    plan = _plan(date(2026, 12, 14), now=datetime(2026, 12, 9, 16, 59, tzinfo=UTC))
    assert _days(plan.fast_lane) == {
        "core_position": date(2026, 12, 9),
        "objections_until": date(2026, 12, 10),
        "submit": date(2026, 12, 11),
    }


def test_no_fast_lane_is_offered_when_no_days_are_left_for_it() -> None:
    plan = _plan(date(2026, 12, 14), now=datetime(2026, 12, 9, 17, 1, tzinfo=UTC))
    assert (plan.too_short, plan.fast_lane) == (True, ())
    assert plan.reasons[-1] == Reason(ReasonCode.NO_DAYS_LEFT, date(2026, 12, 14), 2)


def test_a_deadline_on_a_sunday_stays_on_that_sunday() -> None:
    plan = _plan(date(2026, 6, 14), now=datetime(2026, 4, 1, tzinfo=UTC))
    assert plan.milestones[-1].due.date() == date(2026, 6, 12)


def test_offsets_that_do_not_fall_are_refused() -> None:
    with pytest.raises(ValueError, match="must fall"):
        back_plan(
            midnight_ending(date(2026, 12, 14), BRUSSELS),
            zone=BRUSSELS,
            countries=[],
            opens=None,
            now=datetime(2026, 10, 1, tzinfo=UTC),
            offsets=[(Milestone.DRAFT, 4), (Milestone.SUBMIT, 4)],
        )


@given(INSTANTS, ZONES, SOME_COUNTRIES, st.timedeltas(timedelta(0), timedelta(days=90)))
def test_every_plan_keeps_the_rules(
    closes_at: datetime, zone: str, countries: list[str], before: timedelta
) -> None:
    now = closes_at.astimezone(UTC) - before
    plan = back_plan(closes_at, zone=zone, countries=countries, opens=None, now=now)
    assert [m.kind for m in plan.milestones] == [kind for kind, _ in MILESTONES]
    assert plan.too_short == any(m.due.astimezone(UTC) < now for m in plan.milestones)
    assert all(m.due.astimezone(UTC) >= now for m in plan.fast_lane)
    for lane in (plan.milestones, plan.fast_lane):
        assert all(a.due.astimezone(UTC) < b.due.astimezone(UTC) for a, b in pairwise(lane))
        for m in lane:
            assert day_off(m.due.date(), countries) is None
            assert m.due.timetz() == time(18, tzinfo=ZoneInfo(zone))
            assert m.due.astimezone(UTC) < closes_at.astimezone(UTC)
            days = working_days_between(m.due.date(), last_day(closes_at, zone), countries)
            assert days == m.working_days_before


# Reminders

UNTIL = midnight_ending(date(2026, 11, 25), BRUSSELS)
VZORCNA_VAS, MUSTERDORF = 7, 12


def _on(day: int, hour: int = 8) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def _due(
    sent: dict[int, list[datetime]], now: datetime, answered: Sequence[int] = ()
) -> tuple[ReminderDue, ...]:
    return reminders_due(UNTIL, sent, answered=answered, zone=BRUSSELS, now=now)


def test_reminders_go_out_nine_days_before_only_to_those_who_have_not_answered() -> None:
    nobody_yet: dict[int, list[datetime]] = {VZORCNA_VAS: [], MUSTERDORF: []}
    assert _due(nobody_yet, _on(15)) == ()
    assert _due(nobody_yet, _on(16), answered=[MUSTERDORF]) == (ReminderDue(VZORCNA_VAS, 9),)


def test_nobody_is_reminded_twice_in_a_week() -> None:
    reminded = {VZORCNA_VAS: [_on(18)], MUSTERDORF: [_on(16)]}
    assert _due(reminded, _on(18, 9)) == ()
    assert _due(reminded, _on(22)) == ()
    assert _due(reminded, _on(23)) == (ReminderDue(MUSTERDORF, 2),)


def test_the_last_reminder_may_follow_sooner_only_if_the_caller_wants_it() -> None:
    reminded = {VZORCNA_VAS: [_on(18)]}

    def due(now: datetime) -> tuple[ReminderDue, ...]:
        return reminders_due(
            UNTIL, reminded, answered=(), zone=BRUSSELS, now=now, last_may_follow_sooner=True
        )

    assert due(_on(22)) == ()
    assert due(_on(23)) == (ReminderDue(VZORCNA_VAS, 2),)
    reminded[VZORCNA_VAS].append(_on(23))
    assert due(_on(24)) == ()


def test_a_reminder_missed_while_nothing_ran_is_caught_up_once() -> None:
    assert _due({VZORCNA_VAS: []}, _on(20)) == (ReminderDue(VZORCNA_VAS, 9),)
    assert _due({VZORCNA_VAS: [_on(20)]}, _on(21)) == ()


def test_nobody_is_reminded_after_the_answers_were_due() -> None:
    assert _due({VZORCNA_VAS: []}, UNTIL - timedelta(seconds=1)) == (ReminderDue(VZORCNA_VAS, 2),)
    assert _due({VZORCNA_VAS: []}, UNTIL) == ()


@given(st.sets(st.integers(0, 400), min_size=1, max_size=60))
def test_however_often_the_job_runs_a_week_lies_between_two_reminders(hours: set[int]) -> None:
    sent: dict[int, list[datetime]] = {VZORCNA_VAS: []}
    for hour in sorted(hours):
        now = _on(10) + timedelta(hours=hour)
        if _due(sent, now):
            sent[VZORCNA_VAS].append(now)
    days = [s.astimezone(ZoneInfo(BRUSSELS)).date() for s in sent[VZORCNA_VAS]]
    assert all((later - earlier).days >= 7 for earlier, later in pairwise(days))
