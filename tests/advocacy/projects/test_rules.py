from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.errors import Invalid
from advocacy.projects import forms, rules
from advocacy.projects.forms import NewProject, Told
from advocacy.projects.rules import ProjectState, Shared, shared, state_on
from tests.advocacy.projects.matters import FORM

TOPIC = st.sampled_from(["farming", "carnivores", "energy", "transport"])
COUNTRY = st.sampled_from(["AT", "FR", "IT", "SI"])


def test_a_project_is_suggested_for_what_it_shares_and_never_for_the_place_alone():
    assert shared(
        ["farming", "energy"], ["SI", "AT"], of_topics={"energy", "farming"}, of_countries={"SI"}
    ) == Shared(("farming", "energy"), ("SI",))
    assert shared(["farming"], ["SI"], of_topics={"energy"}, of_countries={"SI"}) is None
    assert Shared(("farming",), ()).weight == 2


@given(st.lists(TOPIC), st.lists(COUNTRY), st.sets(TOPIC), st.sets(COUNTRY))
def test_the_reason_names_only_what_both_have(
    topics: list[str], countries: list[str], of_topics: set[str], of_countries: set[str]
):
    found = shared(topics, countries, of_topics=of_topics, of_countries=of_countries)
    assert (found is None) == (not set(topics) & of_topics)
    if found:
        assert set(found.topics) == set(topics) & of_topics
        assert set(found.countries) == set(countries) & of_countries


DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(st.sampled_from(ProjectState), DAYS, st.integers(0, 2000), DAYS)
def test_dates_move_a_project_on_and_never_back(
    state: ProjectState, begins: date, length: int, today: date
):
    ends = begins + timedelta(days=length)
    found = state_on(state, begins, ends, today)
    order = [ProjectState.PLANNED, ProjectState.RUNNING, ProjectState.FINISHED]
    if state is ProjectState.GIVEN_UP:
        assert found is ProjectState.GIVEN_UP
    else:
        assert order.index(found) >= order.index(state)
        assert state_on(found, begins, ends, today) == found
    assert state_on(state, None, None, today) == state


def test_the_secretariat_edits_all_and_a_coordinator_those_of_their_countries():
    assert rules.may_edit("secretariat", [""], set())
    assert rules.may_edit("coordinator", ["SI"], {"SI", "AT"})
    assert not rules.may_edit("coordinator", ["SI"], {"AT"})
    assert not rules.may_edit("coordinator", [""], set())
    assert not rules.may_edit("presidency", ["SI"], {"SI"})


def test_a_form_becomes_a_project_in_the_languages_it_is_told_in():
    made = forms.project(FORM | {"title-sl": "Pastirji", "begins": "2026-03-01", "ends": ""})
    assert made == NewProject(
        language="de",
        texts={"de": Told("Hirten & Hunde", "Neun Almen mit Hunden."), "sl": Told("Pastirji")},
        topics=("farming",),
        begins=date(2026, 3, 1),
        led_by="AT-01",
        members=("SI-07", "AT-01"),
        contact={"name": "", "email": "", "phone": "", "languages": ""},
    )


WRONG = {
    "language": "xx", "title-de": "", "state": "soon", "topics": "nonsense", "begins": "31.12.2026",
    "address": "javascript:alert(1)", "led_by": "SI-07 AT-01", "members": "Musterdorf!",
    "contact_email": "nobody", "title-fr": "x" * 301,
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in WRONG if name != "title-de"])
def test_each_wrong_field_is_named(name: str):
    with pytest.raises(Invalid) as refused:
        forms.project(FORM | {name: WRONG[name]})
    assert list(refused.value.fields) == [name]


def test_all_that_is_wrong_is_named_at_once():
    with pytest.raises(Invalid) as refused:
        forms.project(FORM | WRONG | {"begins": "2026-02-01", "ends": "2026-01-01"})
    assert set(refused.value.fields) == (set(WRONG) - {"title-de", "begins"}) | {
        "ends", "title-de",
    }  # fmt: skip


def test_it_needs_its_title_in_the_language_it_is_written_in():
    with pytest.raises(Invalid) as refused:
        forms.project(FORM | {"title-de": " ", "summary-it": "Testo senza titolo"})
    assert set(refused.value.fields) == {"title-de", "title-it"}


def test_a_result_is_an_address_or_a_file_and_not_both():
    given_address = {"result_title": "Leitfaden", "result_address": "https://x.example/a.pdf"}
    assert forms.result(given_address, has_file=False).address == "https://x.example/a.pdf"
    for typed, has_file, field in (
        (given_address, True, "result_address"),
        ({"result_title": "Leitfaden"}, False, "result_address"),
        ({"result_title": " "}, True, "result_title"),
        ({"result_title": "x", "result_language": "xx"}, True, "result_language"),
        ({"result_title": "x", "result_address": "x"}, False, "result_address"),
    ):
        with pytest.raises(Invalid) as refused:
            forms.result(typed, has_file=has_file)
        assert list(refused.value.fields) == [field]
