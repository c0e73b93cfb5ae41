"""Topics by the words that real notices use."""

import pytest

from feeds.reading.topics import TOPICS, topic_label, topics


def said(text: str, language: str | None) -> dict[str, tuple[str, ...]]:
    return {topic.key: topic.words for topic in topics(text, language=language)}


def test_inflected_forms_and_compounds_are_found_and_shown_as_they_stand() -> None:
    cases = {
        ("de", "Großraubtiermanagement im Alpenraum"): {"carnivores": ("Großraubtiermanagement",)},
        ("de", "Konzession für zwei Seilbahnen"): {"tourism": ("Seilbahnen",)},
        ("de", "Die Wölfe kehren zurück"): {"carnivores": ("Wölfe",)},
        ("sl", "Upravljanje velikih zveri"): {"carnivores": ("velikih zveri", "zveri")},
        ("sl", "Srečanje z volkovi"): {"carnivores": ("volkovi",)},
        ("it", "Catasto delle valanghe"): {"hazards": ("valanghe",)},
        ("it", "La qualità dell’aria a Valdesempio"): {"air": ("qualità dell’aria",)},
        ("fr", "Les résidences secondaires"): {"secondhomes": ("résidences secondaires",)},
        ("fr", "LES LOUPS À VILLEXEMPLE"): {"carnivores": ("LOUPS",)},
        ("en", "Large carnivores and avalanches"): {
            "carnivores": ("Large carnivores",),
            "hazards": ("avalanches",),
        },
        ("en", "A meeting of Action Group 7"): {"ag7": ("Action Group 7",)},
    }
    assert {(lang, text): said(text, lang) for lang, text in cases} == cases


def test_accents_and_case_do_not_matter() -> None:
    assert said("QUALITE DE VIE", "fr") == {"quality": ("QUALITE DE VIE",)}


def test_nothing_is_found_inside_unrelated_words() -> None:
    for language, text in (
        ("de", "Barzahlung an der Waldorfkasse, Wettbewerb"),
        ("en", "Bearings, forbearance and lacquer"),
        ("fr", "La bourse et l’oursin"),
        ("it", "Acquisto di lupini"),
        ("sl", "Vodja in vodstvo družbe, velika zahvala"),
    ):
        assert said(text, language) == {}, text


def test_a_text_of_unknown_language_is_searched_in_all_five() -> None:
    assert set(said("lupo, Seilbahn, velike zveri, avalanche", None)) >= {
        "carnivores",
        "tourism",
        "hazards",
    }


def test_the_topic_with_most_words_comes_first() -> None:
    assert [t.key for t in topics("Tunnel, LKW-Maut, Transit und der Wolf", language="de")] == [
        "transport",
        "carnivores",
    ]


def test_every_topic_has_a_label_in_every_language() -> None:
    labels = {topic_label(key, code) for key in TOPICS for code in ("en", "de", "fr", "it", "sl")}
    assert all(labels)
    assert topic_label("hazards", "sl") == "Naravne nevarnosti"
    assert topic_label("hazards", "pt") == "Natural hazards"
    assert {"spatial", "secondhomes", "ag1", "ag9"} <= set(TOPICS)
    with pytest.raises(KeyError):
        topic_label("nothing", "en")


def test_every_label_speaks_of_its_own_topic() -> None:
    missing = [
        (key, code)
        for key in TOPICS
        for code in ("en", "de", "fr", "it", "sl")
        if key not in said(topic_label(key, code), code)
    ]
    assert missing == []
