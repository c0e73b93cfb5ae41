"""Several proposals on one paragraph: no word is lost, nothing is chosen silently."""

from hypothesis import given
from hypothesis import strategies as st

from advocacy.positions.proposing.weaving import rebased, stands_in, weave

BASE = "Die Kosten werden teilweise ersetzt. Die Regel gilt drei Jahre."
ONE = "Die Kosten werden voll ersetzt. Die Regel gilt drei Jahre."
OTHER = "Die Kosten werden teilweise ersetzt. Die Regel gilt fünf Jahre."
THIRD = "Die Kosten werden zur Hälfte ersetzt. Die Regel gilt drei Jahre."

words = st.lists(
    st.sampled_from(["Kosten", "Herde", "Wolf", "[@17.2]", ".", ",", "und", "\n", "1.600"]),
    max_size=12,
).map(" ".join)


def test_two_who_change_different_words_both_have_theirs():
    woven = weave(BASE, [ONE, OTHER])
    assert woven.text == "Die Kosten werden voll ersetzt. Die Regel gilt fünf Jahre."
    assert woven.collisions == []


def test_two_who_change_the_same_words_collide_and_the_words_stay():
    woven = weave(BASE, [ONE, THIRD, OTHER])
    assert woven.text == "Die Kosten werden teilweise ersetzt. Die Regel gilt fünf Jahre."
    assert [(each.base, dict(each.wanted)) for each in woven.collisions] == [
        ("teilweise", {0: "voll", 1: "zur Hälfte"})
    ]


def test_whoever_is_chosen_has_the_words():
    assert weave(BASE, [ONE, THIRD, OTHER], {0: 1}).text == (
        "Die Kosten werden zur Hälfte ersetzt. Die Regel gilt fünf Jahre."
    )
    assert weave(BASE, [ONE, THIRD], {0: 7}).text == BASE


def test_two_who_want_the_same_do_not_collide():
    woven = weave(BASE, [ONE, ONE])
    assert (woven.text, woven.collisions) == (ONE, [])


def test_taking_a_paragraph_out_collides_with_changing_it():
    woven = weave(BASE, ["", OTHER])
    assert woven.text == BASE
    assert [dict(each.wanted) for each in woven.collisions] == [{0: "", 1: OTHER}]


def test_a_proposal_on_an_older_version_moves_to_the_newer_one():
    assert rebased(BASE, OTHER, ONE) == (weave(BASE, [ONE, OTHER]).text, False)
    assert rebased(BASE, THIRD, ONE) == (ONE, True)


def test_a_text_holds_a_proposal_also_beside_others():
    assert stands_in(BASE, ONE, weave(BASE, [ONE, OTHER]).text)
    assert not stands_in(BASE, ONE, THIRD)
    assert not stands_in(BASE, ONE, BASE)
    assert stands_in(BASE, "", "")
    assert not stands_in(BASE, ONE, "")


@given(words, words)
def test_one_proposal_alone_is_taken_as_it_is(base: str, text: str):
    assert weave(base, [text]).text == text
    assert weave(base, [text, base]).text == text
    assert weave(base, [text, text]).text == text


@given(words, words, words, words)
def test_the_order_of_proposals_does_not_change_the_text(base: str, a: str, b: str, c: str):
    one, other = weave(base, [a, b, c]), weave(base, [c, a, b])
    assert one.text == other.text
    assert len(one.collisions) == len(other.collisions)


@given(words, st.lists(words, min_size=1, max_size=4))
def test_the_stretches_are_the_base_and_every_wanted_word_is_shown(base: str, texts: list[str]):
    woven = weave(base, texts)
    assert "".join(each.base for each in woven.stretches) == base
    for n, text in enumerate(texts):
        said = "".join(
            woven.collisions[s.collision].wanted.get(n, s.base)
            if s.collision is not None
            else (s.text if n in s.by else s.base)
            for s in woven.stretches
        )
        assert said == text


@given(words, st.lists(words, min_size=1, max_size=4), st.integers(0, 3))
def test_a_choice_settles_its_collision(base: str, texts: list[str], whose: int):
    woven = weave(base, texts)
    choice = {each.number: min(each.wanted, key=lambda n: (n != whose, n)) for each in woven.open}
    assert weave(base, texts, choice).open == []
