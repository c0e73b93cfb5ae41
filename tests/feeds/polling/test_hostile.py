"""Everything a source may do to us, end to end: see the rows in `hostile`."""

import random
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from advocacy import database
from feeds.sources.discovery import Finder
from feeds.sources.listing import add_told
from feeds.sources.wanted import Wanted
from tests.feeds.origin import Answer, Origin, serving
from tests.feeds.polling.hostile import answered, documents, stories, texts, way
from tests.feeds.polling.hostile.stories import Story, told_all
from tests.feeds.polling.hostile.visiting import (
    ETAG,
    HOUR,
    LET_IN,
    LIMITS,
    NOW,
    Case,
    base,
    seen_of_all,
    source_at,
    visit,
)

pytestmark = pytest.mark.anyio

FAMILIES: dict[str, Mapping[str, Case]] = {
    "transport": way.TRANSPORT,
    "redirects": way.REDIRECTS,
    "networks": way.NETWORKS,
    "statuses": answered.STATUSES,
    "strangers": answered.STRANGERS,
    "entities": documents.ENTITIES,
    "bombs": documents.BOMBS,
    "charsets": documents.CHARSETS,
    "brokenness": documents.BROKENNESS,
    "dates": texts.DATES,
    "links": texts.LINKS,
    "html": texts.HTML,
    "injections": texts.INJECTIONS,
}

STORIES: dict[str, Mapping[str, Story]] = {"ids": stories.IDS, "changes": stories.CHANGES}


@pytest.fixture(scope="module")
def everywhere() -> Iterator[Origin]:
    with serving("0.0.0.0") as origin:
        yield origin


@pytest.fixture(scope="module")
def desk(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """One database for all of them."""
    path = tmp_path_factory.mktemp("hostile") / "desk.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(autouse=True)
def _no_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(random, "uniform", lambda *_: 0.0)


@pytest.mark.parametrize("family", FAMILIES)
async def test_each_of_a_family_ends_as_its_row_says(
    desk: str, everywhere: Origin, family: str
) -> None:
    cases = FAMILIES[family]
    everywhere.asked.clear()
    async with database.started(desk):
        seen = await seen_of_all(cases, everywhere)
    assert seen == {name: case.expected for name, case in cases.items()}
    assert [each.path for each in everywhere.asked if each.path.startswith("/secret")] == []


@pytest.mark.parametrize("family", STORIES)
async def test_each_story_ends_as_it_is_told(desk: str, everywhere: Origin, family: str) -> None:
    async with database.started(desk):
        told = await told_all(STORIES[family], everywhere)
    assert told == {name: each.expected for name, each in STORIES[family].items()}


async def test_no_feed_that_a_page_names_is_looked_for_inside(
    desk: str, everywhere: Origin
) -> None:
    port = everywhere.address.rpartition(":")[2]
    links = "".join(
        f"<link rel=alternate type=application/rss+xml href='http://{host}:{port}/secret'>"
        for host in way.INSIDE[:8]
    )
    refresh = f"<meta http-equiv=refresh content='0;url=http://127.0.0.1:{port}/secret'>"
    page = f"<html><head>{links}{refresh}</head><body><h1>Musterdorf</h1></body></html>"
    everywhere.at("/secret", way.FEED)
    everywhere.at("/page", page.encode())
    finder = Finder(NOW, LIMITS, LET_IN, pause=0)
    async with database.started(desk):
        added = await add_told(Wanted(f"{base(everywhere)}/page", "auto"), finder=finder)
    assert added.discovered is not None
    assert (added.source.kind, [each.sentence for each in added.discovered.tried]) == (
        "page",
        [way.PRIVATE] * 8,
    )
    assert [each.path for each in everywhere.asked if each.path == "/secret"] == []


async def test_a_feed_that_broke_off_is_asked_for_in_full(desk: str, everywhere: Origin) -> None:
    whole = stories.rss(stories.A, stories.B).body
    cut = whole.partition(stories.B.encode())[0]
    everywhere.at("/cut", way.talk(way.OK + b"\r\n" + cut))
    async with database.started(desk):
        source = await source_at(base(everywhere) + "/cut")
        first = await visit(source)
        # With its old ETag, so that whoever sent that would be told that nothing has changed.
        everywhere.at("/cut", Answer(whole, headers={"ETag": ETAG}))
        second = await visit(source, now=NOW + HOUR)
    assert [(each.outcome, each.new) for each in (first, second)] == [
        ("fetched", 1),
        ("fetched", 1),
    ]


async def test_whatever_came_before_the_next_source_is_heard(desk: str, everywhere: Origin) -> None:
    async with database.started(desk):
        source = await source_at(base(everywhere) + "/good")
        everywhere.at("/good", way.FEED)
        assert (await visit(source)).outcome == "fetched"
