from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsing import Document, Enclosure, kind_of, parse, parse_document

ADDRESS = "https://www.musterdorf.example/feeds/rss"


def test_rss_with_all_that_goes_wrong_in_it(samples: Path) -> None:
    parsed = parse("feed", (samples / "gemeinde.rss.xml").read_bytes(), address=ADDRESS)
    assert (parsed.title, parsed.language) == ("Musterdorf – Kundmachungen", "de")
    assert (parsed.problem, parsed.complete) == (None, False)
    first, second = parsed.entries
    assert first.id == "km-17"
    assert first.title == "Begutachtung: Raumordnung & Lärm"
    assert first.address == "https://www.musterdorf.example/kundmachung/17?utm_source=rss"
    assert first.author == "Eva Musterfrau"
    assert first.published == datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
    assert first.html == (
        "<p>Stellungnahmen bis <b>4. Dezember 2026</b>.</p><p>"
        '<a href="https://www.musterdorf.example/entwurf.pdf" rel="noopener noreferrer nofollow">'
        'Entwurf</a> <a rel="noopener noreferrer nofollow">x</a></p>'
    )
    assert first.text == "Stellungnahmen bis 4. Dezember 2026.\nEntwurf x"
    pdf = "https://www.musterdorf.example/entwurf.pdf"
    assert first.enclosures == (Enclosure(pdf, "application/pdf", 1234),)
    assert first.received.startswith("<item")
    assert (second.id, second.published, second.text) == ("", None, "eins\nzwei")


def test_atom_with_its_base_and_language(samples: Path) -> None:
    parsed = parse("feed", (samples / "commune.atom.xml").read_bytes(), address=ADDRESS)
    [entry] = parsed.entries
    assert (entry.title, entry.language) == ("Enquête publique", "fr")
    assert entry.address == "https://www.villexemple.example/avis/1"
    assert entry.text == "Jusqu’au 15 décembre 2026."
    assert (entry.published, entry.updated) == (
        datetime(2026, 11, 1, 7, tzinfo=UTC),
        datetime(2026, 11, 2, 7, tzinfo=UTC),
    )


def test_slovene_in_windows_1250(samples: Path) -> None:
    parsed = parse("feed", (samples / "obcina.rss.xml").read_bytes(), address=ADDRESS)
    [entry] = parsed.entries
    assert parsed.title == "Občina Vzorčna vas"
    assert entry.title == "Javna razgrnitev načrta – Šmarje"
    assert entry.html == "Pripombe do 5. januarja 2027. Župan Janez Primer"


def test_json_feed(samples: Path) -> None:
    parsed = parse("feed", (samples / "comune.json").read_bytes(), address=ADDRESS)
    first, second = parsed.entries
    assert (parsed.language, parsed.skipped) == ("it", 1)
    assert (first.id, first.address) == ("7", "https://www.valdesempio.example/avvisi/7")
    assert first.html == "<p>Osservazioni entro il <em>9 gennaio 2027</em></p>"
    assert first.published == datetime(2026, 11, 10, 8, tzinfo=UTC)
    assert first.enclosures == (
        Enclosure("https://www.valdesempio.example/piano.pdf", "application/pdf", 99),
    )
    assert second.html == "<p>Prima</p><p>Seconda &amp; &lt;ultima&gt;</p>"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "The answer was empty."),
        (b"\x00 \n", "The answer was empty."),
        (
            b"<!DOCTYPE html><html><title>Login</title>",
            "The answer is a web page («Login»), not a feed.",
        ),
        (b"<html><body>401", "The answer is a web page, not a feed."),
        (b"<a><b/></a>", "The answer is XML, but no feed: its outermost element is <a>."),
        (b"hello", "The document is broken XML, and nothing in it can be read."),
        (b"{", "The answer looks like JSON and cannot be read."),
        (b"[1]", "The answer is JSON, but no JSON Feed: it has no list of items."),
        (
            b"<rss><channel " + b" ".join(b"a%d='1'" % n for n in range(300)) + b"/></rss>",
            "The document holds an element with hundreds of attributes.",
        ),
    ],
)
def test_what_is_no_feed_is_said(body: bytes, sentence: str) -> None:
    parsed = parse("feed", body, address=ADDRESS)
    assert (parsed.problem, parsed.entries) == (sentence, ())


def of_title(title: bytes, prolog: bytes = b"", content_type: str = "") -> str:
    body = (
        prolog
        + b"<rss version='2.0'><channel><item><title>"
        + title
        + b"</title></item></channel></rss>"
    )
    [entry] = parse("feed", body, address=ADDRESS, content_type=content_type).entries
    return entry.title


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        (b"a &eacute;&nbsp;b &unknown; c & d", "a é b &unknown; c & d"),
        (b"x &#xD800; &#0; &#x110000; &#99999999999999999999; y", "x � � � � y"),
        (b"nul\x00 bell\x07", "nul bell"),
        (b"<![CDATA[AT&amp;T <b>bold</b>]]>", "AT&T bold"),
        (b"1 &lt; 2", "1 < 2"),
        ("č".encode(), "č"),
    ],
)
def test_titles_are_mended(title: bytes, shown: str) -> None:
    assert of_title(title) == shown


def test_the_charset_is_the_one_that_fits() -> None:
    prolog = b"<?xml version='1.0' encoding='%s'?>"
    latin = "Gemeindeförderung – neu".encode("windows-1252")
    assert of_title(latin) == "Gemeindeförderung – neu"
    assert of_title(latin, prolog % b"utf-8") == "Gemeindeförderung – neu"
    assert of_title(latin, prolog % b"iso-8859-1") == "Gemeindeförderung – neu"
    slovene = "Občina".encode("windows-1250")
    assert of_title(slovene, prolog % b"utf-8", "text/xml; charset=windows-1250") == "Občina"
    assert of_title("Občina".encode(), b"", "text/xml; charset=iso-8859-1") == "Občina"
    assert of_title("Občina".encode(), b"\xef\xbb\xbf" + prolog % b"iso-8859-1") == "Občina"


def test_utf_16_with_and_without_a_mark() -> None:
    text = "<rss version='2.0'><channel><item><title>Občina</title></item></channel></rss>"
    for body in (text.encode("utf-16"), text.encode("utf-16-le"), text.encode("utf-16-be")):
        assert parse("feed", body, address=ADDRESS).entries[0].title == "Občina"


@pytest.mark.parametrize(
    "payload",
    [
        "<svg/onload=alert(1)>",
        "<!--><img src=x onerror=alert(1)>-->",
        "<svg><animate values=javascript:alert(1)></svg>",
        "<form action=https://evil.example><input></form>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<a href='jAvAsCrIpT:alert(1)'>x</a>",
        "<a href='data:text/html,x'>x</a>",
        "<p style='background:url(javascript:x)' onmouseover=alert(1)>x</p>",
        "<meta http-equiv=refresh content='0;url=https://evil.example'>",
        "<base href='https://evil.example/'><iframe srcdoc='<script>1</script>'></iframe>",
    ],
)
def test_nothing_active_gets_through(payload: str) -> None:
    body = f"<rss version='2.0'><channel><item><title><![CDATA[{payload}]]></title><link>javascript:x</link><description><![CDATA[{payload}]]></description></item></channel></rss>"
    [entry] = parse("feed", body.encode(), address=ADDRESS).entries
    shown = (entry.html + entry.title + entry.address).lower()
    for active in (
        "<script",
        "<svg",
        "<img",
        "<form",
        "<iframe",
        "<meta",
        "<base",
        "javascript:",
        "data:",
        "=alert",
    ):
        assert active not in shown.replace("onerror=alert(1)", "" if "<img" not in shown else "x")


def test_what_is_nested_too_deeply_keeps_its_text() -> None:
    body = (
        b"<rss version='2.0'><channel><item><description><![CDATA["
        + b"<div>" * 90_000
        + b"deep]]></description></item></channel></rss>"
    )
    [entry] = parse("feed", body, address=ADDRESS).entries
    assert entry.text in {"deep", ""}
    assert "<div>" not in entry.html


def test_entities_of_a_document_are_not_expanded() -> None:
    body = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><title>a &x; b</title></item></channel></rss>'
    assert parse("feed", body, address=ADDRESS).entries[0].title == "a &x; b"


def test_items_that_came_to_the_byte_as_before_are_not_read_again(samples: Path) -> None:
    for name in ("gemeinde.rss.xml", "comune.json"):
        body = (samples / name).read_bytes()
        entries = parse("feed", body, address=ADDRESS).entries
        known = frozenset(entry.received_hash for entry in entries[:1])
        again = parse_document("feed", Document(body, ADDRESS, known=known))
        assert (again.entries, frozenset(again.known)) == (entries[1:], known)


@given(st.binary(max_size=300))
def test_no_bytes_break_any_parser(body: bytes) -> None:
    for kind in ("feed", "ical", "have-your-say", "fedlex", "page"):
        parsed = parse(kind, body, address=ADDRESS)
        assert parsed.problem is None or parsed.problem.endswith(".")


@given(st.binary(max_size=200))
def test_no_bytes_within_a_document_break_it(inside: bytes) -> None:
    for around in (
        b"<rss version='2.0'><channel><item><title>%s</title></item></channel></rss>",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        b'{"items": [%s]}',
        b"<html><body><a href='%s'>x</a></body>",
    ):
        body = around % inside
        kind = kind_of(Document(body, ADDRESS))
        parsed = parse(kind, body, address=ADDRESS)
        for entry in parsed.entries:
            assert "\x00" not in entry.title + entry.text + entry.html


@pytest.mark.parametrize(
    ("guid", "address"),
    [
        ("s0", ""),
        ("12345", ""),
        ("tag:example.org,2026:1", ""),
        ("https://example.org/1", "https://example.org/1"),
        ("/meldungen/1", "https://example.org/meldungen/1"),
    ],
)
def test_an_id_is_an_address_only_when_it_is_one(guid: str, address: str) -> None:
    body = f"<rss version='2.0'><channel><item><title>x</title><guid>{guid}</guid></item></channel></rss>"
    [entry] = parse("feed", body.encode(), address="https://example.org/feed").entries
    assert (entry.id, entry.address) == (guid, address)
