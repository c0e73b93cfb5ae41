"""Phrases are searched once in a sentence, and found wherever one looks."""

from feeds.reading.cues import _searched, cues


def test_the_same_sentence_is_searched_once() -> None:
    sentence = "die frist endet am § in musterdorf"
    _searched.cache_clear()
    found = [cues("de").deadline.search(sentence) for _ in range(3)]
    assert [each and each[0] for each in found] == ["frist"] * 3
    assert _searched.cache_info().misses == 1


def test_a_part_of_a_sentence_is_searched_on_its_own() -> None:
    text = "frist: offen; frist"
    spans = [
        match and match.span()
        for match in (
            cues("de").deadline.search(text),
            cues("de").deadline.search(text, 5),
            cues("de").deadline.search(text, 5, 12),
        )
    ]
    assert spans == [(0, 5), (14, 19), None]


def test_a_very_long_sentence_is_not_kept() -> None:
    _searched.cache_clear()
    assert cues("de").deadline.search("x " * 1000 + "frist") is not None
    assert _searched.cache_info().currsize == 0
