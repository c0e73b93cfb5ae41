from hypothesis import given
from hypothesis import strategies as st

from advocacy.overview.search import wordings
from advocacy.overview.search.marking import excerpt, marked
from feeds.reading.folding import search_words


def _found(text: str, query: str, language: str) -> list[str]:
    words = [word for each in wordings(query) for word in each]
    return [piece.text for piece in marked(text, words, language=language) if piece.found]


def test_accents_and_inflection_do_not_matter():
    assert _found("Župan Primer piše županom.", "zupan", "sl") == ["Župan", "županom"]
    assert _found("Die Wölfe und der Wolf", "wolf", "de") == ["Wölfe", "Wolf"]
    assert _found("Großraubtiere im Tal", "grossraubtiere", "de") == ["Großraubtiere"]


@given(st.text(max_size=200), st.text(max_size=20))
def test_the_pieces_are_the_text(text: str, query: str):
    words = search_words(query, language="de")
    assert "".join(piece.text for piece in marked(text, words, language="de")) == text


def test_an_excerpt_stands_around_the_first_hit():
    text = "Davor " * 80 + "der Wolf " + "danach " * 80
    pieces = excerpt(text, ["wolf"], language="de")
    assert [piece.text for piece in pieces if piece.found] == ["Wolf"]
    assert len("".join(piece.text for piece in pieces)) < 260
