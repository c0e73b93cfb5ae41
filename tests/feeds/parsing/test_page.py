from pathlib import Path

from feeds.parsing import Document, kind_of, parse_document
from feeds.parsing.page import feed_addresses

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


def test_the_feeds_behind_a_page_are_found(samples: Path) -> None:
    body = (samples / "seznam.html").read_bytes()
    assert feed_addresses(document(body)) == [("https://www.vzorcna-vas.example/rss", "Novice")]
