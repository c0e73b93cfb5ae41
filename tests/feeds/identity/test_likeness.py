from datetime import UTC, datetime

import pytest

from feeds.identity.likeness import is_retold, likeness, same_day, states_a_day

TITLE = "Wasserkraft in Musterdorf"
TEXT = (
    "Die Gemeinde legt den Entwurf auf, der im Amt während der üblichen Stunden eingesehen und"
    " dort auch erläutert wird. Stellungnahmen sind bis 4. Dezember 2026 schriftlich einzureichen,"
    " am besten per Post. Auskunft erteilt die Bauverwaltung gerne. "
) * 4


def test_likeness_is_the_share_of_words_that_both_have() -> None:
    assert likeness("a b", "b c") == 1 / 3
    assert likeness("", "") == 1.0


def test_a_long_text_is_retold_under_a_title_that_gained_a_word() -> None:
    assert is_retold(TITLE, TEXT, f"Verlängert: {TITLE}", TEXT)
    assert is_retold(TITLE, TEXT, TITLE, TEXT.replace("gerne", "sehr gerne", 1))


@pytest.mark.parametrize(
    "other",
    [
        TEXT.replace("4. Dezember", "11. Dezember"),
        TEXT.replace("4. Dezember", "4. November"),
        TEXT.replace("Die Gemeinde", "Die Stadt", 1),
        TEXT.replace("Bauverwaltung", "Forstverwaltung", 1),
        TEXT.replace("legt den Entwurf auf", "zieht alles zurück"),
        TEXT[:150],
    ],
)
def test_a_template_filled_in_otherwise_is_another_text(other: str) -> None:
    assert not is_retold(TITLE, TEXT, TITLE, other)


@pytest.mark.parametrize(
    "title", ["Wasserkraft in Valdesempio", f"{TITLE} II", f"{TITLE} 2", f"{TITLE} (Montag)"]
)
def test_a_title_that_names_something_else_is_another(title: str) -> None:
    assert not is_retold(TITLE, TEXT, title, TEXT)


def test_days_are_stated_in_the_text_or_by_the_source() -> None:
    assert states_a_day(TEXT, since=2026) and not states_a_day(TEXT, since=2027)
    assert not states_a_day("Gesetz 12/2001, Telefon 0512 345", since=0)
    morning, evening = (datetime(2026, 11, 23, hour, tzinfo=UTC) for hour in (8, 20))
    assert same_day(morning, evening) and not same_day(morning, None)
