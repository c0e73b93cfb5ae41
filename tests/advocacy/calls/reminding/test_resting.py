from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from advocacy.calls.reminding import resting
from advocacy.calls.reminding.resting import LeftOut
from advocacy.deadlines import last_day, local_date
from advocacy.municipalities.rules import Rhythm

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)  # a Monday
BRUSSELS = "Europe/Brussels"
zones = st.sampled_from([BRUSSELS, "Europe/Ljubljana", "Europe/London", "Pacific/Auckland"])
instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
hours = st.integers(0, 24 * 60)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def why(**changed: object) -> LeftOut | None:
    facts: dict[str, object] = {
        "wanted": True, "bounced": False, "back": None, "letters": (), "zone": BRUSSELS, "now": NOW,
    }  # fmt: skip
    return resting.left_out(**(facts | changed))  # type: ignore[arg-type]


@given(calls=st.lists(hours, max_size=8), looks=st.lists(hours, max_size=60), zone=zones)
def test_whatever_calls_leave_no_reminder_follows_a_letter_within_seven_days(
    calls: list[int], looks: list[int], zone: str
):
    """Calls leave when somebody sends them; between them the reminder looks at any hours."""
    letters: list[tuple[datetime, bool]] = []
    for at, is_call in sorted([(h, True) for h in calls] + [(h, False) for h in looks]):
        now, earlier = NOW + timedelta(hours=at), [at for at, _ in letters]
        if is_call or why(letters=earlier, zone=zone, now=now) is None:
            letters.append((now, is_call))
    for (before, _), (after, is_call) in pairwise(letters):
        assert is_call or local_date(after, zone) - local_date(before, zone) >= timedelta(days=7)


@given(st.lists(instants, max_size=5), instants, zones)
def test_a_letter_that_still_waits_counts_as_one_that_left(
    letters: list[datetime], now: datetime, zone: str
):
    ahead = now + timedelta(days=3)
    assert not resting.is_rested([*letters, ahead], zone=zone, now=now)


def test_the_reason_that_lasts_longest_is_said():
    tired = {"letters": [NOW]}
    away = {"back": NOW.date() + timedelta(days=1)}
    assert why() is None
    assert why(**tired) is LeftOut.TIRED
    assert why(**tired, **away) is LeftOut.AWAY
    assert why(**tired, **away, bounced=True) is LeftOut.BOUNCED
    assert why(**tired, **away, bounced=True, wanted=False) is LeftOut.UNWANTED


@given(until=st.none() | days, noted=instants, deadline=instants, now=instants, zone=zones)
def test_an_absence_that_covers_the_deadline_leaves_no_day_to_answer(
    until: date | None, noted: datetime, deadline: datetime, now: datetime, zone: str
):
    back = resting.back_on(until, noted=noted, zone=zone)
    assert back is not None
    covered = resting.covers(back, deadline=deadline, zone=zone, now=now)
    away = resting.is_away(back, today=local_date(now, zone))
    assert covered == (away and back > last_day(deadline, zone))


def test_without_a_day_an_absence_lasts_a_week_and_without_a_note_there_is_none():
    assert resting.back_on(None, noted=NOW, zone=BRUSSELS) == date(2026, 11, 30)
    assert resting.back_on(date(2026, 12, 24), noted=NOW, zone=BRUSSELS) == date(2026, 12, 24)
    assert resting.back_on(None, noted=None, zone=BRUSSELS) is None


@given(deadline=instants, now=instants, zone=zones, rhythm=st.sampled_from(Rhythm))
def test_a_reminder_never_leaves_in_the_past_nor_later_than_three_days_before_the_deadline(
    deadline: datetime, now: datetime, zone: str, rhythm: Rhythm
):
    leaves = resting.leaves(rhythm, deadline=deadline, zone=zone, now=now)
    latest = datetime.combine(
        last_day(deadline, zone) - timedelta(days=3), time(8), ZoneInfo(zone)
    )  # fmt: skip
    assert leaves >= now
    assert leaves <= max(now, latest)
    if rhythm is not Rhythm.WEEKLY:
        assert leaves == min(max(now, latest), now)


def test_weekly_is_the_next_monday_at_eight_unless_the_deadline_is_near():
    tuesday = NOW + timedelta(days=1)

    def leaves(deadline: datetime) -> datetime:
        return resting.leaves(Rhythm.WEEKLY, deadline=deadline, zone=BRUSSELS, now=tuesday)

    assert leaves(NOW + timedelta(days=30)) == datetime(2026, 11, 30, 7, tzinfo=UTC)
    # Thursday's deadline: by Monday three days are left; on Wednesday's it would be too late
    assert leaves(datetime(2026, 12, 2, 17, tzinfo=UTC)) == datetime(2026, 11, 29, 7, tzinfo=UTC)
    assert leaves(tuesday + timedelta(days=1)) == tuesday
