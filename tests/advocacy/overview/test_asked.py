from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.overview.asked import SORTS, VIEWS, Asked, read

TODAY = date(2026, 11, 25)
TOPICS = {"water", "farming"}


def _read(**values: str) -> Asked:
    return read(values, today=TODAY, topics=TOPICS)


def test_without_wishes_the_width_of_the_page_decides_and_this_week_comes_first():
    asked = _read()
    assert (asked.view, asked.first, asked.month) == ("", date(2026, 11, 23), date(2026, 11, 1))
    assert not asked.is_filtered
    assert asked.query() == "?"


@pytest.mark.parametrize(
    "values",
    [{"view": "xyz"}, {"from": "nonsense"}, {"from": "0000-W99"}, {"from": "2027-W53"},
     {"from": "9999-W52"}, {"month": "2026-13"}, {"month": "0000-00"}, {"country": "si"},
     {"country": "XX"}, {"topic": "x' OR 1"}, {"sort": "--closes"}, {"mine": "yes"}],
)  # fmt: skip
def test_what_makes_no_sense_is_left_out(values: dict[str, str]):
    assert _read(**values) == _read()


def test_week_53_is_read_and_paged_over_the_end_of_the_year():
    asked = _read(**{"view": "timeline", "from": "2026-W53"})
    assert asked.first == date(2026, 12, 28)
    assert asked.query() == "?view=timeline&from=2026-W53"
    assert asked.query(first=asked.weeks_on(1)) == "?view=timeline&from=2027-W12"
    assert asked.query(first=asked.weeks_on(-1)) == "?view=timeline&from=2026-W41"


def test_months_are_paged_over_the_end_of_the_year():
    asked = _read(view="month", month="2026-12")
    assert asked.months_on(1) == date(2027, 1, 1)
    assert asked.months_on(-12) == date(2025, 12, 1)


def test_filters_stay_in_the_links():
    asked = _read(view="agenda", country="SI", topic="water", mine="1", external="1", sort="-title")
    query = dict(parse_qsl(asked.query(view="timeline").removeprefix("?")))
    assert query == {
        "view": "timeline", "from": "2026-W48", "country": "SI", "topic": "water",
        "mine": "1", "external": "1", "sort": "-title",
    }  # fmt: skip


def test_a_second_click_on_a_heading_turns_the_order():
    asked = _read(sort="title")
    assert (asked.order_of("title"), asked.order_of("closes")) == ("ascending", None)
    assert asked.sorted_by("title") == "-title"
    assert asked.sorted_by("closes") == "closes"
    assert _read(sort="-title").order_of("title") == "descending"


@given(st.dictionaries(st.sampled_from(["view", "from", "month", "country", "topic", "sort"]),
                       st.text(max_size=12)))  # fmt: skip
def test_anything_typed_gives_a_page(values: dict[str, str]):
    asked = _read(**values)
    assert asked.view in {"", *VIEWS}
    assert asked.first.isoweekday() == 1
    assert asked.month.day == 1
    assert asked.sort.removeprefix("-") in SORTS


@given(st.sampled_from(VIEWS), st.integers(1, 52), st.integers(1, 12), st.booleans())
def test_a_link_leads_back_to_what_it_was_made_from(view: str, week: int, month: int, mine: bool):
    values = {"view": view, "from": f"2027-W{week:02d}", "month": f"2027-{month:02d}"}
    asked = _read(**values, mine="1" if mine else "")
    again = read(dict(parse_qsl(asked.query()[1:])), today=TODAY, topics=TOPICS)
    assert again.query() == asked.query()
