from hypothesis import given
from hypothesis import strategies as st

from advocacy.positions.writing.blame import Written, blame
from advocacy.provenance import parse


def who(versions: list[Written]) -> dict[str, list[tuple[str, int, str]]]:
    return {
        key: [(each.sentence.text.strip(), each.version, each.person) for each in brought]
        for key, brought in blame(versions).items()
    }


def test_a_sentence_belongs_to_the_version_that_brought_it():
    first = Written(1, "Ana Muster", [("k1", "Eins. Zwei.")])
    second = Written(2, "Luca Beispiel", [("k1", "Eins. Neu. Zwei.")])
    assert who([first, second]) == {
        "k1": [
            ("Eins.", 1, "Ana Muster"),
            ("Neu.", 2, "Luca Beispiel"),
            ("Zwei.", 1, "Ana Muster"),
        ]
    }


def test_citing_or_moving_a_sentence_does_not_make_it_ones_own():
    first = Written(1, "Ana Muster", [("k1", "Eins. Zwei.")])
    second = Written(2, "Luca Beispiel", [("k1", "Eins [@1.2]."), ("k2", "Zwei.")])
    assert who([first, second]) == {
        "k1": [("Eins [@1.2].", 1, "Ana Muster")],
        "k2": [("Zwei.", 1, "Ana Muster")],
    }


def test_what_was_taken_out_and_comes_back_belongs_to_who_brought_it_back():
    texts = ["Eins.", "Zwei.", "Eins."]
    people = ["Ana Muster", "Luca Beispiel", "Maja Vzorec"]
    versions = [
        Written(number, person, [("k1", text)])
        for number, (text, person) in enumerate(zip(texts, people, strict=True), 1)
    ]
    assert who(versions) == {"k1": [("Eins.", 3, "Maja Vzorec")]}


def test_no_version_has_no_sentence():
    assert blame([]) == {}


SENTENCES = st.lists(st.sampled_from(["Eins. ", "Zwei [@1.2]. ", "Drei? "]), max_size=4)


@given(st.lists(st.lists(SENTENCES.map("".join), max_size=3), min_size=1, max_size=5))
def test_every_sentence_has_one_origin_that_has_its_words(texts: list[list[str]]):
    versions = [
        Written(number, f"person {number}", [(f"k{n}", text) for n, text in enumerate(whole)])
        for number, whole in enumerate(texts, 1)
    ]
    found = blame(versions)
    for key, text in versions[-1].paragraphs:
        assert [each.sentence for each in found[key]] == list(parse(text))
        for each in found[key]:
            origin = versions[each.version - 1]
            assert each.person == origin.person
            words = each.sentence.text.split(" [")[0].split(".")[0].strip()
            assert any(words in there for _, there in origin.paragraphs)
