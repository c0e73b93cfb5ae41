"""No citation is lost on the way through Word, and none is made up."""

from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.positions.word.carrying import carried
from advocacy.positions.word.lines import shown
from advocacy.provenance import citations, without_citations

KEPT = "Die Kosten sind zu ersetzen [@17.1]. Die Regel wird geprüft. [@own] Ende [@23.1 @9.2]."
SHOWN = "Die Kosten sind zu ersetzen. Die Regel wird geprüft. Ende."


def test_a_word_put_in_leaves_every_citation_where_it_was():
    assert carried(KEPT, SHOWN, SHOWN.replace("Kosten sind", "Kosten sind voll")) == KEPT.replace(
        "Kosten sind", "Kosten sind voll"
    )


def test_words_at_the_end_of_a_sentence_stand_before_its_citation():
    assert carried(KEPT, SHOWN, SHOWN.replace("ersetzen.", "ersetzen, und zwar sofort.")) == (
        KEPT.replace("ersetzen [", "ersetzen, und zwar sofort [")
    )


def test_a_sentence_taken_out_takes_its_citation_along():
    assert carried(KEPT, SHOWN, SHOWN.replace("Die Regel wird geprüft. ", "")) == (
        "Die Kosten sind zu ersetzen [@17.1]. Ende [@23.1 @9.2]."
    )


def test_a_sentence_written_anew_keeps_its_citation():
    now = SHOWN.replace("Die Regel wird geprüft.", "Nach drei Jahren folgt eine Bilanz.")
    assert citations(carried(KEPT, SHOWN, now)) == citations(KEPT)
    assert without_citations(carried(KEPT, SHOWN, now)) == now


def test_a_citation_typed_in_word_is_a_citation():
    now = SHOWN.replace("Ende.", "Ende. Neu [@4.4].")
    assert carried(KEPT, SHOWN, now) == KEPT + " Neu [@4.4]."


def test_how_something_was_typed_stays_where_nobody_changed_it():
    kept = "__Fett__ und _schräg_ [@1.1]. Rest."
    assert shown(kept) == "**Fett** und *schräg*. Rest."
    assert carried(kept, shown(kept), "**Fett** und *schräg*. Der Rest.") == (
        "__Fett__ und _schräg_ [@1.1]. Der Rest."
    )


WORDS = st.lists(
    st.sampled_from(["Herden", "Kosten", "und", "sind", "neu"]), min_size=1, max_size=5
)
SENTENCES = st.lists(
    st.tuples(WORDS, st.lists(st.sampled_from(["@1.1", "@2.1", "@own"]), max_size=2, unique=True)),
    min_size=1,
    max_size=4,
)


def _typed(sentences: list[tuple[list[str], list[str]]]) -> str:
    said = []
    for words, marks in sentences:
        mark = f" [{' '.join(marks)}]" if marks else ""
        said.append(f"{' '.join(words).capitalize()}{mark}.")
    return " ".join(said)


@settings(max_examples=150, deadline=None)
@given(SENTENCES, SENTENCES)
def test_what_was_changed_is_what_will_be_read(
    ours: list[tuple[list[str], list[str]]], theirs: list[tuple[list[str], list[str]]]
):
    kept, now = _typed(ours), without_citations(_typed(theirs))
    found = carried(kept, without_citations(kept), now)
    assert without_citations(found).split() == now.split()
    assert set(citations(found)) <= set(citations(kept))


@settings(max_examples=100, deadline=None)
@given(SENTENCES, WORDS)
def test_words_put_in_lose_no_citation(ours: list[tuple[list[str], list[str]]], more: list[str]):
    kept = _typed(ours)
    before = without_citations(kept)
    assert citations(carried(kept, before, f"{before} {' '.join(more)}.")) == citations(kept)


@settings(max_examples=50, deadline=None)
@given(SENTENCES)
def test_what_nobody_changed_stays_letter_by_letter(ours: list[tuple[list[str], list[str]]]):
    kept = _typed(ours)
    assert carried(kept, without_citations(kept), without_citations(kept)) == kept
