from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from advocacy.calls import rules
from advocacy.calls.asking.audience import Audience, as_json, from_json
from advocacy.calls.rules import CallState, Gap, Missing, Reception

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
BRUSSELS = "Europe/Brussels"
languages = st.sets(st.sampled_from(["de", "fr", "it", "sl"]))
states = st.sampled_from(CallState)
instants = st.datetimes(
    datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)
)  # fmt: skip


def gaps(**changed: object) -> list[Missing]:
    facts: dict[str, object] = {
        "spoken": {"de", "sl"},
        "complete": {"de", "sl"},
        "checked": {"de", "sl"},
        "stale": set(),
        "answers_until": NOW + timedelta(days=10),
        "closes": NOW + timedelta(days=20),
        "now": NOW,
    }
    return rules.what_is_missing(**(facts | changed))  # type: ignore[arg-type]


def test_a_call_whose_languages_are_all_checked_may_leave():
    assert gaps() == []


def test_a_call_names_the_language_that_nobody_has_checked():
    assert gaps(checked={"de"}) == [Missing(Gap.NOT_CHECKED, "sl")]


def test_a_call_names_the_language_that_is_not_written():
    assert gaps(complete={"de"}, checked={"de"}) == [Missing(Gap.NO_TEXT, "sl")]


def test_a_check_against_an_older_original_does_not_count():
    assert gaps(stale={"sl"}) == [Missing(Gap.STALE, "sl")]


def test_languages_that_nobody_invited_speaks_are_optional():
    assert gaps(spoken={"de"}, complete={"de"}, checked={"de"}) == []


def test_a_call_to_nobody_does_not_leave():
    assert gaps(spoken=set()) == [Missing(Gap.NOBODY)]


def test_answers_are_asked_for_before_the_window_closes_and_in_the_future():
    assert gaps(answers_until=NOW) == [Missing(Gap.NO_TIME)]
    assert gaps(closes=NOW + timedelta(days=9)) == [Missing(Gap.AFTER_WINDOW)]


@given(spoken=languages, complete=languages, checked=languages, stale=languages)
def test_the_gate_opens_only_when_every_spoken_language_is_whole_checked_and_fresh(
    spoken: set[str], complete: set[str], checked: set[str], stale: set[str]
):
    missing = gaps(spoken=spoken, complete=complete, checked=checked, stale=stale)
    good = (complete & checked) - stale
    assert {each.language for each in missing if each.language} == spoken - good
    assert (missing == []) == (bool(spoken) and spoken <= good)


def test_an_answer_at_the_instant_of_the_deadline_counts():
    open_call = CallState.OPEN
    assert rules.accepts(open_call, answers_until=NOW, now=NOW)
    assert not rules.accepts(open_call, answers_until=NOW, now=NOW + timedelta(microseconds=1))


@given(state=states, until=instants, now=instants, given_one=st.booleans(), leaves=instants)
def test_an_answer_is_never_refused_once_the_letters_are_out_and_none_was_given(
    state: CallState, until: datetime, now: datetime, given_one: bool, leaves: datetime
):
    reception = rules.reception(state, leaves=leaves, answers_until=until, given=given_one, now=now)
    out = rules.has_left(state, leaves=leaves, now=now)
    assert (reception is Reception.NOT_YET) == (not out)
    if out:
        assert (reception is Reception.OPEN) == (now <= until)
        assert (reception is Reception.LATE) == (now > until and not given_one)


@given(leaves=instants, now=instants)
def test_a_hold_can_be_stopped_or_is_over_never_both(leaves: datetime, now: datetime):
    held = CallState.HELD
    stop = rules.may_stop(held, leaves=leaves, now=now)
    assert stop != rules.has_left(held, leaves=leaves, now=now)


def test_every_state_leads_on_or_is_an_end():
    tables: tuple[tuple[Mapping[Any, frozenset[Any]], frozenset[Any]], ...] = (
        (rules.ALLOWED, rules.ENDS),
        (rules.INVITATION_ALLOWED, rules.INVITATION_ENDS),
        (rules.CONTRIBUTION_ALLOWED, rules.CONTRIBUTION_ENDS),
    )
    for table, ends in tables:
        states = list(table)
        reachable = {states[0]}
        for _ in states:
            reachable |= {after for state in reachable for after in table[state]}
        assert reachable == set(states)
        assert all(table[state] or state in ends for state in states)


@given(st.integers(1, 400), st.data())
def test_the_colour_on_the_map_grows_with_the_share(invited: int, data: st.DataObject):
    answered = data.draw(st.integers(0, invited))
    step = rules.step(answered, invited)
    share = answered / invited
    assert step is not None
    assert 0 <= step <= 4
    assert share <= (step + 1) / 5 + 1e-9
    assert step == 0 or share > step / 5 - 1e-9


def test_where_nobody_was_asked_there_is_no_colour():
    assert rules.step(0, 0) is None
    assert [rules.step(n, 5) for n in range(6)] == [0, 0, 1, 2, 3, 4]


def test_numbers_are_taken_as_seven_countries_write_them():
    for typed in ("14", "1.200", "1,5", "1 200,50", "1’200", "-3"):
        assert rules.is_number(typed)
    for typed in ("", "viele", "14 ha", "1e9", "--1", "9" * 31):
        assert not rules.is_number(typed)


audiences = st.builds(
    Audience,
    countries=st.lists(st.sampled_from(["AT", "IT", "SI"]), unique=True).map(tuple),
    regions=st.lists(st.sampled_from(["Tirol, Osten", "Gorenjska"]), unique=True).map(tuple),
    topics=st.lists(st.sampled_from(["farming", "water"]), unique=True).map(tuple),
    lists=st.lists(st.integers(1, 9), unique=True).map(tuple),
    population_from=st.none() | st.integers(0, 9_999),
    population_to=st.none() | st.integers(0, 9_999),
    codes=st.lists(st.sampled_from(["AT-01", "SI-07"]), unique=True).map(tuple),
)


@given(audiences)
def test_an_audience_comes_back_from_the_database_as_it_was(audience: Audience):
    assert from_json(as_json(audience)) == audience


def asked(audience: Audience, **changed: object) -> bool:
    facts = {"code": "SI-07", "country": "SI", "topics": ["farming"], "population": 1_200}
    return audience.includes(**(facts | changed))  # type: ignore[arg-type]


def test_an_audience_restricts_by_country_topic_and_size():
    assert asked(Audience())
    assert not asked(Audience(countries=("IT",)))
    assert not asked(Audience(topics=("water",)))
    assert asked(Audience(population_from=1_200, population_to=1_200))
    assert not asked(Audience(population_from=1_201))
    assert asked(Audience(population_from=1_201), population=None)


def test_codes_alone_are_the_whole_audience_and_otherwise_come_besides():
    assert asked(Audience(codes=("SI-07",)))
    assert not asked(Audience(codes=("AT-01",)))
    assert asked(Audience(codes=("SI-07",), countries=("IT",)))
    assert asked(Audience(codes=("AT-01",), countries=("SI",)))
