"""Which of the five languages a text is written in."""

from feeds.reading.language import detect

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
