from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.identity import (
    POLICIES,
    Changed,
    New,
    Same,
    Stored,
    canonical,
    compare,
    hash_of,
    is_renamed,
    is_reused,
    key_of,
    policy_for,
)
from feeds.parsing import ParsedEntry

WATER = ParsedEntry(
    id="17",
    title="Wasserkraft in Musterdorf",
    address="https://www.musterdorf.example/17",
    html='<p>Stellungnahmen bis 4. Dezember, <a href="https://x.example/a">Entwurf</a></p>',
    text="Stellungnahmen bis 4. Dezember, Entwurf",
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
    )


@pytest.mark.parametrize(
    "address",
    [
        "http://www.musterdorf.example/17",
        "https://WWW.musterdorf.example:443/17/",
        "https://www.musterdorf.example/17?utm_source=rss&utm_medium=x",
        "https://www.musterdorf.example/17;jsessionid=ABC?fbclid=1",
        "https://www.musterdorf.example/17#xtor=RSS-1",
    ],
)
def test_the_same_page_under_another_address(address: str) -> None:
    assert canonical(address) == canonical(WATER.address)
    assert compare(stored(WATER), replace(WATER, address=address)) == Same()


def test_addresses_that_differ_in_more() -> None:
    pages = ["/17?id=1", "/17?id=2", "/18", "/17#a", "/17#b", "/A", "/a"]
    assert len({canonical(f"https://example.org{page}") for page in pages}) == len(pages)
    assert canonical("https://example.org/?b=2&a=1") == canonical("https://example.org?a=1&b=2")


@pytest.mark.parametrize(
    "edited",
    [
        replace(WATER, published=datetime(2026, 11, 23, tzinfo=UTC)),
        replace(WATER, updated=datetime(2026, 11, 23, tzinfo=UTC)),
        replace(WATER, text=WATER.text + "\n (12 Kommentare)"),
        replace(WATER, text=WATER.text.replace(" ", "  \n")),
        replace(WATER, html=WATER.html.replace("/a", "/a?utm_campaign=rss")),
        replace(WATER, received="other bytes", received_hash="x"),
    ],
)
def test_an_edit_that_means_nothing_is_none(edited: ParsedEntry) -> None:
    assert compare(stored(WATER), edited) == Same()


def test_an_edit_that_means_something_says_what_changed() -> None:
    edited = replace(WATER, title="Wasserkraft", text="Stellungnahmen bis 11. Dezember, Entwurf")
    assert compare(stored(WATER), edited) == Changed(
        {
            "title": ["Wasserkraft in Musterdorf", "Wasserkraft"],
            "text": [WATER.text, "Stellungnahmen bis 11. Dezember, Entwurf"],
        }
    )
    assert compare(None, WATER) == New()
    elsewhere = replace(WATER, html=WATER.html.replace("x.example", "y.example"))
    assert compare(stored(WATER), elsewhere) == Changed({"html": [WATER.html, elsewhere.html]})


def test_a_new_id_for_the_same_address_and_title_is_a_renaming() -> None:
    moved = replace(WATER, id="18", text="Neuer Text")
    assert is_renamed(stored(WATER), moved, home=frozenset()) is True
    assert is_renamed(stored(WATER), replace(moved, title="Anderes"), home=frozenset()) is False
    front = replace(WATER, address="https://www.musterdorf.example/")
    assert is_renamed(stored(front), replace(front, text="Neu"), home=frozenset()) is False
    assert is_renamed(stored(front), replace(front, id="18"), home=frozenset()) is True


def test_an_id_that_names_something_else_is_reused() -> None:
    other = ParsedEntry(id="17", title="Schneeräumung", address="https://x.example/", text="Ab Mai")
    assert is_reused(stored(WATER), other) is True
    retitled = replace(WATER, title="Neuer Titel", address="https://www.musterdorf.example/neu")
    assert is_reused(stored(WATER), retitled) is False


def test_ids_that_repeat_turn_the_source_to_the_next_policy() -> None:
    pages = [replace(WATER, address=f"https://example.org/{n}") for n in range(3)]
    assert policy_for([WATER, WATER], "id") == "id"
    assert policy_for(pages, "id") == "id-link"
    assert policy_for(pages, "link") == "link"
    twins = [replace(WATER, text=f"Text {n}") for n in range(3)]
    assert policy_for(twins, "id") == "content"


words = st.sampled_from(["", "a", "b", "Wasser", "Lärm"])
entries = st.lists(
    st.builds(
        ParsedEntry,
        id=words,
        title=words,
        address=st.sampled_from(["", "https://example.org/a", "https://example.org/b?utm_id=1"]),
        text=words,
    )
)


@given(entries, st.sampled_from(POLICIES))
def test_no_key_names_two_different_items(items: list[ParsedEntry], policy: str) -> None:
    found = policy_for(items, policy)
    assert POLICIES.index(found) >= POLICIES.index(policy)
    named = {(key_of(item, found), hash_of(item)) for item in items}
    assert len({key for key, _ in named}) == len(named)
