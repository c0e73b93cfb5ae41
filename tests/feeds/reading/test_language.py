"""Which of the five languages a text is written in."""

from feeds.reading.language import _by_small_words, _identifier, detect

TITLES = {
    "en": "Public consultation on the protection of mountain forests",
    "de": "Vernehmlassung zur Änderung der Jagdverordnung eröffnet",
    "fr": "Consultation publique sur la protection des troupeaux",
    "it": "Avviso di consultazione sul piano di tutela delle acque",
    "sl": "Javna obravnava osnutka zakona o varstvu narave",
}


def test_titles_are_told_apart() -> None:
    assert {code: detect(title) for code, title in TITLES.items()} == {
        code: code for code in TITLES
    }


def test_the_declared_language_wins_over_a_short_text() -> None:
    assert detect("Transport", declared="fr") == "fr"
    assert detect("", declared="de-AT") == "de"


def test_a_text_that_clearly_says_otherwise_wins() -> None:
    text = "Občina obvešča vse občane, da bo javna razgrnitev osnutka trajala do konca meseca maja."
    assert detect(text, declared="de") == "sl"


def test_a_foreign_declaration_is_ignored() -> None:
    assert detect(TITLES["it"], declared="pt-BR") == "it"


def test_nothing_is_said_of_too_little() -> None:
    assert [detect(text) for text in ("", "12/2026", "COM(2015)")] == [None, None, None]


def test_short_titles_are_told_apart() -> None:
    cases = {
        "Public hearing": "en",
        "Öffentliche Auflage": "de",
        "Neue Jagdverordnung": "de",
        "Enquête publique": "fr",
        "Avviso pubblico": "it",
        "Javna razgrnitev": "sl",
    }
    assert {title: detect(title) for title in cases} == cases


def test_names_alone_have_no_language() -> None:
    for names in (
        "Ana Muster, Luca Beispiel",
        "Giulia Esempio",
        "Janez Primer, Maja Vzorec",
        "Claire Exemple",
        "Villexemple",
    ):
        assert detect(names) is None, names
    assert detect("Giulia Esempio", declared="it-IT") == "it"


def test_a_text_of_two_languages_keeps_the_declared_one() -> None:
    german = "Die Gemeinde lädt alle Bürgerinnen und Bürger zur Anhörung über den Talraum ein."
    italian = "Il comune invita tutti i cittadini alla consultazione sul fondovalle della regione."
    assert detect(f"{german} {italian}", declared="de") == "de"
    assert detect(f"{italian} {german}", declared="it") == "it"


def test_a_foreign_small_word_or_two_do_not_put_the_declared_language_in_doubt() -> None:
    german = "Der Entwurf für die Gemeinde und das Land wird von der Region mit dem Bund beraten"
    assert _by_small_words(f"{german}: Conseil sur les Alpes") is None
    assert _by_small_words(f"{german}: Conseil sur les Alpes", "de") == "de"
    assert _by_small_words(f"{german}: Conseil sur les Alpes", "fr") is None
    assert _by_small_words(f"{german}. Les avis sont pour une autre fois et les elus", "de") is None


def test_small_words_agree_with_the_model() -> None:
    for code, title in TITLES.items():
        assert detect(title * 3) == code
    for text in (
        "Der Entwurf regelt den Verkehr über die Pässe und den Schutz der Quellen für die Zukunft.",
        "Les avis peuvent être déposés dans les mairies et sont publiés avec le dossier.",
    ):
        small = _by_small_words(text)
        assert small == _identifier().classify(text)[0]
