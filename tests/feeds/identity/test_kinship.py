from dataclasses import replace
from datetime import UTC, datetime, timedelta

from feeds.identity.comparing import Stored, hash_of, key_of
from feeds.identity.kinship import (
    has_moved,
    in_other_languages,
    is_akin,
    is_renamed,
    is_republished,
    is_reused,
    is_specific,
    is_translated,
    tongue_of,
)
from feeds.parsing import ParsedEntry

HOME = frozenset({"musterdorf.example/aktuell"})
DAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
WATER = ParsedEntry(
    id="17",
    title="Wasserkraft in Musterdorf",
    address="https://www.musterdorf.example/17",
    text="Stellungnahmen bis 4. Dezember 2026, der Entwurf liegt im Gemeindeamt auf",
    published=DAY,
)


def stored(entry: ParsedEntry) -> Stored:
    return Stored(
        id=1,
        key=key_of(entry, "id"),
        hash=hash_of(entry),
        title=entry.title,
        address=entry.address,
        author=entry.author,
        html=entry.html,
        text=entry.text,
        versions=1,
        published=entry.published,
    )


def test_a_new_id_for_the_same_address_and_title_is_a_renaming() -> None:
    again = replace(WATER, id="18", text="Neuer Text")
    assert is_renamed(stored(WATER), again, home=HOME)
    assert not is_renamed(stored(WATER), replace(again, title="Anderes"), home=HOME)


def test_where_the_address_says_nothing_a_title_is_not_enough() -> None:
    for address in ("", "https://musterdorf.example/", "https://musterdorf.example/aktuell"):
        front = replace(WATER, address=address)
        assert not is_specific(address, HOME)
        assert not is_renamed(stored(front), replace(front, text="Neu"), home=HOME)


def test_a_notice_of_another_day_with_other_numbers_is_another() -> None:
    next_week = replace(
        WATER, id="18", published=DAY + timedelta(days=7), text=WATER.text.replace("4.", "11.")
    )
    assert not is_renamed(stored(WATER), next_week, home=HOME)
    assert is_renamed(stored(WATER), replace(next_week, text=WATER.text), home=HOME)
    assert is_renamed(stored(WATER), replace(next_week, published=DAY), home=HOME)


def test_a_host_that_moved_keeps_the_path_and_the_title_or_the_text() -> None:
    moved = replace(WATER, address="https://neu.example/17")
    assert has_moved(stored(WATER), moved)
    assert has_moved(stored(WATER), replace(moved, title="Neuer Titel"))
    assert not has_moved(stored(WATER), replace(moved, title="Neuer Titel", text="Neu"))
    assert not has_moved(stored(WATER), replace(moved, text="Ganz etwas anderes als bisher"))
    assert not has_moved(stored(WATER), replace(moved, address="https://neu.example/18"))


def test_a_key_that_names_something_else_is_reused() -> None:
    other = ParsedEntry(id="17", title="Schneeräumung", address="https://x.example/", text="Ab Mai")
    assert is_reused(stored(WATER), other, by_id=True, home=HOME)
    retitled = replace(WATER, title="Neuer Titel", address="https://www.musterdorf.example/neu")
    assert not is_reused(stored(WATER), retitled, by_id=True, home=HOME)


def test_a_really_new_text_under_a_known_id_at_its_address_is_the_same_entry() -> None:
    rewritten = replace(WATER, title="Schneeräumung", text="Ab Mai")
    assert not is_reused(stored(WATER), rewritten, by_id=True, home=HOME)
    assert is_reused(stored(WATER), rewritten, by_id=False, home=HOME)
    elsewhere = replace(rewritten, address="http://neu.example/17/?utm_id=1")
    assert not is_reused(stored(WATER), elsewhere, by_id=True, home=HOME)


def test_an_entry_is_found_under_another_policy_when_enough_of_it_is_the_same() -> None:
    retitled = replace(WATER, title="Verlängert: Wasserkraft in Musterdorf")
    assert is_akin(stored(WATER), retitled, home=HOME)
    assert not is_akin(stored(WATER), replace(WATER, title="A", text="B"), home=HOME)


def test_languages_are_told_from_ids_and_addresses() -> None:
    english = replace(WATER, id="IPR17_EN", address="https://x.example/en/17")
    assert tongue_of(english) == "en"
    assert tongue_of(replace(english, id="IPR17_DE")) is None
    german = in_other_languages(english)[0]
    assert (german.id, german.address) == ("IPR17_DE", "https://x.example/de/17")
    assert is_translated(stored(english), replace(german, title="Anders", text="Ganz anders"))
    assert not is_translated(stored(english), replace(german, address="https://x.example/de/18"))


def test_a_long_text_that_comes_again_is_known_by_its_day() -> None:
    long = replace(WATER, text=f"{WATER.text}. " * 5)
    again = replace(long, id="18", address="https://x.example/neu", title=f"Neu: {WATER.title}")
    assert is_republished(stored(long), again)
    assert is_republished(stored(long), replace(again, published=DAY + timedelta(days=9)))
    timeless = replace(long, text=long.text.replace("4. Dezember 2026", "auf weiteres"))
    later = replace(timeless, published=DAY + timedelta(days=30))
    assert is_republished(stored(timeless), replace(timeless, title=f"Neu: {WATER.title}"))
    assert not is_republished(stored(timeless), later)
