from datetime import UTC, datetime
from pathlib import Path

from feeds.parsing import Document, kind_of, parse_document
from feeds.parsing.page import FeedLink, PageAbout, feed_links, page_about

ADDRESS = "https://www.vzorcna-vas.example/predpisi/"


def document(body: bytes, selector: str = "") -> Document:
    return Document(body, ADDRESS, settings={"selector": selector} if selector else {})


def test_the_links_of_the_marked_part_are_entries(samples: Path) -> None:
    page = document((samples / "seznam.html").read_bytes(), "#predlogi")
    assert kind_of(page) == "page"
    parsed = parse_document("page", page)
    assert (parsed.title, parsed.language) == ("Predlogi predpisov", "sl")
    assert parsed.complete is True
    assert [(entry.title, entry.address, entry.text) for entry in parsed.entries] == [
        (
            "Predlog zakona o vodah",
            "https://www.vzorcna-vas.example/predlog/1#utm=x",
            "Predlog zakona o vodah Pripombe do 5. 1. 2027",
        ),
        ("Predlog uredbe", "https://www.vzorcna-vas.example/predlog/2", "Predlog uredbe"),
    ]


def test_a_marked_part_that_is_gone_is_said(samples: Path) -> None:
    body = (samples / "seznam.html").read_bytes()
    gone = parse_document("page", document(body, "#novice"))
    assert gone.problem == "The marked part «#novice» is no longer on the page."
    wrong = parse_document("page", document(body, "##"))
    assert wrong.problem == "«##» does not name a part of a page."


def test_a_part_without_links_is_one_entry() -> None:
    parsed = parse_document("page", document(b"<main><h1>Rok</h1><p>5. 1. 2027</p></main>"))
    assert [(entry.title, entry.text) for entry in parsed.entries] == [("Rok", "Rok\n5. 1. 2027")]


def test_a_row_of_a_table_is_one_entry_with_its_columns(samples: Path) -> None:
    parsed = parse_document("page", document((samples / "predlogi.html").read_bytes()))
    assert [(entry.title, entry.text) for entry in parsed.entries[:2]] == [
        ("Uredba o vodah", "Uredba o vodah PDF 3. 11. 2026 do 5. 1. 2027"),
        ("Zakon o gozdovih", "Zakon o gozdovih včeraj do 8. 1. 2027"),
    ]
    assert [entry.address for entry in parsed.entries[:2]] == [
        "https://www.vzorcna-vas.example/p/1",
        "https://www.vzorcna-vas.example/p/2",
    ]


def test_a_marked_date_beside_a_link_is_when_it_was_published(samples: Path) -> None:
    body = (samples / "predlogi.html").read_bytes()
    there = Document(body, ADDRESS, zone="Europe/Ljubljana")
    assert [entry.published for entry in parse_document("page", there).entries] == [
        datetime(2026, 11, 2, 23, tzinfo=UTC),
        datetime(2026, 11, 4, 8, 30, tzinfo=UTC),
        datetime(2026, 11, 1, 23, tzinfo=UTC),
        None,
    ]


def test_a_page_laid_out_with_a_table_is_not_one_entry() -> None:
    links = "".join(f"<p><a href='/{number}'>No {number}</a></p>" for number in range(9))
    page = f"<body><table><tr><td>Menu</td><td>{links}</td></tr></table>"
    assert len(parse_document("page", document(page.encode())).entries) == 9


def test_what_stands_on_the_page_as_before_is_not_read_again(samples: Path) -> None:
    body = (samples / "predlogi.html").read_bytes()
    before = parse_document("page", document(body)).entries
    known = frozenset(entry.received_hash for entry in before)
    changed = body.replace(b"do 5. 1. 2027", b"do 19. 1. 2027")
    after = parse_document("page", Document(changed, ADDRESS, known=known))
    assert ([entry.title for entry in after.entries], len(after.known)) == (["Uredba o vodah"], 3)


def test_the_feeds_behind_a_page_are_found(samples: Path) -> None:
    body = (samples / "seznam.html").read_bytes()
    assert feed_links(document(body)) == [FeedLink("https://www.vzorcna-vas.example/rss", "Novice")]


def test_links_that_lead_to_feeds_come_after_those_that_are_named() -> None:
    page = b"""<a href="/novice/RSS">RSS</a> <a href="webcal://example.org/seje.ics">Seje</a>
        <a href="/rss-navodila">Kaj je RSS?</a> <a href="/?type=9818">x</a>
        <link rel="alternate" type="application/atom+xml" hreflang="it" href="/it/atom">"""
    assert [(link.address, link.language) for link in feed_links(document(page))] == [
        ("https://www.vzorcna-vas.example/it/atom", "it"),
        ("https://www.vzorcna-vas.example/novice/RSS", None),
        ("https://example.org/seje.ics", None),
        ("https://www.vzorcna-vas.example/?type=9818", None),
    ]


def test_a_page_says_its_language_and_what_made_it() -> None:
    page = b"<html lang='fr-FR'><meta name='generator' content='SPIP 4.2'><p>x"
    assert page_about(document(page)) == PageAbout("fr", "SPIP 4.2")
