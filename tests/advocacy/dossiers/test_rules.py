from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.deadlines import Milestone
from advocacy.dossiers import labels, rules
from advocacy.dossiers.deadlines import instants
from advocacy.dossiers.deadlines.instants import Wrong, retyped, typed_instant
from advocacy.dossiers.forms import NewDossier, number_in
from advocacy.dossiers.rules import ALLOWED, DEADLINE_ALLOWED, ENDS, DeadlineState, Station
from advocacy.errors import Invalid, Outdated

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
BRUSSELS = "Europe/Brussels"
MIDNIGHT = datetime(2026, 12, 14, 23, 59, 59, tzinfo=ZoneInfo(BRUSSELS))


def test_every_station_is_reached_and_leads_on_or_is_an_end():
    reached, edge = {Station.OPENED}, {Station.OPENED}
    while edge:
        edge = {after for station in edge for after in ALLOWED[station]} - reached
        reached |= edge
    assert reached == set(Station) == set(ALLOWED)
    assert set(Station) > ENDS


def test_every_state_of_a_deadline_is_reached():
    assert set(DEADLINE_ALLOWED) == set(DeadlineState)
    after = {state for states in DEADLINE_ALLOWED.values() for state in states}
    assert after | {DeadlineState.PROPOSED} == set(DeadlineState)


def test_everything_has_a_label():
    assert set(labels.STATIONS) == set(Station)
    assert set(labels.DEADLINE_STATES) == set(DeadlineState)
    assert set(labels.MILESTONES) == set(Milestone)


@given(st.sampled_from(Station), st.sampled_from(Station))
def test_only_allowed_steps_pass(before: Station, after: Station):
    if after in ALLOWED[before]:
        rules.check_step(before, after)
    else:
        with pytest.raises(Outdated):
            rules.check_step(before, after)


@pytest.mark.parametrize("station", Station)
def test_the_trail_has_seven_stops_and_one_current_unless_closed(station: Station):
    states = [state for _, state in rules.trail(station)]
    assert len(states) == 7
    assert states.count("current") == (0 if station is Station.CLOSED else 1)
    assert states == sorted(states, key=["done", "current", "ahead"].index)


@pytest.mark.parametrize(
    ("typed", "expected", "precision"),
    [
        ("14.12.", MIDNIGHT, "day"),
        ("14.12.2026", MIDNIGHT, "day"),
        ("14. 12. 2026", MIDNIGHT, "day"),
        ("2026-12-14", MIDNIGHT, "day"),
        ("14/12/2026", MIDNIGHT, "day"),
        ("14.12.2026 24:00", MIDNIGHT, "exact"),
        ("14.12. 24:00", MIDNIGHT, "exact"),
        ("14.12.2026, 18:00", MIDNIGHT.replace(hour=18, minute=0, second=0), "exact"),
        ("14.12.2026 um 18 Uhr", MIDNIGHT.replace(hour=18, minute=0, second=0), "exact"),
        ("14.12.2026 à 18h30", MIDNIGHT.replace(hour=18, minute=30, second=0), "exact"),
        ("2026-12-14T18:00", MIDNIGHT.replace(hour=18, minute=0, second=0), "exact"),
        ("1.3.", datetime(2027, 3, 1, 23, 59, 59, tzinfo=ZoneInfo(BRUSSELS)), "day"),
    ],
)
def test_a_deadline_is_typed_as_people_write(typed: str, expected: datetime, precision: str):
    assert typed_instant(typed, zone=BRUSSELS, now=NOW) == (expected, precision)


@pytest.mark.parametrize(
    "typed",
    ["", "soon", "14", "14.13.2026", "31.2.", "14.12.26", "14.12.2026 25:00", "14.12.2026 12:75",
     "14.12.9999", "0.0.0", "١٤.١٢.٢٠٢٦", "14.12.2026 18:00 and more", "13.2026", "Foobar 2026", "14.12.2026" * 50],
)  # fmt: skip
def test_what_is_no_deadline_is_said(typed: str):
    with pytest.raises(Wrong):
        typed_instant(typed, zone=BRUSSELS, now=NOW)


def test_a_date_in_the_past_proposes_the_month_that_was_meant():
    with pytest.raises(Wrong) as wrong:
        typed_instant("14.11.2026", zone=BRUSSELS, now=NOW)
    told = "The deadline 14.11.2026 is in the past. Did you mean 14.12.2026?"
    assert str(wrong.value) == told


@given(
    st.datetimes(min_value=datetime(2026, 12, 1), max_value=datetime(2035, 1, 1)),
    st.sampled_from(instants.ZONES),
    st.sampled_from(["exact", "day"]),
)
def test_a_deadline_in_its_field_reads_back_as_itself(moment: datetime, zone: str, precision: str):
    clock = moment.time().replace(second=0, microsecond=0)
    instant = instants.at(
        moment.date(), clock if precision == "exact" else instants.END_OF_DAY, zone
    )
    shown = retyped(instant, zone, precision)
    again, how = typed_instant(shown, zone=zone, now=NOW)
    assert how == precision
    assert abs(again - instant) <= timedelta(seconds=59)
    assert again.astimezone(ZoneInfo(zone)).date() == instant.astimezone(ZoneInfo(zone)).date()


@given(st.text(max_size=30))
def test_no_text_breaks_the_field(text: str):
    try:
        instant, _ = typed_instant(text, zone=BRUSSELS, now=NOW)
    except Wrong:
        return
    assert instant > NOW


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("2026-014", "2026-014"),
        ("2026-014-grossraubtiere", "2026-014"),
        ("2026-1400", "2026-1400"),
        ("2026-14", None),
        ("x", None),
        ("2026-014grossraubtiere", None),
        ("' OR 1=1", None),
    ],
)
def test_words_behind_a_number_are_decoration(address: str, number: str | None):
    assert number_in(address) == number


def test_numbers_have_three_digits_and_more_when_they_must():
    assert rules.number(2026, 14) == "2026-014"
    assert rules.number(2026, 1400) == "2026-1400"


def test_internal_dates_lie_before_the_deadline_they_serve():
    before = {Milestone.DRAFT: MIDNIGHT - timedelta(days=1)}
    rules.check_milestones(before, MIDNIGHT, BRUSSELS)
    after = {Milestone.DRAFT: MIDNIGHT + timedelta(hours=10), Milestone.SUBMIT: NOW}
    with pytest.raises(Invalid) as wrong:
        rules.check_milestones(after, MIDNIGHT, BRUSSELS)
    assert {name: str(text) for name, text in wrong.value.fields.items()} == {
        "draft": "15.12.2026 09:59 is after the deadline that it serves: 14.12.2026 24:00"
    }


def test_a_date_within_three_days_is_urgent_and_one_that_is_over_is_not():
    assert rules.is_urgent(NOW + timedelta(hours=72), now=NOW)
    assert not rules.is_urgent(NOW + timedelta(hours=72, seconds=1), now=NOW)
    assert not rules.is_urgent(NOW - timedelta(seconds=1), now=NOW)


def test_a_new_dossier_needs_only_a_title():
    new = NewDossier(title="Herds")
    assert (new.window, new.priority, new.topics) == (None, 2, ())
