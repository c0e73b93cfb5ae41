"""What holds for any sequence of polls, whatever a source does with its ids and its order."""

import asyncio
import itertools
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy import database
from feeds.polling import poll
from feeds.tables import Entry, EntryVersion, Source
from tests.feeds.origin import LOOPBACK, Origin, serving

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
TEXTS = (
    "Sitzung des Gemeinderates Musterdorf am Montag",
    "Consultation publique sur les remontées mécaniques",
    "Javna razgrnitev občinskega načrta Vzorčna vas",
)

items = st.builds(
    lambda guid, link, text: {
        "id": guid,
        "url": f"https://example.org/{link}",
        "title": TEXTS[text],
        "content_text": TEXTS[text] * 3,
    },
    guid=st.sampled_from(["", "1", "2"]),
    link=st.sampled_from(["a", "b", "c"]),
    text=st.integers(0, len(TEXTS) - 1),
)
numbers = itertools.count()
documents = st.lists(items, min_size=1, max_size=6)


@pytest.fixture(scope="module")
def served() -> Iterator[Origin]:
    with serving() as origin:
        yield origin


@pytest.mark.slow
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(history=st.lists(documents, min_size=1, max_size=4))
def test_every_item_is_kept_and_seen_again_makes_nothing_new(
    history: list[list[dict[str, str]]],
    served: Origin,
    sqlite_template: Path,
    tmp_path: Path,
) -> None:
    served.asked.clear()
    store = tmp_path / f"{next(numbers)}.db"
    store.write_bytes(sqlite_template.read_bytes())

    async def story() -> None:
        async with database.started(f"sqlite:///{store}"):
            rows = await Source.insert(
                Source(address=served.address + "/feed", created=NOW, next_due=NOW)
            )
            source, now = rows[0]["id"], NOW
            for document in history:
                for order in (document, document[::-1], document[1:] + document[:1]):
                    served.at("/feed", json.dumps({"items": order}).encode())
                    now += timedelta(hours=1)
                    before = await Entry.count(), await EntryVersion.count()
                    result = await poll(
                        source, now=now, owner="office", private_networks=LOOPBACK, pause=0
                    )
                    served.asked.clear()
                    assert result.outcome in {"fetched", "unchanged"}
                    if order is not document:
                        assert (result.new, result.changed) == (0, 0)
                        assert (await Entry.count(), await EntryVersion.count()) == before
            kept = await EntryVersion.select(EntryVersion.title, EntryVersion.text)
            texts = {version["text"] for version in kept}
            assert texts >= {item["content_text"] for document in history for item in document}

    asyncio.run(story())
