from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from advocacy.municipalities import rules
from advocacy.municipalities.rules import Rhythm

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)  # a Monday, 09:40 in Brussels
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
ZONES = st.sampled_from(["Europe/Brussels", "Europe/Ljubljana", "Europe/London", "UTC"])


def test_a_letter_leaves_at_once_or_on_monday_or_never():
    monday = datetime(2026, 11, 30, 7, tzinfo=UTC)
    assert rules.due(Rhythm.NOW, now=NOW, zone="Europe/Vienna") == NOW
    assert rules.due(Rhythm.WEEKLY, now=NOW, zone="Europe/Vienna") == monday
    assert rules.due(Rhythm.NEVER, now=NOW, zone="Europe/Vienna") is None


def test_on_monday_before_eight_it_leaves_that_day():
    early = datetime(2026, 11, 23, 6, 59, tzinfo=UTC)
    assert rules.due(Rhythm.WEEKLY, now=early, zone="Europe/Vienna") == datetime(
        2026, 11, 23, 7, tzinfo=UTC
    )


def test_eight_is_eight_on_both_sides_of_summer_time():
    winter = datetime(2027, 3, 24, 12, tzinfo=UTC)  # the clocks go on on 28 March
    assert rules.due(Rhythm.WEEKLY, now=winter, zone="Europe/Vienna") == datetime(
        2027, 3, 29, 6, tzinfo=UTC
    )


@given(INSTANTS, ZONES)
def test_weekly_is_always_the_next_monday_at_eight(now: datetime, zone: str):
    at = rules.due(Rhythm.WEEKLY, now=now, zone=zone)
    assert at is not None
    local = at.astimezone(ZoneInfo(zone))
    assert (local.weekday(), local.hour, local.minute) == (0, 8, 0)
    assert timedelta(0) < at - now <= timedelta(days=7, hours=1)


def test_a_region_stands_for_those_in_the_list_or_for_as_many_as_it_says():
    assert rules.stands_for(listed=3, told=None) == 3
    assert rules.stands_for(listed=3, told=12) == 12
    assert rules.stands_for(listed=0, told=None) == 0


def asked(**changed: object) -> bool:
    facts: dict[str, object] = {
        "confirmed": None,
        "created": NOW - timedelta(days=400),
        "asked": None,
        "wishes": ["now", "never", "never"],
        "bounced": False,
        "absent_until": None,
        "now": NOW,
    }
    return rules.asks_by_itself(**(facts | changed))  # type: ignore[arg-type]


def test_who_has_said_nothing_for_a_year_is_asked():
    assert asked()
    assert asked(confirmed=NOW - timedelta(days=366))
    assert asked(created=None)
    assert not asked(confirmed=NOW - timedelta(days=300))


def test_nobody_is_asked_in_the_first_year():
    assert not asked(created=NOW - timedelta(days=364))


def test_who_was_asked_is_left_alone_for_a_year_and_by_hand_for_sixty_days():
    assert not asked(asked=NOW - timedelta(days=61))
    assert asked(asked=NOW - timedelta(days=366))
    assert not rules.may_ask_to_confirm(NOW - timedelta(days=59), now=NOW)
    assert rules.may_ask_to_confirm(NOW - timedelta(days=60), now=NOW)


def test_who_wants_no_letters_is_away_or_out_of_reach_is_not_asked():
    assert not asked(wishes=["never", "never", "never"])
    assert not asked(bounced=True)
    assert not asked(absent_until=date(2026, 11, 24))
    assert asked(absent_until=date(2026, 11, 23))
