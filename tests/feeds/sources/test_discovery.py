from datetime import UTC, datetime

import pytest

from feeds.fetching import Limits
from feeds.parsing import Document
from feeds.sources.discovery import TRIED, Discovered, Finder, RefusedError, Tried, candidates
from tests.feeds.origin import LOOPBACK, Answer, Origin

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
ADDRESS = "https://www.villexemple.example/actualites/"
ITEM = "<item><title>Avis</title><link>https://www.villexemple.example/1</link></item>"
FEED = f"<rss version='2.0'><channel><title>Actu</title>{ITEM}</channel></rss>".encode()
EMPTY = b"<rss version='2.0'><channel><title>Actu</title></channel></rss>"


def found(page: str, language: str | None = None) -> list[str]:
    """The addresses that the page itself gives, without their host."""
    there = candidates(Document(page.encode(), ADDRESS), language=language)
    return [link.address.removeprefix("https://www.villexemple.example") for link in there]


async def discovered(address: str, *, selector: str | None = None) -> Discovered:
    finder = Finder(NOW, Limits(), LOOPBACK, pause=0)
    return await finder.discover(address, selector=selector)


async def test_the_feed_in_the_wanted_language_comes_first_and_comments_last() -> None:
    page = """<html lang="it">
        <link rel="alternate" type="application/rss+xml" title="Commentaires" href="/c">
        <link rel="alternate" type="application/rss+xml" hreflang="de" href="/a">
        <link rel="alternate" type="application/rss+xml" hreflang="fr" href="/b">
        <link rel="alternate" type="application/rss+xml" href="/it/rss">"""
    assert found(page, "fr")[:4] == ["/b", "/it/rss", "/a", "/c"]
    assert found(page)[:4] == ["/it/rss", "/a", "/b", "/c"]


async def test_the_usual_addresses_of_what_made_the_page_come_before_the_others() -> None:
    plone = found("<meta name='generator' content='Plone - https://plone.org'><p>x")
    assert plone[:2] == ["/actualites/RSS", "/feed"]
    assert found("<meta name='generator' content='SPIP 4'><p>x")[0] == "/spip.php?page=backend"
    assert found("<p>x")[0] == "/feed"
    assert len(set(plone)) == len(plone)


async def test_a_page_leads_to_the_feed_that_it_names(origin: Origin) -> None:
    page = b"<html><link rel='alternate' type='application/rss+xml' title='Novice' href='/n'>"
    origin.at("/n", FEED)
    assert await discovered(origin.at("/", page)) == Discovered(
        f"{origin.address}/n", "feed", "A feed with 1 entries was found behind the page.", "Novice"
    )


async def test_a_feed_that_is_only_linked_or_at_a_usual_address_is_found(origin: Origin) -> None:
    origin.at("/avvisi/atom.xml", FEED)
    linked = await discovered(origin.at("/a", b"<body><a href='/avvisi/atom.xml'>Atom</a>"))
    assert (linked.address, linked.title) == (f"{origin.address}/avvisi/atom.xml", "Atom")
    origin.at("/rss.xml", FEED)
    usual = await discovered(origin.at("/b", b"<body><p>Avvisi"))
    assert (usual.address, usual.title) == (f"{origin.address}/rss.xml", "Actu")
    assert [each.address for each in usual.tried] == [f"{origin.address}/feed"]


async def test_only_what_holds_entries_is_believed_and_what_was_tried_is_told(
    origin: Origin,
) -> None:
    page = (
        b"<html><link rel='alternate' type='application/rss+xml' href='/empty'>"
        b"<link rel='alternate' type='application/rss+xml' href='/page'>"
    )
    origin.at("/empty", EMPTY)
    origin.at("/page", b"<html><body>Login")
    address = origin.at("/", page)
    watched = await discovered(address)
    assert (watched.address, watched.kind) == (address, "page")
    assert watched.sentence == "No feed stood at 8 addresses; the page itself is watched."
    assert watched.tried[:2] == (
        Tried(f"{origin.address}/empty", "It holds no entries."),
        Tried(f"{origin.address}/page", "It is a page and no feed."),
    )


async def test_no_more_than_eight_addresses_are_tried(origin: Origin) -> None:
    links = "".join(f"<a href='/{number}.rss'>RSS</a>" for number in range(50))
    await discovered(origin.at("/", f"<body>{links}".encode()))
    assert len(origin.asked) == 1 + TRIED


async def test_addresses_that_lead_inside_are_not_visited(origin: Origin) -> None:
    page = b"""<html><link rel='alternate' type='application/rss+xml' href='http://10.0.0.1/rss'>
        <link rel='alternate' type='application/rss+xml' href='http://169.254.169.254/rss'>
        <link rel='alternate' type='application/rss+xml' href='/away'>"""
    origin.at("/away", Answer(status=302, headers={"Location": "http://10.0.0.1/rss"}))
    watched = await discovered(origin.at("/", page))
    assert watched.kind == "page"
    refused = watched.tried[:3]
    assert [each.address for each in refused] == [
        "http://10.0.0.1/rss",
        "http://169.254.169.254/rss",
        f"{origin.address}/away",
    ]
    assert all("network" in each.sentence for each in refused)


async def test_a_marked_part_means_the_page_itself(origin: Origin) -> None:
    page = b"<html><link rel='alternate' type='application/rss+xml' href='/n'>"
    address = origin.at("/", page)
    watched = await discovered(address, selector="#news")
    assert (watched.address, watched.kind, len(origin.asked)) == (address, "page", 1)


async def test_what_cannot_be_visited_today_is_a_feed_and_what_never_can_is_refused(
    origin: Origin,
) -> None:
    address = origin.at("/", Answer(status=503))
    later = await discovered(address)
    assert (later.address, later.kind) == (address, "feed")
    assert later.sentence.startswith("It could not be visited now. ")
    with pytest.raises(RefusedError):
        await discovered("http://10.0.0.1/")
