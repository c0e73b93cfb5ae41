from advocacy.positions.passages.quotations import PassageRow
from advocacy.positions.writing.offering import MOST_SHOWN, Wanted, offer, ticked, wanted
from tests.advocacy.positions.writing.test_brief import row


def numbers(rows: list[PassageRow], what: Wanted, used: frozenset[str] = frozenset()) -> list[int]:
    groups = offer(rows, used, what).groups
    return sorted(each.id for _, tagged in groups for group in tagged for each in group)


ROWS = [
    row(1, "Die Kosten sind hoch", "AT", "de", tag="costs"),
    row(2, "I costi sono alti", "IT", "it", tag="costs", stance="contradicts"),
    row(3, "Zäune helfen", "AT", "de"),
]


def test_passages_are_found_by_tag_stance_country_use_and_words():
    assert numbers(ROWS, Wanted()) == [1, 2, 3]
    assert numbers(ROWS, Wanted(tag="costs")) == [1, 2]
    assert numbers(ROWS, Wanted(tag="-")) == [3]
    assert numbers(ROWS, Wanted(only="contradicts")) == [2]
    assert numbers(ROWS, Wanted(only="AT")) == [1, 3]
    assert numbers(ROWS, Wanted(only="unused"), frozenset({"@1.1"})) == [2, 3]
    assert numbers(ROWS, Wanted(words="zaune hel")) == [3]
    assert numbers(ROWS, Wanted(words="musterdorf")) == [1, 2, 3]
    assert numbers(ROWS, Wanted(tag="costs", only="AT", words="kosten")) == [1]


def test_of_very_many_the_tag_that_most_have_is_shown():
    many = [row(n, f"Wort{n}", "AT", "de", tag="costs") for n in range(1, MOST_SHOWN + 2)]
    found = offer([*many, ROWS[2]], frozenset(), Wanted())
    assert [name for name, _ in found.groups] == ["costs"]
    assert (found.shown, found.found, found.total) == (MOST_SHOWN, MOST_SHOWN + 2, MOST_SHOWN + 2)


def test_ticked_ones_are_each_taken_once_and_strangers_are_left_out():
    assert [each.id for each in ticked("@2.1 @1.1,@1.1,@9.9,x", ROWS)] == [2, 1]


def test_typed_filters_are_cut_to_a_sane_length():
    assert wanted({"show-words": "x" * 99}) == Wanted(words="x" * 60)
