from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.errors import Invalid, Outdated
from advocacy.triage import labels, rules
from advocacy.triage.forms import (
    Filters,
    TypedDecision,
    chosen_day,
    decided_filters,
    decision,
    filters,
    identity,
    next_path,
)
from advocacy.triage.rules import ALLOWED, ENDS, Decision, Dismissal, NotOurs

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)


def test_every_decision_can_be_reached_and_only_later_leads_on():
    assert set(ALLOWED) == {"", *Decision}
    assert {decision for after in ALLOWED.values() for decision in after} == set(Decision)
    assert {before for before, after in ALLOWED.items() if before and not after} == set(ENDS)


def test_every_decision_and_dismissal_has_a_label():
    assert set(labels.LABELS) == {*Decision, *Dismissal, *NotOurs}


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


@pytest.mark.parametrize(
    ("countries", "language", "reasons"),
    [
        ((), "de", ()),
        ((), "rm", ()),
        ((), None, ()),
        ((), "es", (NotOurs.IN_ANOTHER_LANGUAGE,)),
        (("EU",), "es", ()),
        (("EU", "ES"), "es", ()),
        (("AT", "ES"), "es", ()),
        (("MC",), "fr", ()),
        (("ES",), "de", (NotOurs.ELSEWHERE,)),
        (("NL", "BE"), "fr", (NotOurs.ELSEWHERE,)),
    ],
)
def test_a_source_from_elsewhere_is_probably_not_ours(
    countries: tuple[str, ...], language: str | None, reasons: tuple[NotOurs, ...]
):
    assert rules.not_ours(["air"], [], countries=countries, language=language) == reasons


def test_what_has_neither_topic_nor_deadline_is_probably_not_ours():
    assert rules.not_ours([], []) == (NotOurs.NO_TOPIC,)
    assert rules.not_ours(["carnivores"], []) == ()
    assert rules.not_ours([], ["14 December"]) == ()
    both = rules.not_ours([], [], countries=["PL"], language="pl")
    assert both == (NotOurs.NO_TOPIC, NotOurs.ELSEWHERE)


@given(
    st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1)),
    st.datetimes(
        timezones=st.just(UTC), min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)
    ),
)
def test_a_day_to_come_back_on_is_ahead_and_within_a_year(day: date, now: datetime):
    back = rules.later_on(day, now=now)
    today = now.astimezone(ZoneInfo(rules.OFFICE_ZONE)).date()
    assert back is None or (now < back <= now + timedelta(days=366) and back.date() == day)
    assert (back is not None) or not timedelta(1) <= day - today <= timedelta(days=365)


@given(st.text(max_size=12))
def test_whatever_is_typed_as_a_day_is_a_day_or_refused(text: str):
    try:
        chosen_day(text, now=NOW)
    except ValueError:
        return
    assert set(text.strip()) <= set("0123456789.- ")


def test_a_day_may_be_typed_as_people_write_it():
    for text in ("2026-12-14", "14.12.2026", "14.12.", " 14. 12. 2026 "):
        assert chosen_day(text, now=NOW) == date(2026, 12, 14), text
    assert chosen_day("1.11.", now=NOW) == date(2027, 11, 1)
    assert chosen_day("23.11.", now=NOW) == date(2026, 11, 23)


@given(st.text(max_size=20))
def test_an_identity_is_a_positive_number_that_every_database_holds(text: str):
    number = identity(text)
    assert number is None or (0 < number < 2**31 and str(number) == text.lstrip("0"))


garbage = st.dictionaries(
    st.sampled_from(
        ["source", "language", "deadline", "country", "topic", "sort", "rows", "day", "person"]
    ),
    st.text(max_size=20),
)


@given(garbage)
def test_filters_of_any_address_are_kept_whole_by_the_address_they_make(typed: dict[str, str]):
    found = filters(typed)
    assert filters(dict(parse_qsl(found.query()))) == found
    assert found.narrow == bool({*found.fields()} - {"sort", "rows"})


@given(garbage)
def test_filters_of_decisions_keep_only_what_can_be_meant(typed: dict[str, str]):
    found = decided_filters(typed, now=NOW)
    assert decided_filters(dict(parse_qsl(found.query())), now=NOW) == found
    assert found.decision in {"", *ENDS}


def test_garbage_in_the_address_filters_nothing():
    typed = {"language": "xx", "deadline": "yes", "source": "\x00", "country": "Austria"}
    assert filters(typed | {"topic": "cheese", "sort": "oldest", "rows": "9999"}) == Filters()


def test_the_next_entry_keeps_filters_and_page_and_is_not_the_decided_one():
    typed = {"next": "7", "list": "source=A+%26+B&deadline=1&after=2026-12-14T00%3A00_9"}
    kept = "/inbox?source=A+%26+B&deadline=1&after=2026-12-14T00%3A00_9"
    assert next_path(typed, [3]) == f"{kept}&item=7"
    assert next_path(typed, [7]) == kept
    assert next_path({"next": "x"}, [7]) == "/inbox"
    assert next_path({"list": "&".join(["x=1"] * 300)}, []) == "/inbox"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"do": "dismiss"}, "entry"),
        ({"do": "dismiss", "entry": ",".join(str(n) for n in range(1, 202))}, "entry"),
        ({"do": "explode", "entry": "1"}, "do"),
        ({"do": "", "entry": "1"}, "do"),
        ({"do": "dismiss", "entry": "1", "reason": "boring"}, "reason"),
        ({"do": "on a day", "entry": "1"}, "day"),
        ({"do": "on a day", "entry": "1", "day": "31.2.2027"}, "day"),
        ({"do": "on a day", "entry": "1", "day": "2026-11-23"}, "day"),
        ({"do": "on a day", "entry": "1", "day": "2036-11-23"}, "day"),
        ({"do": "attach", "entry": "1"}, "dossier"),
    ],
)
def test_a_decision_that_cannot_be_meant_names_its_field(typed: dict[str, str], field: str):
    with pytest.raises(Invalid) as refused:
        decision(typed, now=NOW)
    assert set(refused.value.fields) == {field}


def test_a_day_that_is_past_says_so():
    with pytest.raises(Invalid, match=r"The day 22\.11\.2026 is not ahead"):
        decision({"do": "on a day", "entry": "1", "day": "2026-11-22"}, now=NOW)


def test_two_hundred_entries_may_be_decided_at_once():
    typed = {"do": "dismiss", "reason": "too late", "entry": ",".join(map(str, range(1, 201)))}
    assert decision(typed, now=NOW) == TypedDecision(
        tuple(range(1, 201)), Decision.DISMISSED, Dismissal.TOO_LATE
    )
