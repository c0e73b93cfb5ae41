from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.errors import Invalid
from advocacy.municipalities.rules import Rhythm
from advocacy.news.rules import Interests, check_sentences, interests, slot, span

ZONE = "Europe/Brussels"
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


def test_what_names_no_topic_is_for_every_topic():
    wanted = interests("farming", "AT,SI")
    assert wanted == Interests(frozenset({"farming"}), frozenset({"AT", "SI"}))
    assert wanted.has({"farming", "energy"}, {"AT"})
    assert wanted.has((), ())
    assert wanted.has((), {"SI"})
    assert not wanted.has({"energy"}, {"AT"})
    assert not wanted.has({"farming"}, {"FR"})
    assert Interests().has({"energy"}, {"FR"})


def test_the_weekly_letter_is_due_on_monday_at_eight():
    monday = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # eight in Brussels
    assert slot(Rhythm.WEEKLY, now=monday, zone=ZONE) == monday
    assert slot(Rhythm.WEEKLY, now=monday + timedelta(days=6), zone=ZONE) == monday
    before = monday - timedelta(seconds=1)
    assert slot(Rhythm.WEEKLY, now=before, zone=ZONE) == monday - timedelta(days=7)


def test_at_once_is_twice_a_week_and_never_is_never():
    thursday = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)
    assert slot(Rhythm.NOW, now=thursday + timedelta(days=1), zone=ZONE) == thursday
    assert slot(Rhythm.NEVER, now=thursday, zone=ZONE) is None
    assert span(Rhythm.NEVER, None, now=thursday, zone=ZONE) is None


@given(MOMENTS, st.sampled_from([Rhythm.NOW, Rhythm.WEEKLY]))
def test_a_letter_hour_is_eight_in_the_morning_also_when_clocks_change(
    now: datetime, rhythm: Rhythm
):
    at = slot(rhythm, now=now, zone=ZONE)
    assert at is not None
    local = at.astimezone(ZoneInfo(ZONE))
    assert (local.hour, local.minute, local.weekday() in {0, 3}) == (8, 0, True)
    assert at <= now


@given(st.lists(MOMENTS, min_size=1, max_size=20), st.sampled_from([Rhythm.NOW, Rhythm.WEEKLY]))
def test_spans_follow_each_other_without_gap_or_overlap(runs: list[datetime], rhythm: Rhythm):
    told: datetime | None = None
    for now in sorted(runs):
        found = span(rhythm, told, now=now, zone=ZONE)
        if found is None:
            continue
        since, until = found
        assert since < until <= now
        assert told is None or since == told
        told = until


def test_a_mark_needs_one_sentence_and_none_too_long():
    check_sentences({"de": "", "sl": "Ja."}, ("en", "de"))
    with pytest.raises(Invalid) as refused:
        check_sentences({"de": ""}, ("en", "de"))
    assert list(refused.value.fields) == ["sentence-en"]
    with pytest.raises(Invalid) as refused:
        check_sentences({"de": "a" * 401, "fr": "a"}, ("en", "de"))
    assert list(refused.value.fields) == ["sentence-de"]
