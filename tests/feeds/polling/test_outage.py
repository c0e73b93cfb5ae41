from hypothesis import given
from hypothesis import strategies as st

from feeds.polling.outage import is_ours

visits = st.lists(st.tuples(st.sampled_from("abcdefghij"), st.booleans()))


def missed(hosts: str) -> list[tuple[str, bool]]:
    return [(host, False) for host in hosts]


def reached(hosts: str) -> list[tuple[str, bool]]:
    return [(host, True) for host in hosts]


def test_five_servers_that_cannot_be_reached_are_our_outage() -> None:
    assert is_ours(missed("abcde"))
    assert not is_ours(missed("abcd"))
    assert not is_ours(missed("aaaaaaa"))


def test_half_of_the_servers_must_be_out_of_reach() -> None:
    assert is_ours([*missed("abcde"), *reached("fghij")])
    assert not is_ours([*missed("abcde"), *reached("fghijk")])


def test_a_server_that_was_reached_once_counts_as_reached() -> None:
    assert not is_ours([*missed("abcde"), *reached("a")])


@given(visits)
def test_the_order_of_visits_does_not_matter(some: list[tuple[str, bool]]) -> None:
    assert is_ours(some) == is_ours(some[::-1])


@given(visits)
def test_one_more_server_that_answers_never_makes_an_outage(some: list[tuple[str, bool]]) -> None:
    assert is_ours(some) or not is_ours([*some, ("new", True)])
