from hypothesis import given
from hypothesis import strategies as st

from advocacy.translations import labels, rules
from advocacy.translations.rules import TranslationState


@given(st.text(max_size=40))
def test_a_text_is_never_stale_to_itself(text: str):
    assert not rules.is_stale(text, text)
    assert not rules.is_stale(f" {text}\n", text)


def test_other_words_make_a_translation_stale():
    assert rules.is_stale("Nach drei Jahren.", "Nach fünf Jahren.")
    assert rules.is_stale("Nach drei Jahren.", "")


def test_another_citation_changes_no_translation():
    assert not rules.is_stale("Nach drei Jahren [@own].", "Nach drei Jahren [@17.2 @23.1].")


def test_right_is_what_a_person_has_checked_against_these_words():
    assert rules.is_right("checked", "Eins.", "Eins.")
    assert not rules.is_right("draft", "Eins.", "Eins.")
    assert not rules.is_right("checked", "Eins.", "Zwei.")


def test_coordinators_translate_into_the_languages_of_their_countries():
    may = {
        (role, countries, language)
        for role in ("secretariat", "coordinator", "presidency", "municipality", None)
        for countries in ("", "SI", "CH", "AT,DE")
        for language in ("en", "de", "fr", "it", "sl", "xx")
        if rules.may_translate(role, countries.split(","), language)
    }
    assert {each for each in may if each[0] == "coordinator"} == {
        ("coordinator", "SI", "sl"),
        ("coordinator", "CH", "de"),
        ("coordinator", "CH", "fr"),
        ("coordinator", "CH", "it"),
        ("coordinator", "AT,DE", "de"),
    }
    assert {each[2] for each in may if each[0] == "secretariat"} == {"en", "de", "fr", "it", "sl"}
    assert {each[0] for each in may} == {"secretariat", "coordinator"}


def test_every_state_has_a_label():
    assert set(TranslationState) == set(labels.LABELS)
