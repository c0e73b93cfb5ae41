"""The same decisions on the tables of both databases, with what polls keep."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from feeds.identity.comparing import New, Same, hash_of
from feeds.parsing import ParsedEntry
from feeds.polling import poll
from feeds.polling.matching import match
from feeds.tables import Entry, EntryAlias, EntryVersion, Source
from tests.feeds.origin import LOOPBACK, Origin

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
LONG = (
    "Die Gemeinde Musterdorf legt den Entwurf auf. Stellungnahmen sind bis 4. Dezember 2026"
    " schriftlich einzureichen. Auskunft erteilt die Bauverwaltung während der üblichen Stunden,"
    " auch am Telefon. Der Entwurf liegt im Gemeindeamt zur Einsicht auf."
)


def item(number: int, **more: str) -> dict[str, str]:
    return {
        "id": str(number),
        "url": f"https://example.org/de/{number}",
        "title": f"Meldung {number}",
        "content_text": f"Ganz eigener Text {number} " * number,
        **more,
    }


class Published:
    """A source whose document is what we say; visited an hour later each time."""

    def __init__(self, origin: Origin, source: int) -> None:
        self.origin, self.source, self.now = origin, source, NOW

    async def __call__(self, *items: Mapping[str, str]) -> tuple[int, int, int]:
        self.now += timedelta(hours=1)
        self.origin.at("/feed", json.dumps({"items": items}).encode())
        result = await poll(
            self.source, now=self.now, owner="office", private_networks=LOOPBACK, pause=0
        )
        assert result.outcome in {"fetched", "unchanged"}
        return result.new, result.changed, result.same

    async def policy(self) -> str:
        kept = await Source.select(Source.key_policy).where(Source.id == self.source).first()
        assert kept is not None
        return str(kept["key_policy"])


@pytest.fixture
async def published(db: str, origin: Origin) -> Published:
    address = origin.at("/feed", b"")
    rows = await Source.insert(Source(address=address, created=NOW, next_due=NOW))
    return Published(origin, rows[0]["id"])


FIVE = [item(n) for n in range(1, 6)]


async def test_ids_that_begin_to_lie_cost_no_entry_and_make_none(published: Published) -> None:
    assert await published(*FIVE) == (5, 0, 0)
    lying = [each | {"id": "always"} for each in FIVE]
    assert await published(*lying) == (0, 0, 5)
    assert await published.policy() == "link"
    assert await EntryAlias.count() == 5
    edited = [lying[0] | {"title": "Meldung 1, verlängert"}, *lying[1:], item(6, id="always")]
    new, changed, _ = await published(*edited)
    assert (new, changed) == (1, 1)
    new, changed, _ = await published(*edited[::-1])
    assert (new, changed, await Entry.count(), await EntryAlias.count()) == (0, 0, 6, 5)


async def test_an_edit_in_the_very_poll_that_degrades_is_a_version(published: Published) -> None:
    await published(*FIVE)
    lying = [each | {"id": "always"} for each in FIVE]
    text = "Ganz eigener Text 2, ergänzt"
    lying[1] = item(2, id="2", title="Meldung 2, verlängert", content_text=text)
    new, changed, _ = await published(*lying)
    assert (new, changed, await Entry.count()) == (0, 1, 5)


async def test_ids_that_lie_in_part_are_told_apart_by_their_links(published: Published) -> None:
    await published(*FIVE)
    for order in ([6, 7], [7, 6], [6, 7]):
        partly = [*FIVE, *(item(n, id="1") for n in order)]
        new, changed, _ = await published(*partly[::-1])
        assert changed == 0
    assert (await published.policy(), await Entry.count(), new) == ("id-link", 7, 0)


async def test_ids_that_change_with_every_poll_grow_nothing(published: Published) -> None:
    for visit in range(4):
        new, changed, _ = await published(
            *(each | {"id": f"{visit}-{each['id']}"} for each in FIVE)
        )
        assert (new, changed) == (0 if visit else 5, 0)
    assert (await published.policy(), await Entry.count(), await EntryAlias.count()) == (
        "link",
        5,
        5,
    )


async def test_ids_that_are_places_in_the_list_lose_and_multiply_nothing(
    published: Published,
) -> None:
    texts = [
        "Sperre Bergstrasse",
        "Wasserzins sinkt",
        "Neuer Dorfladen",
        "Lawinenkurs",
        "Holzmarkt",
    ]

    def listed(*which: int) -> list[dict[str, str]]:
        return [
            item(n, id=str(place), title=texts[n], content_text=texts[n])
            for place, n in enumerate(which)
        ]

    assert await published(*listed(0, 1, 2)) == (3, 0, 0)
    assert (await published(*listed(3, 0, 1, 2)))[:2] == (1, 0)
    assert (await published(*listed(4, 3, 0, 1)))[:2] == (1, 0)
    assert await Entry.count() == 5


async def test_a_source_that_turns_to_another_language_keeps_its_entries(
    published: Published,
) -> None:
    german = [each | {"id": f"IPR{each['id']}_DE"} for each in FIVE]
    await published(*german)
    french = [
        {
            "id": each["id"].replace("_DE", "_FR"),
            "url": each["url"].replace("/de/", "/fr/"),
            "title": f"Nouvelle no {n}",
            "content_text": "Un texte tout à fait autre " * n,
        }
        for n, each in enumerate(german)
    ]
    assert await published(*french) == (0, 5, 0)
    assert await published(*german) == (0, 5, 0)
    assert (await published.policy(), await Entry.count()) == ("id", 5)


async def test_two_languages_of_one_story_in_one_list_are_two_entries(published: Published) -> None:
    german = item(1, id="1_DE")
    french = item(
        1, id="1_FR", url="https://example.org/fr/1", title="Nouvelle", content_text="Autre"
    )
    assert await published(german) == (1, 0, 0)
    assert (await published(german, french))[:2] == (1, 0)


async def test_a_new_host_a_new_date_and_tracking_bring_nothing_back(published: Published) -> None:
    await published(*(each | {"id": each["url"]} for each in FIVE))
    moved = [each["url"].replace("example.org", "neu.example") + "?utm_source=rss" for each in FIVE]
    await published(
        *(
            each | {"id": url, "url": url, "date_published": "2026-11-20T08:00:00Z"}
            for each, url in zip(FIVE, moved, strict=True)
        )
    )
    assert await Entry.count() == 5


async def test_a_long_text_under_another_id_address_and_title_is_known(
    published: Published,
) -> None:
    await published(item(1, content_text=LONG), item(2))
    again = item(9, content_text=LONG, title="Meldung 1 (Korrektur)")
    again["title"] = "Korrektur: Meldung 1"
    assert await published(again, item(2)) == (0, 1, 1)
    notice = item(10, content_text=LONG.replace("4. Dezember", "11. Dezember"))
    assert (await published(notice, item(2)))[0] == 1


async def test_ids_of_any_kind_are_kept_as_they_are(published: Published) -> None:
    ids = ["a", "A", "'; DROP TABLE entry; --", "Ä" * 50_000, "{}", "%s", "\\"]
    items = [item(n, id=each) for n, each in enumerate(ids, start=1)]
    assert (await published(*items))[0] == len(ids)
    assert (await published(*items[::-1]))[:2] == (0, 0)
    assert await EntryVersion.count() == len(ids)


async def test_a_match_brings_the_hash_of_its_entry(published: Published) -> None:
    entries = [ParsedEntry(id="1", title="Eins"), ParsedEntry(id="2", title="Zwei")]
    policy, matches = await match(published.source, "https://x.example", entries, "id")
    assert policy == "id"
    assert [each.hash for each in matches] == [hash_of(each) for each in entries]
    assert [each.standing for each in matches] == [New(), New()]
    await published(*FIVE)
    known: Sequence[ParsedEntry] = [ParsedEntry(id="1", title="Meldung 1", address=FIVE[0]["url"])]
    _, found = await match(published.source, "https://x.example", known, "id")
    assert found[0].stored is not None
    assert found[0].standing != Same()
