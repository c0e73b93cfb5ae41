from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds import sources
from feeds.fetching import Limits
from feeds.parsing import KINDS
from feeds.sources import (
    InvalidAddressError,
    SourceError,
    UnknownCountryError,
    UnknownKindError,
    UnknownLanguageError,
    UnknownSourceError,
    UnknownZoneError,
    Wanted,
    alps,
    shipped,
)
from feeds.sources.discovery import Finder
from feeds.sources.wanted import check, normalised
from feeds.tables import Source
from tests.feeds.origin import LOOPBACK, Answer, Origin

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
FEED = (
    b"<rss version='2.0'><channel><title>Vzor&#269;na vas</title>"
    b"<item><title>Novica</title><link>https://www.vzorcna-vas.example/1</link></item>"
    b"</channel></rss>"
)


async def added(address: str, *, selector: str | None = None) -> tuple[str, str, str]:
    source = await sources.add(
        address, now=NOW, selector=selector, private_networks=LOOPBACK, pause=0
    )
    return source.address, source.kind, source.name


async def test_a_page_leads_to_the_feed_behind_it(db: str, origin: Origin) -> None:
    page = b"<html><link rel='alternate' type='application/rss+xml' title='Novice' href='/rss'>"
    origin.at("/rss", FEED)
    address = origin.at("/", page)
    assert await added(address) == (f"{origin.address}/rss", "feed", "Novice")
    assert await Source.select(Source.host, Source.rhythm_reason).first() == {
        "host": "127.0.0.1",
        "rhythm_reason": "A feed with 1 entries was found behind the page.",
    }


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
        (b'{"OgdSearchResult": {"OgdDocumentResults": {}}}', "ris"),
        (
            b'{"rows": [["XXVIII", "ME", 5, "", "Gesetz", "5/ME", "BMF"]]}',
            "austrian-parliament",
        ),
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


async def test_a_row_that_says_what_cannot_be_is_refused_with_a_sentence(db: str) -> None:
    document = """<opml xmlns:alphorn="https://alphorn.example/opml"><body>
        <outline xmlUrl="https://example.org/1" alphorn:kind="gopher"/>
        <outline xmlUrl="https://example.org/2" alphorn:zone="Mars/Olympus"/>
        <outline xmlUrl="https://example.org/3" alphorn:zone="../../etc/passwd"/>
        <outline xmlUrl="https://example.org/4" language="slovensko"/>
        <outline xmlUrl="https://example.org/5" alphorn:countries="AT,Slovenija"/>
        <outline xmlUrl="https://example.org/6" language="unknown"/>
        <outline xmlUrl="https://example.org/7" language="de-AT" alphorn:countries="AT, SI"/>
        </body></opml>"""
    imported = await sources.import_opml(document.encode(), now=NOW)
    assert imported.refused == (
        ("https://example.org/1", "There is no kind of source called «gopher»."),
        ("https://example.org/2", "«Mars/Olympus» is not a time zone like Europe/Brussels."),
        ("https://example.org/3", "«../../etc/passwd» is not a time zone like Europe/Brussels."),
        ("https://example.org/4", "«slovensko» is not the code of a language, like «sl»."),
        ("https://example.org/5", "«Slovenija» is not the code of a country, like «AT»."),
    )
    kept = Source.select(Source.language, Source.countries).order_by(Source.address)
    assert await kept == [
        {"language": None, "countries": ""},
        {"language": "de", "countries": "AT,SI"},
    ]


async def test_what_a_source_cannot_be_is_an_error_of_its_own() -> None:
    for wrong, error in (
        (Wanted("https://example.org/", kind="gopher"), UnknownKindError),
        (Wanted("https://example.org/", zone=""), UnknownZoneError),
        (Wanted("https://example.org/", language="de'"), UnknownLanguageError),
        (Wanted("https://example.org/", countries=("at",)), UnknownCountryError),
    ):
        with pytest.raises(error):
            check(wrong)


async def test_the_language_of_a_source_reaches_its_kind(db: str) -> None:
    await sources.add("https://example.org/sparqlendpoint", now=NOW, kind="fedlex", language="fr")
    assert await Source.select(Source.settings).first() == {"settings": '{"language": "fr"}'}


async def test_the_shipped_list_names_only_what_can_be_polled() -> None:
    for each in shipped():
        check(Wanted(each.address, each.kind, each.name, each.language, each.zone, each.countries))
        assert normalised(each.address) == each.address
        assert each.name and each.note
    assert len({each.name for each in shipped()}) == len(shipped())
    assert len({each.address for each in shipped()}) == len(shipped())
    # A calendar is the only kind without a source of its own in the Alps.
    assert {each.kind for each in shipped()} == set(KINDS) - {"ical"}
    assert {code for each in shipped() for code in each.countries} == {
        *("AT", "CH", "DE", "FR", "IT", "LI", "SI")
    }


async def test_every_source_of_the_list_says_how_sure_we_are_of_it() -> None:
    stated = alps.FILE.read_text().count("alphorn:verified=")
    assert stated == len(shipped())
    unsure = {each.name for each in shipped() if not each.is_verified}
    assert {"Alpine Convention", "EUSALP", "CIPRA (deutsch)", "ParteciPa"} <= unsure
    assert not unsure & {"Fedlex: Vernehmlassungen", "RIS: Begutachtungsentwürfe"}


async def test_nothing_of_the_list_is_polled_until_it_is_added(db: str) -> None:
    assert shipped() != []
    assert await Source.count() == 0
    names = ["RIS: Begutachtungsentwürfe", "Fedlex: Vernehmlassungen"]
    added = await sources.add_shipped(names, now=NOW)
    again = await sources.add_shipped(names, now=NOW)
    assert [(each.source.kind, each.is_new) for each in added] == [("ris", True), ("fedlex", True)]
    assert [each.is_new for each in again] == [False, False]
    row = await Source.select(Source.name, Source.zone, Source.host, Source.countries).first()
    assert row == {
        "name": "RIS: Begutachtungsentwürfe",
        "zone": "Europe/Vienna",
        "host": "data.bka.gv.at",
        "countries": "AT",
    }


async def test_a_name_that_is_not_in_the_list_adds_nothing(db: str) -> None:
    with pytest.raises(UnknownSourceError, match="«Vzorčna vas»"):
        await sources.add_shipped(["RIS: Begutachtungsentwürfe", "Vzorčna vas"], now=NOW)
    assert await Source.count() == 0


async def test_an_unverified_page_is_visited_and_what_stands_there_is_told(
    db: str, origin: Origin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = origin.at("/seznam", b"<html><body><a href='/1'>Predlog</a>")
    listed = f"""<opml xmlns:alphorn="https://alphorn.example/opml"><body>
        <outline text="Unsure" xmlUrl="{page}" alphorn:kind="page" alphorn:verified="none"/>
        <outline text="Sure" xmlUrl="{page}2" alphorn:kind="page" alphorn:verified="several"/>
        <outline text="Down" xmlUrl="{page}3" alphorn:kind="page" alphorn:verified="one"/>
        </body></opml>"""
    (tmp_path / "list.opml").write_text(listed)
    monkeypatch.setattr(alps, "FILE", tmp_path / "list.opml")
    alps._shipped.cache_clear()
    try:
        unsure, sure, down = await sources.add_shipped(
            ["Unsure", "Down", "Sure"], now=NOW, private_networks=LOOPBACK, pause=0
        )
    finally:
        alps._shipped.cache_clear()
    assert sure.discovered is None
    assert (down.source.kind, down.discovered is not None) == ("page", True)
    assert unsure.discovered is not None
    assert unsure.discovered.sentence == (
        "No feed stood at 8 addresses; the page itself is watched."
    )
    assert len(unsure.discovered.tried) == 8


async def test_adding_tells_what_a_visit_found_and_whether_it_is_new(
    db: str, origin: Origin
) -> None:
    finder = Finder(NOW, Limits(), LOOPBACK, pause=0)
    wanted = Wanted(origin.at("/feed", FEED))
    first = await sources.add_told(wanted, finder=finder)
    assert first.discovered is not None
    assert (first.is_new, first.discovered.sentence) == (True, "The address was visited.")
    again = await sources.add_told(wanted, finder=finder)
    assert (again.is_new, again.discovered) == (False, None)


@pytest.mark.parametrize("document", [b"", b"\xff\xfe", b"<html/>", b"{}"])
async def test_what_is_no_list_is_said(db: str, document: bytes) -> None:
    with pytest.raises(SourceError, match="OPML"):
        await sources.import_opml(document, now=NOW)
