from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.errors import Invalid
from advocacy.learned import forms
from advocacy.learned.rules import (
    LEAST,
    Condition,
    Decided,
    Proposal,
    Seen,
    matches,
    propose,
    takes,
    words_of_title,
)
from advocacy.triage.rules import Decision, Dismissal

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
WORDS = ("tender", "bridge", "press", "minutes", "wolf", "uber", "2026", "water")


def decided(
    entry: int,
    words: str,
    decision: Decision = Decision.DISMISSED,
    *,
    source: int = 1,
    topics: str = "",
    reason: str = Dismissal.TOO_LATE,
) -> Decided:
    seen = Seen(entry, source, frozenset(words.split()), frozenset(topics.split()))
    return Decided(seen, decision, reason)


def conditions(found: list[Proposal]) -> list[Condition]:
    return [each.condition for each in found]


FIVE = [decided(n, f"tender place{n}") for n in range(5)]

entries = st.builds(
    Seen,
    entry=st.integers(1, 40),
    source=st.integers(1, 2),
    words=st.frozensets(st.sampled_from(WORDS), max_size=4),
    topics=st.frozensets(st.sampled_from(("water", "energy")), max_size=1),
)
decisions = st.lists(
    st.builds(
        Decided,
        entries,
        st.sampled_from([*[Decision.DISMISSED] * 6, Decision.DOSSIER, Decision.ATTACHED]),
        st.sampled_from([*Dismissal, "in our own words"]),
    ),
    max_size=60,
    unique_by=lambda each: each.seen.entry,
)
rules = st.builds(
    Condition,
    source=st.none() | st.integers(1, 2),
    words=st.lists(st.sampled_from(WORDS), max_size=3, unique=True).map(sorted).map(tuple),
    topic=st.sampled_from(("", "water", "energy")),
)


def test_five_dismissals_with_one_word_propose_a_rule_with_their_reason_and_examples():
    [found] = propose(FIVE)
    assert found == Proposal(Condition(1, ("tender",)), Dismissal.TOO_LATE, (4, 3, 2, 1, 0))
    assert found.examples == (4, 3, 2)


def test_four_may_be_chance():
    assert propose(FIVE[:4]) == []


def test_one_that_was_opened_attached_or_repeats_a_matter_speaks_against_the_word():
    for decision in (Decision.DOSSIER, Decision.ATTACHED, Decision.DUPLICATE):
        assert propose([*FIVE, decided(9, "tender wolf", decision)]) == []


def test_so_does_one_from_long_ago():
    assert propose(FIVE, ours=[Seen(99, 1, frozenset({"tender"}), frozenset())]) == []


def test_an_entry_of_another_source_speaks_neither_for_nor_against():
    other = decided(9, "tender", Decision.DOSSIER, source=2)
    assert conditions(propose([*FIVE, other])) == [Condition(1, ("tender",))]
    mixed = [decided(n, "tender", source=n % 2 + 1) for n in range(8)]
    assert propose(mixed) == []


def test_two_words_are_proposed_where_neither_alone_is_clear():
    both = [decided(n, "tender award") for n in range(5)]
    ours = [decided(8, "tender", Decision.DOSSIER), decided(9, "award", Decision.DOSSIER)]
    assert conditions(propose([*both, *ours])) == [Condition(1, ("award", "tender"))]


def test_a_topic_is_proposed_where_no_word_is_shared():
    apart = [decided(n, f"word{n}", topics="energy") for n in range(6)]
    assert conditions(propose(apart)) == [Condition(1, topic="energy")]


def test_words_that_join_others_numbers_and_short_words_tell_nothing():
    assert propose([decided(n, "uber della 2026 eu") for n in range(9)]) == []


def test_what_says_the_same_again_is_not_proposed():
    twice = [decided(n, "tender award") for n in range(7)]
    assert conditions(propose(twice)) == [Condition(1, ("tender",))]


def test_what_was_refused_is_on_or_was_switched_off_is_not_proposed_again():
    more = [*FIVE, *[decided(n, "press") for n in range(10, 16)]]
    known = [Condition(1, ("tender",))]
    assert conditions(propose(more, known=known)) == [Condition(1, ("press",))]


def test_words_of_somebodys_own_are_no_reason_of_a_rule():
    own = [decided(n, "tender", reason="they always do this") for n in range(5)]
    assert [each.reason for each in propose(own)] == [Dismissal.NOT_OUR_TOPIC]


@given(decisions)
def test_a_proposal_matches_all_that_it_was_learned_from_and_nothing_that_was_ours(
    every: list[Decided],
):
    for found in propose(every):
        matching = [each for each in every if matches(found.condition, each.seen)]
        assert len(found.support) >= LEAST
        assert {each.seen.entry for each in matching} == set(found.support)
        assert {each.decision for each in matching} == {Decision.DISMISSED}


@given(decisions, st.randoms())
def test_the_order_of_decisions_does_not_matter(every: list[Decided], chance: Random):
    shuffled = list(every)
    chance.shuffle(shuffled)
    assert propose(shuffled) == propose(every)


@given(decisions)
def test_no_two_proposals_say_the_same(every: list[Decided]):
    found = propose(every)
    for n, each in enumerate(found):
        before = {entry for other in found[:n] for entry in other.support}
        assert len(set(each.support) - before) >= LEAST


@given(decisions)
def test_accepting_what_is_proposed_ends_in_nothing_proposed(every: list[Decided]):
    known: list[Condition] = []
    while found := propose(every, known=known):
        assert not set(conditions(found)) & set(known)
        known += conditions(found)
    assert propose(every, known=known) == []


@given(rules, entries, st.sampled_from(WORDS))
def test_a_rule_with_one_word_more_never_takes_more(rule: Condition, entry: Seen, word: str):
    narrower = Condition(rule.source, (*rule.words, word), rule.topic)
    assert not matches(narrower, entry) or matches(rule, entry)


@given(rules, entries, st.sampled_from(WORDS))
def test_an_entry_with_one_word_more_is_never_taken_less(rule: Condition, entry: Seen, word: str):
    richer = Seen(entry.entry, entry.source, entry.words | {word}, entry.topics)
    assert not matches(rule, entry) or matches(rule, richer)


@given(rules, entries, st.timedeltas(timedelta(days=-400), timedelta(days=400)))
def test_an_entry_with_a_deadline_ahead_is_never_taken(
    rule: Condition, entry: Seen, away: timedelta
):
    dated = Seen(entry.entry, entry.source, entry.words, entry.topics, NOW + away)
    assert takes(rule, dated, now=NOW) == (matches(rule, entry) and away <= timedelta(0))


def test_titles_match_by_dictionary_forms_without_accents():
    title = words_of_title("Razpisa za župane", "sl")
    assert matches(Condition(None, ("razpis", "zupan")), Seen(1, 1, title, frozenset()))


def test_a_typed_rule_is_folded_and_sorted():
    typed = {"source": "3", "words": " Župan, AUSSCHREIBUNG župan", "reason": "too late"}
    new = forms.new_rule(typed, sources=[3])
    assert new == forms.NewRule(Condition(3, ("ausschreibung", "zupan")), Dismissal.TOO_LATE)
    assert forms.new_rule(new.fields(), sources=[3]) == new


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "words"),
        ({"words": "  "}, "words"),
        ({"words": "!!! …"}, "words"),
        ({"words": "the of"}, "words"),
        ({"words": "a b c d e f"}, "words"),
        ({"words": "x" * 61}, "words"),
        ({"source": "9"}, "source"),
        ({"source": "99999999999999"}, "source"),
        ({"source": "three"}, "source"),
        ({"topic": "football"}, "topic"),
        ({"words": "tender", "reason": "no reason"}, "reason"),
    ],
)
def test_what_cannot_be_meant_is_named_by_its_field(typed: dict[str, str], field: str):
    with pytest.raises(Invalid) as refused:
        forms.new_rule({"reason": "too late"} | typed, sources=[3])
    assert list(refused.value.fields) == [field]
