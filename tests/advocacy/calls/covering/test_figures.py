from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from advocacy.calls.covering import figures
from advocacy.calls.covering.figures import Place
from advocacy.calls.covering.sizes import BOUNDS, Size, size_of
from advocacy.calls.reminding.choosing import Chosen, chosen_of

MUSTERDORF = Place(
    municipality=1, country="AT", region="Tirol", map_region="AT.TR", language="de",
    population=1_200, latitude=None, longitude=None, stands_for=None, reached=True, opened=False,
    drafted=False, answered=False, absent=False, bounced=False, late=False, withdrawn=False,
)  # fmt: skip
flags = st.booleans()
places = st.lists(
    st.builds(
        replace,
        st.just(MUSTERDORF),
        municipality=st.integers(1, 5),
        country=st.sampled_from(["AT", "SI"]),
        population=st.none() | st.integers(0, 50_000),
        stands_for=st.none() | st.integers(1, 9),
        **dict.fromkeys(
            ("reached", "opened", "drafted", "answered", "absent", "late", "withdrawn"), flags
        ),
    ),
    max_size=9,
)


@given(places)
def test_the_parts_add_up_to_the_whole(there: list[Place]):
    once = figures.each_once(there)
    whole = figures.share("", once, {})
    for of in ("country", "region", "language", "size"):
        parts = figures.shares(once, of, {})
        for name in ("asked", "answered", "reached", "opened", "drafted", "absent", "late"):
            assert sum(getattr(each, name) for each in parts) == getattr(whole, name)


@given(places)
def test_a_municipality_counts_once_however_often_it_was_asked(there: list[Place]):
    once = figures.each_once(there)
    assert len(once) == len({each.municipality for each in there})
    answered = {each.municipality for each in there if each.answered}
    assert {each.municipality for each in once if each.answered} == answered


def test_who_answered_one_of_two_calls_in_time_is_not_late():
    late = replace(MUSTERDORF, answered=True, late=True)
    [both] = figures.each_once([late, replace(MUSTERDORF, answered=True)])
    assert (both.answered, both.late) == (True, False)
    [one] = figures.each_once([late, MUSTERDORF])
    assert (one.answered, one.late) == (True, True)


def test_a_region_stands_for_those_it_names_else_for_the_number_it_says():
    region = replace(MUSTERDORF, municipality=9, stands_for=12)
    assert figures.standing([MUSTERDORF, region], {}) == 13
    assert figures.standing([MUSTERDORF, region], {9: {2, 3}}) == 3
    # one of those it names was asked too
    assert figures.standing([MUSTERDORF, region], {9: {1, 2, 3}}) == 3


def test_the_upper_bound_belongs_to_the_size():
    sizes = [size_of(number) for number in (0, 1_000, 1_001, 5_000, 20_000, 20_001, None)]
    assert sizes == ["1000", "1000", "5000", "5000", "20000", "more", "unknown"]


@given(st.integers(0, 10**7))
def test_every_number_of_inhabitants_has_one_size(population: int):
    [size] = [
        size
        for size, (least, most) in BOUNDS.items()
        if population >= least and (most is None or population <= most)
    ]
    assert size is size_of(population)


def test_what_is_no_country_language_or_size_restricts_nothing():
    typed = {"country": "xx", "language": "tlh", "size": "huge", "region": " Tirol "}
    assert chosen_of(typed) == Chosen(region="Tirol")
    assert not chosen_of({"country": "'; drop"})
    assert Chosen(country="AT", size=Size.SMALL).query(state="absent", after="") == (
        "country=AT&size=1000&state=absent"
    )
