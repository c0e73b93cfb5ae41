from hypothesis import given
from hypothesis import strategies as st

from advocacy.positions.forms import ParagraphRow, Sheet
from advocacy.positions.writing.linking import cited, linked, taken_over
from advocacy.provenance import citations, without_citations

SHEET = Sheet("T", [ParagraphRow("k1", "Eins.", "1"), ParagraphRow("k2", "", "2")], [], "", 3)


def test_marks_stand_behind_the_last_sentence():
    assert cited("Eins. Zwei.", ["@1.2", "@3.4"]) == "Eins. Zwei [@1.2 @3.4]."
    assert cited("Eins [@1.2]. Zwei [@5.6].", ["@3.4"]) == "Eins [@1.2]. Zwei [@5.6 @3.4]."
    assert cited("Eins. [@5.6]", ["@3.4"]) == "Eins. [@5.6 @3.4]"
    assert cited("Ohne Punkt", ["@3.4"]) == "Ohne Punkt [@3.4]"


def test_own_words_that_somebody_backs_are_not_only_own_any_more():
    assert cited("Eins [@own].", ["@1.2"]) == "Eins [@1.2]."


def test_what_is_cited_already_is_left_as_it_is():
    assert cited("Eins [@1.2]. Zwei.", ["@1.2"]) == "Eins [@1.2]. Zwei."


MARKS = st.lists(st.sampled_from(["@1.1", "@2.1", "@30.12"]), min_size=1, max_size=3)


@given(st.text(alphabet="ab .!?)\n[]@1-", max_size=40), MARKS)
def test_citing_keeps_every_word_and_cites_every_mark(text: str, marks: list[str]):
    after = cited(text, marks)
    if "[" not in text:
        assert set(marks) <= set(citations(after))
        assert without_citations(after).split() == text.split()


def test_an_empty_paragraph_and_the_one_after_the_last_begin_with_the_words():
    quoted = [("@1.2", "Le coût est trop élevé."), ("@3.4", "Troppo caro.")]
    assert linked(SHEET, 2, quoted).rows[1].text == "Le coût est trop élevé [@1.2 @3.4]."
    assert [row.text for row in linked(SHEET, 3, quoted).rows] == [
        "Eins.",
        "",
        "Le coût est trop élevé [@1.2 @3.4].",
    ]


def test_a_paragraph_that_is_not_there_changes_nothing():
    for number in (0, 4, 999):
        assert linked(SHEET, number, [("@1.2", "Ja.")]) == SHEET


def test_words_taken_over_say_where_they_are_from_and_are_the_houses_own():
    after = taken_over(SHEET, "Wir fordern Ersatz.", "Wording of 2025-003")
    assert [row.text for row in after.rows] == ["Eins.", "Wir fordern Ersatz [@own]."]
    assert after.note == "Wording of 2025-003"
