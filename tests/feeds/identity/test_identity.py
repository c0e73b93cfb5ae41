from dataclasses import replace
from datetime import UTC, datetime

import pytest

from feeds.identity.comparing import (
    Changed,
    New,
    Same,
    Stored,
    compare,
    hash_of,
    key_of,
    policy_for,
)
from feeds.parsing import ParsedEntry
from feeds.parsing.entry import Enclosure, StatedDeadline

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
    "edited",
    [
        replace(WATER, published=datetime(2026, 11, 23, tzinfo=UTC)),
        replace(WATER, updated=datetime(2026, 11, 23, tzinfo=UTC)),
        replace(WATER, text=WATER.text + "\n (12 Kommentare)"),
        replace(WATER, text=WATER.text.replace(" ", "  \n")),
        replace(WATER, text="Anzeige\n" + WATER.text + "\nStand: 12.11.2026 10:15"),
        replace(WATER, address="http://musterdorf.example/17/?utm_source=rss"),
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


def test_a_hash_made_by_older_rules_is_no_change() -> None:
    assert compare(replace(stored(WATER), hash="old"), WATER) == Same()


def test_documents_and_stated_ends_that_change_are_said() -> None:
    ends = [
        StatedDeadline(
            datetime(2026, 12, day, 22, 59, 59, tzinfo=UTC), "Europe/Vienna", "day", *said
        )
        for day, said in ((4, ("input", "bis 4.")), (11, ("input", "bis 11.")))
    ]
    before = replace(
        stored(WATER),
        deadlines='[{"at": "2026-12-04T22:59:59+00:00", "kind": "input", "stated": true},'
        ' {"at": "2026-12-05T22:59:59+00:00", "kind": "input", "stated": false}]',
        enclosures='[{"address": "https://x.example/a.pdf"}]',
    )
    same = replace(
        WATER, deadlines=(ends[0],), enclosures=(Enclosure("https://x.example/a.pdf?utm_id=1"),)
    )
    assert compare(before, same) == Same()
    assert compare(before, replace(same, deadlines=(ends[1],), enclosures=())) == Changed(
        {
            "enclosures": ["x.example/a.pdf", ""],
            "deadlines": ["2026-12-04T22:59:59+00:00 input", "2026-12-11T22:59:59+00:00 input"],
        }
    )


def _policy(entries: list[ParsedEntry], policy: str, *, beside: int = 0) -> str:
    def keys(candidate: str) -> list[str]:
        return [key_of(each, candidate) for each in entries]

    return policy_for(keys, [hash_of(each) for each in entries], policy, beside=beside)


def test_ids_that_repeat_turn_the_source_to_the_next_policy() -> None:
    pages = [replace(WATER, address=f"https://example.org/{n}") for n in range(3)]
    assert _policy([WATER, WATER], "id") == "id"
    assert _policy(pages, "id") == "id-link"
    assert _policy(pages, "link") == "link"
    twins = [replace(WATER, text=f"Text {n}") for n in range(3)]
    assert _policy(twins, "id") == "content"


def test_two_that_share_an_id_among_forty_cost_the_source_nothing() -> None:
    pair = [replace(WATER, address=f"https://example.org/{n}") for n in range(2)]
    assert _policy(pair, "id", beside=38) == "id"
    assert _policy(pair, "id", beside=37) == "id-link"


def test_ids_are_compared_byte_for_byte_but_addresses_as_addresses() -> None:
    ids = ["a", "A", "x_EN", "x_DE", "'; DROP TABLE entry; --", "Ä" * 50_000, "Ä" * 49_999]
    assert len({key_of(replace(WATER, id=each), "id") for each in ids}) == len(ids)
    one, other = "https://www.x.example/1", "http://x.example/1?utm_source=rss"
    assert key_of(replace(WATER, id=one), "id") == key_of(replace(WATER, id=other), "id")
