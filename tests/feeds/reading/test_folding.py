"""Words are found however they are typed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.reading.folding import search_text, search_words
from feeds.reading.letters import folded, levelled


def finds(query: str, text: str, language: str | None) -> bool:
    held = search_text(text, language=language).split()
    return all(word in held for word in search_words(query, language=language))


def test_plain_letters_find_marked_ones() -> None:
    assert finds("zupan", "Župan Vzorčne vasi", "sl")
    assert finds("zupan", "pismo župana", "sl")
    assert finds("grossraubtiere", "Umgang mit Großraubtieren und Großraubtiere", "de")
    assert finds("foret", "la forêt", "fr")


def test_any_form_of_a_word_finds_any_other() -> None:
    assert finds("velika zver", "o upravljanju velikih zveri", "sl")
    assert finds("velikih zveri", "velika zver", "sl")
    assert finds("Gemeinden", "die Gemeinde Musterdorf", "de")
    assert not finds("medved", "o upravljanju velikih zveri", "sl")


def test_each_word_stands_once_in_order() -> None:
    assert search_text("Wolf, Wolf und Bär; wolf", language=None) == "wolf und bar"


def test_a_long_text_is_cut() -> None:
    assert search_text("a" * 30_000, language=None) == "a" * 20_000


# dictionaries are loaded by the first example: no time limit for one
@settings(deadline=None)
@given(st.text(), st.sampled_from(["en", "de", "fr", "it", "sl", None]))
def test_folding_what_is_folded_changes_nothing(text: str, language: str | None) -> None:
    line = search_text(text, language=language)
    assert folded(line) == line
    assert search_text(line, language=None) == line


# dictionaries are loaded by the first example: no time limit for one
@settings(deadline=None)
@given(st.text())
def test_levelling_keeps_every_place(text: str) -> None:
    assert len(levelled(text)) == len(text)
