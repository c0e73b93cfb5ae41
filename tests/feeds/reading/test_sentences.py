from feeds.reading.sentences import sentences


def said(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in sentences(text)]


def test_a_full_stop_after_a_word_ends_a_sentence():
    text = "Die Frist endet am 31. März 2027. Stellungnahmen gehen an Dr. Musterfrau. Danke."
    assert said(text) == [
        "Die Frist endet am 31. März 2027.",
        "Stellungnahmen gehen an Dr. Musterfrau.",
        "Danke.",
    ]


def test_a_full_stop_on_a_line_of_its_own_follows_the_word_before():
    assert said("Zukunft\n. 26 Gemeinden") == ["Zukunft", ".", "26 Gemeinden"]
    assert said("Nr\n. 26 Gemeinden") == ["Nr", ". 26 Gemeinden"]
