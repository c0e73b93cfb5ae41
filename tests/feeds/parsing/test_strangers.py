import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsing import Document, parse_document
from feeds.parsing.strangers import recognised
from tests.feeds.strangers import BLOCKED, CONSENT, LOGIN, PAGE, SCRIPT, SHELL, page

ADDRESS = "https://www.vzorcna-vas.example/novice"


def outcome(text: str) -> str | None:
    found = recognised(Document(text.encode(), ADDRESS))
    return found[0] if found else None


def sentence(text: str) -> str:
    found = recognised(Document(text.encode(), ADDRESS))
    assert found is not None
    return found[1]


@pytest.mark.parametrize("name", BLOCKED)
def test_a_wall_is_told_from_the_source(name: str) -> None:
    assert outcome(BLOCKED[name]) == "blocked"


@pytest.mark.parametrize("name", LOGIN)
def test_a_login_is_told_from_the_source(name: str) -> None:
    assert outcome(LOGIN[name]) == "login"
    assert "login" in sentence(LOGIN[name])


@pytest.mark.parametrize("name", CONSENT)
def test_a_wall_of_cookies_is_a_login_that_says_so(name: str) -> None:
    assert outcome(CONSENT[name]) == "login"
    assert "consent to cookies" in sentence(CONSENT[name])


@pytest.mark.parametrize("name", SHELL)
def test_a_page_that_only_scripts_fill_is_a_shell(name: str) -> None:
    assert outcome(SHELL[name]) == "shell"


@pytest.mark.parametrize("name", PAGE)
def test_every_other_page_is_a_page(name: str) -> None:
    assert outcome(PAGE[name]) == "page"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BLOCKED["fr"], "The source refuses to answer («Accès refusé»)."),
        (
            BLOCKED["cloudflare challenge"],
            "A wall of Cloudflare against robots answers for the source («Just a moment...»).",
        ),
        (BLOCKED["rate, it"], "The source says that we ask too often («Errore»)."),
        (BLOCKED["text"], "The source refuses to answer: «Access denied by security policy»."),
        (LOGIN["de"], "The source asks for a login («Anmeldung»)."),
        (LOGIN["json key"], "The source wants a login or a key: «Unauthorized»."),
        (
            CONSENT["de"],
            "The source asks for consent to cookies before it shows anything («Cookies»).",
        ),
        (
            SHELL["react"],
            "The answer is an empty page that only JavaScript would fill («Musterdorf»).",
        ),
        (PAGE["not found, de"], "The answer is a web page («Seite nicht gefunden»), not a feed."),
        (PAGE["xhtml"], "The answer is a web page, not a feed."),
        (
            '{"error": {"code": 7, "message": "No such list"}}',
            "The source answered with an error: «No such list».",
        ),
        (
            '{"errors": [{"message": "Bad query"}]}',
            "The source answered with an error: «Bad query».",
        ),
        (
            '{"type": "about:blank", "title": "Gone", "status": 404, "detail": "Seznama ni."}',
            "The source answered with an error: «Seznama ni.».",
        ),
        ('{"success": false}', "The source answered with an error."),
        (
            "<soap:Envelope xmlns:soap='urn:s'><soap:Body><soap:Fault><faultstring>Servizio non "
            "disponibile</faultstring></soap:Fault></soap:Body></soap:Envelope>",
            "The source answered with an error: «Servizio non disponibile».",
        ),
        (
            "<!-- --><ows:ExceptionReport xmlns:ows='urn:o'><ows:Exception><ows:ExceptionText>No "
            "layer</ows:ExceptionText></ows:Exception></ows:ExceptionReport>",
            "The source answered with an error: «No layer».",
        ),
        (
            "Virtuoso 37000 Error SP030: SPARQL compiler",
            "The source answered with plain text: «Virtuoso 37000 Error SP030: SPARQL compiler».",
        ),
        ("%PDF-1.7 …", "The answer is a PDF document, not a feed."),
    ],
)
def test_the_sentence_is_for_people(text: str, said: str) -> None:
    assert sentence(text) == said


def test_long_messages_and_titles_are_cut() -> None:
    told = sentence(json.dumps({"error": "Napaka " * 100}))
    assert (told[-9:], len(told)) == ("Napaka…».", 157)
    for body in ("", f"<div id=root></div>{SCRIPT}", "<input type=password>", "<h1>Forbidden</h1>"):
        assert len(sentence(page("Občina " * 60, body))) <= 200
        assert "…" in sentence(page("Občina " * 60, body))


@pytest.mark.parametrize(
    "text",
    [
        "<rss version='2.0'><channel><title>Access denied</title></channel></rss>",
        "<?xml version='1.0'?><!-- <html> --><feed xmlns='http://www.w3.org/2005/Atom'/>",
        "<br /><b>Warning</b>: mysql in x.php<br /><rss version='2.0'><channel/></rss>",
        "<a><b/></a>",
        '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1"}], "error": null}',
        '{"items": [], "message": "ok"}',
        '{"results": [{"id": 1}], "errors": ["one of two servers was asleep"]}',
        '{"head": {}, "results": {"bindings": []}}',
        '[{"message": "Access denied"}]',
        "[broken, access denied",
        "{",
        "hello",
        "",
        "BEGIN:VCALENDAR\nSUMMARY:Access denied\nEND:VCALENDAR",
        "Notice: undefined\nBEGIN:VCALENDAR\nEND:VCALENDAR",
        "\x1f\x8b\x08 \x00 packed",
    ],
)
def test_what_may_be_the_source_is_left_to_its_reader(text: str) -> None:
    assert outcome(text) is None


def test_no_sample_is_a_stranger_to_its_kind(samples: Path) -> None:
    for path in samples.iterdir():
        found = recognised(Document(path.read_bytes(), ADDRESS))
        assert (found and found[0]) == ("page" if path.suffix == ".html" else None)


@pytest.mark.parametrize("kind", ["feed", "ical", "have-your-say", "fedlex"])
def test_every_kind_says_what_answered_instead(kind: str) -> None:
    for trouble, text in (
        ("blocked", BLOCKED["sl"]),
        ("login", LOGIN["it"]),
        ("shell", SHELL["react"]),
        ("page", PAGE["short"]),
        ("unreadable", '{"error": "No such list"}'),
    ):
        parsed = parse_document(kind, Document(text.encode(), ADDRESS))
        assert (parsed.trouble, parsed.problem) == (trouble, sentence(text))
        assert parsed.entries == ()


def test_a_watched_page_is_read_unless_something_else_stands_there(samples: Path) -> None:
    listed = parse_document("page", Document((samples / "seznam.html").read_bytes(), ADDRESS))
    assert (listed.problem, len(listed.entries) > 0) == (None, True)
    for text in PAGE.values():
        parsed = parse_document("page", Document(text.encode(), ADDRESS))
        assert parsed.trouble not in {"blocked", "login", "shell", "page"}
    for trouble, text in (
        ("blocked", BLOCKED["de"]),
        ("login", CONSENT["de"]),
        ("shell", SHELL["react"]),
    ):
        assert parse_document("page", Document(text.encode(), ADDRESS)).trouble == trouble


def test_other_charsets_are_understood() -> None:
    body = page("Accès refusé", "").encode("windows-1252")
    assert recognised(Document(body, ADDRESS, "text/html; charset=iso-8859-1")) == (
        "blocked",
        "The source refuses to answer («Accès refusé»).",
    )


@given(st.binary(max_size=400), st.sampled_from([b"", b"<html>", b"{", b"<Error>", b"<!DOCTYPE "]))
def test_anything_at_all_can_be_looked_at(body: bytes, start: bytes) -> None:
    found = recognised(Document(start + body, ADDRESS))
    assert found is None or (len(found[1]) <= 200 and found[1].endswith("."))
