from hypothesis import given
from hypothesis import strategies as st

from advocacy.outcomes.telling.woven import Place, Sentence, Speaker, beside, places
from advocacy.provenance import Stance, citations

TEXT = [
    ("k1", "Die Kosten sind zu tragen [@1.1 @2.1]. Zäune helfen nicht [@1.2]."),
    ("k2", "Das ist unser Wort [@own]."),
]


def test_a_passage_is_found_in_its_sentence():
    found = places(TEXT, "de", None, "de")
    assert found["@1.2"] == [Place(1, "Zäune helfen nicht.", "de", ("@1.2",))]
    assert found["@2.1"] == [Place(1, "Die Kosten sind zu tragen.", "de", ("@1.1", "@2.1"))]


def test_a_translation_is_read_sentence_by_sentence_or_whole():
    two = {"k1": "Stroške je treba kriti. Ograje ne pomagajo."}
    assert places(TEXT, "de", two, "sl")["@1.2"] == [
        Place(1, "Ograje ne pomagajo.", "sl", ("@1.2",))
    ]
    one = {"k1": "Stroške je treba kriti in ograje ne pomagajo."}
    assert places(TEXT, "de", one, "sl")["@1.2"] == [Place(1, one["k1"], "sl", ("@1.2",))]
    assert places(TEXT, "de", {}, "sl")["@1.2"][0].language == "de"


@given(
    st.lists(st.lists(st.sampled_from(["@1.1", "@1.2", "@2.1", "@own"]), max_size=3), max_size=6)
)
def test_every_citation_of_the_text_has_its_place(marks: list[list[str]]):
    text = [
        (f"k{n}", f"Satz {' '.join(['[' + ' '.join(m) + ']']) if m else ''}.")
        for n, m in enumerate(marks)
    ]
    found = places(text, "de", None, "de")
    assert {(place.paragraph, mark) for mark, known in found.items() for place in known} == {
        (n, mark) for n, (_, said) in enumerate(text, 1) for mark in citations(said)
    }


def test_others_are_named_only_if_they_agreed_and_counted_once():
    place = Place(4, "Satz.", "de", ("@1.1", "@2.1", "@2.2", "@3.1", "@own", "@E7"))
    speakers = {
        "@1.1": Speaker(1, "Vzorčna vas", True),
        "@2.1": Speaker(2, "Musterdorf", True),
        "@2.2": Speaker(2, "Musterdorf", True),
        "@3.1": Speaker(3, "Valdesempio", False),
    }
    assert beside(place, speakers, but=1) == Sentence(4, "Satz.", "de", ("Musterdorf",), 1)
    assert beside(place, speakers, but=3) == Sentence(
        4, "Satz.", "de", ("Musterdorf", "Vzorčna vas"), 0
    )


def test_who_contradicts_is_not_told_to_stand_together_with_those_it_contradicts():
    place = Place(2, "Satz.", "de", ("@1.1", "@2.1", "@3.1"))
    speakers = {
        "@1.1": Speaker(1, "Vzorčna vas", True),
        "@2.1": Speaker(2, "Musterdorf", True, Stance.CONTRADICTS),
        "@3.1": Speaker(3, "Valdesempio", True, Stance.CONTRADICTS),
    }
    assert beside(place, speakers, but=1).named == ()
    assert beside(place, speakers, but=2, stance=Stance.CONTRADICTS).named == ("Valdesempio",)
