from hypothesis import given
from hypothesis import strategies as st

from advocacy.positions.passages.alike import ALIKE, heads, overlap

WORDS = st.frozensets(
    st.sampled_from(["almen", "schutz", "wolf", "zaun", "hirt", "kosten", "ersatz"])
)


def one_by_one(texts: list[frozenset[str]]) -> list[int]:
    """What is meant, said without any haste: every text beside every head."""
    found: list[int] = []
    for place, words in enumerate(texts):
        known = sorted(set(found))
        alike = [head for head in known if overlap(texts[head], words) >= ALIKE]
        found.append(alike[0] if alike else place)
    return found


@given(st.lists(WORDS, max_size=30))
def test_looking_only_at_rare_words_finds_the_same_groups(texts: list[frozenset[str]]):
    assert heads(texts) == one_by_one(texts)


def test_sixty_percent_exactly_is_alike():
    three_of_five = [frozenset("abcd"), frozenset("abce")]
    assert overlap(*three_of_five) == 3 / 5
    assert heads(three_of_five) == [0, 0]
    assert heads([frozenset("abc"), frozenset("abde")]) == [0, 1]


def test_texts_without_a_word_are_alike():
    assert heads([frozenset(), frozenset("a"), frozenset()]) == [0, 1, 0]
