from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.errors import Outdated
from advocacy.triage import labels, rules
from advocacy.triage.forms import Filters, filters, identity, next_path
from advocacy.triage.rules import ALLOWED, ENDS, Decision, Dismissal

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)


def test_every_decision_can_be_reached_and_only_later_leads_on():
    assert set(ALLOWED) == {"", *Decision}
    assert {decision for after in ALLOWED.values() for decision in after} == set(Decision)
    assert {before for before, after in ALLOWED.items() if before and not after} == set(ENDS)


def test_every_decision_and_dismissal_has_a_label():
    assert set(labels.LABELS) == {*Decision, *Dismissal}


def test_a_second_decision_names_who_made_the_first():
    with pytest.raises(Outdated, match="Luca Beispiel"):
        rules.check_decision("dismissed", Decision.LATER, who="Luca Beispiel")
    rules.check_decision("later", Decision.DISMISSED, who="Luca Beispiel")


@given(
    st.datetimes(
        timezones=st.just(UTC), min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)
    )
)
def test_later_is_always_ahead_and_within_eight_days(now: datetime):
    assert now < rules.later_until("tomorrow", now=now) <= now + timedelta(days=2)
    assert now < rules.later_until("next week", now=now) <= now + timedelta(days=8)


@given(
    st.datetimes(
        timezones=st.just(UTC), min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)
    )
)
def test_today_began_within_the_last_25_hours(now: datetime):
    assert timedelta(0) <= now - rules.day_begins(now) < timedelta(hours=25)


def test_the_words_a_deadline_was_read_from_are_marked():
    assert rules.marked("Open until 14 December, they say.", "until 14 December") == [
        (False, "Open "),
        (True, "until 14 December"),
        (False, ", they say."),
    ]
    assert rules.marked("Open.", "until Friday") == [(False, "Open.")]
    assert rules.marked("", "") == []


@given(st.text(), st.text(max_size=5))
def test_marking_loses_no_letter(quote: str, words: str):
    assert "".join(text for _, text in rules.marked(quote, words)) == quote


def test_what_has_neither_topic_nor_deadline_is_probably_not_ours():
    assert rules.probably_not_ours([], [])
    assert not rules.probably_not_ours(["carnivores"], [])
    assert not rules.probably_not_ours([], ["14 December"])


@given(st.text(max_size=20))
def test_an_identity_is_a_positive_number_that_every_database_holds(text: str):
    number = identity(text)
    assert number is None or (0 < number < 2**31 and str(number) == text.lstrip("0"))


def test_garbage_in_the_address_filters_nothing():
    assert filters({"language": "xx", "deadline": "yes", "source": "\x00"}) == Filters()


def test_the_next_entry_keeps_the_filters_and_is_not_the_decided_one():
    typed = {"next": "7", "source": "A & B", "deadline": "1"}
    assert next_path(typed, [3]) == "/inbox?source=A+%26+B&deadline=1&item=7"
    assert next_path(typed, [7]) == "/inbox?source=A+%26+B&deadline=1"
    assert next_path({"next": "x"}, [7]) == "/inbox"
