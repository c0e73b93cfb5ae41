from datetime import UTC, datetime

import pytest

from feeds import sources
from feeds.sources import InvalidAddressError, SourceError, UnknownKindError, UnknownSourceError
from feeds.tables import Source
from tests.feeds.origin import LOOPBACK, Answer, Origin

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
FEED = b"<rss version='2.0'><channel><title>Vzor&#269;na vas</title></channel></rss>"


async def added(address: str, *, selector: str | None = None) -> tuple[str, str, str]:
    source = await sources.add(address, now=NOW, selector=selector, private_networks=LOOPBACK)
    return source.address, source.kind, source.name


async def test_a_page_leads_to_the_feed_behind_it(db: str, origin: Origin) -> None:
    page = b"<html><link rel='alternate' type='application/rss+xml' title='Novice' href='/rss'>"
    address = origin.at("/", page)
    assert await added(address) == (f"{origin.address}/rss", "feed", "Novice")


async def test_a_page_without_a_feed_or_with_a_marked_part_is_watched(
    db: str, origin: Origin
) -> None:
    plain = origin.at("/plain", b"<html><body><a href='/1'>Predlog</a>")
    assert await added(plain) == (plain, "page", "")
    page = b"<html><link rel='alternate' type='application/rss+xml' href='/rss'>"
    marked = origin.at("/marked", page)
    assert await added(marked, selector="#news") == (marked, "page", "")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (FEED, "feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', "feed"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", "ical"),
        (b'{"initiativeResultDtoPage": {"content": []}}', "have-your-say"),
        (b'{"head": {"vars": []}, "results": {"bindings": []}}', "fedlex"),
    ],
)
async def test_the_kind_is_what_stands_there(
    db: str, origin: Origin, body: bytes, kind: str
) -> None:
    assert (await added(origin.at("/x", body)))[1] == kind


async def test_adding_an_address_twice_gives_the_same_source(db: str, origin: Origin) -> None:
    address = origin.at("/feed", FEED)
    first = await sources.add(address, now=NOW, private_networks=LOOPBACK)
    again = await sources.add(f" {address}#top ", now=NOW, name="Other", private_networks=LOOPBACK)
    assert first.id == again.id
    assert await Source.count() == 1


async def test_what_cannot_be_fetched_now_is_added_all_the_same(db: str, origin: Origin) -> None:
    address = origin.at("/later", Answer(status=503))
    assert await added(address) == (address, "feed", "")


async def test_what_can_never_be_fetched_is_refused(db: str) -> None:
    for address in ("", "javascript:alert(1)", "ftp://example.org/x", "http://127.0.0.1:9/feed"):
        with pytest.raises(InvalidAddressError, match=r"\.$"):
            await sources.add(address, now=NOW)
    with pytest.raises(UnknownKindError):
        await sources.add("https://example.org/", now=NOW, kind="gopher")
    assert await Source.count() == 0


async def test_a_source_is_paused_with_its_reason_and_due_at_once_when_resumed(db: str) -> None:
    source = await sources.add("https://example.org/feed", now=NOW, kind="feed")
    await sources.pause(source.id, reason="Zu viel.")
    row = await Source.select(Source.state, Source.state_reason).first()
    assert row == {"state": "paused", "state_reason": "Zu viel."}
    await sources.resume(source.id, now=NOW)
    row = await Source.select(Source.state, Source.state_reason, Source.next_due).first()
    assert row == {"state": "active", "state_reason": "", "next_due": NOW}
    with pytest.raises(UnknownSourceError):
        await sources.pause(999)


async def test_a_list_goes_out_and_comes_back_the_same(db: str) -> None:
    await sources.add(
        "https://www.vzorcna-vas.example/predpisi?a=1&b=2",
        now=NOW,
        kind="page",
        name="Vzorčna vas <predpisi>",
        language="sl",
        zone="Europe/Ljubljana",
        countries=["SI", "AT"],
        selector="#predlogi > li",
    )
    await sources.add("https://www.villexemple.example/rss", now=NOW, kind="feed")
    shown = (
        *(Source.address, Source.kind, Source.name, Source.language, Source.zone),
        *(Source.countries, Source.settings),
    )
    before = await Source.select(*shown).order_by(Source.address)
    document = await sources.export_opml()
    assert await sources.import_opml(document, now=NOW) == sources.Imported((), 2, ())
    await Source.delete(force=True)
    imported = await sources.import_opml(document, now=NOW)
    assert (len(imported.added), imported.known, imported.refused) == (2, 0, ())
    assert await Source.select(*shown).order_by(Source.address) == before


async def test_a_foreign_list_with_folders_and_rubbish(db: str) -> None:
    document = b"""<opml version="1.0"><body><outline text="Alps">
        <outline text="A &amp; B" xmlUrl="https://example.org/a"/>
        <outline text="bad" xmlUrl="file:///etc/passwd"/><outline text="no address"/>
        </outline></body></opml>"""
    imported = await sources.import_opml(document, now=NOW)
    assert len(imported.added) == 1
    assert [address for address, _ in imported.refused] == ["file:///etc/passwd"]
    assert await Source.select(Source.name).first() == {"name": "A & B"}


@pytest.mark.parametrize("document", [b"", b"\xff\xfe", b"<html/>", b"{}"])
async def test_what_is_no_list_is_said(db: str, document: bytes) -> None:
    with pytest.raises(SourceError, match="OPML"):
        await sources.import_opml(document, now=NOW)
