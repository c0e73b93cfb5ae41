"""Where a visit is led: see feeds.fetching."""

import pytest

from feeds.fetching import Failed, Fetched, Limits, Unchanged, fetch
from feeds.parsing import Ask
from tests.conftest import NOW
from tests.feeds.fetching.test_fetching import visit
from tests.feeds.origin import LOOPBACK, Answer, Origin

pytestmark = pytest.mark.anyio


def to(location: str, status: int = 302, **headers: str) -> Answer:
    stated = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status=status, headers={"Location": location, **stated})


async def moved_over(origin: Origin, *statuses: int) -> str | None:
    for hop, status in enumerate(statuses):
        origin.at(f"/{hop}", to(f"/{hop + 1}", status))
    origin.at(f"/{len(statuses)}", b"there")
    found = await visit(origin.address + "/0")
    assert isinstance(found, Fetched)
    assert found.address == f"{origin.address}/{len(statuses)}"
    return found.moved_to


async def test_a_move_counts_only_when_every_hop_is_permanent(origin: Origin) -> None:
    assert await moved_over(origin) is None
    assert await moved_over(origin, 301) == origin.address + "/1"
    assert await moved_over(origin, 308, 301) == origin.address + "/2"
    for passing in (302, 303, 307):
        assert await moved_over(origin, passing) is None
        assert await moved_over(origin, 301, passing) is None
        assert await moved_over(origin, passing, 301) is None


async def test_an_unchanged_document_has_moved_as_well(origin: Origin) -> None:
    end = origin.at("/b", Answer(b"x", headers={"ETag": '"a"'}))
    start = origin.at("/a", to("/b", 301))
    assert await visit(start, etag='"a"') == Unchanged(end, '"a"', None, None, end)


async def test_five_redirects_are_followed_and_six_are_not(origin: Origin) -> None:
    for hop in range(6):
        origin.at(f"/{hop}", to(f"/{hop + 1}"))
    origin.at("/6", b"there")
    assert isinstance(await visit(origin.address + "/1"), Fetched)
    sentence = "The address leads on more than 5 times."
    assert await visit(origin.address + "/0") == Failed("redirects", sentence, 302)


async def test_a_circle_is_left_at_once(origin: Origin) -> None:
    origin.at("/a", to("/b"))
    origin.at("/b", to("/a", Set_Cookie="seen=yes"))
    found = await visit(origin.address + "/a")
    assert found == Failed("redirects", "The address leads in a circle.", 302)
    assert [asked.path for asked in origin.asked] == ["/a", "/b"]


@pytest.mark.parametrize(
    "location",
    ["c", "/a/c", "./c", "../a/c", "?x", "{}/a/c", "  /a/c  ", "/a/c#part", "/a/c d", "/a/občina"],
)
async def test_a_location_may_be_relative_or_carelessly_written(
    origin: Origin, location: str
) -> None:
    for path in ("/a/c", "/a/b?x", "/a/c%20d", "/a/ob%C4%8Dina"):
        origin.at(path, b"there")
    head = f"HTTP/1.1 302 Found\r\nLocation: {location.format(origin.address)}\r\n\r\n".encode()
    found = await visit(origin.at("/a/b", Answer(talk=lambda to: to.sendall(head))))
    assert isinstance(found, Fetched)
    assert found.body == b"there"
    # A fragment is for browsers.
    assert "#" not in found.address


@pytest.mark.parametrize(
    ("location", "problem"),
    [
        ("", "redirects"),
        ("file:///etc/passwd", "address"),
        ("javascript:alert(1)", "address"),
        ("data:,x", "address"),
        ("ftp://example.org/", "address"),
        ("gopher://x/", "address"),
        ("http://a@127.0.0.1/", "address"),
        ("http://127.0.0.1:22/", "address"),
        ("http://[::1", "address"),
        ("//example.org\\@127.0.0.1/", "address"),
        ("/" + "x" * 5000, "address"),
    ],
)
async def test_a_redirect_to_no_web_address_is_refused(
    origin: Origin, location: str, problem: str
) -> None:
    found = await visit(origin.at("/a", to(location)))
    assert isinstance(found, Failed)
    assert (found.problem, found.sentence[-1]) == (problem, ".")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_post_is_repeated_or_turned_into_a_get(origin: Origin, status: int) -> None:
    origin.at("/b", b"there")
    start = origin.at("/a", to("/b", status))
    ask = Ask(start, "POST", b"query", "application/sparql-query", "application/json")
    found = await fetch(ask, now=NOW, private_networks=LOOPBACK)
    assert isinstance(found, Fetched)
    asked = origin.asked[1]
    repeated = ("POST", b"query", "application/sparql-query", "5")
    turned = ("GET", b"", None, None)
    names = ("content-type", "content-length")
    sent = (asked.method, asked.body, *(asked.headers.get(name) for name in names))
    assert sent == (repeated if status in (307, 308) else turned)
    assert asked.headers["accept"] == "application/json"
    # To ask the new address by POST, which only a 308 means, is not to ask it by GET.
    assert found.moved_to == (origin.address + "/b" if status == 308 else None)


async def test_a_page_that_sends_browsers_on_is_not_followed(origin: Origin) -> None:
    page = b'<meta http-equiv="refresh" content="0; url=/secret">'
    found = await visit(origin.at("/feed", Answer(page, headers={"Refresh": "0; url=/secret"})))
    assert isinstance(found, Fetched)
    assert (found.body, len(origin.asked)) == (page, 1)


async def test_a_redirect_that_asks_for_patience_gets_it(origin: Origin) -> None:
    origin.at("/b", b"there")
    assert isinstance(await visit(origin.at("/a", to("/b", Retry_After="0"))), Fetched)
    sentence = "The server asks us to wait before it moves us on."
    for asked in ("3600", "Mon, 23 Nov 2026 09:40:00 GMT"):
        found = await visit(origin.at("/a", to("/b", Retry_After=asked)))
        assert found == Failed("limited", sentence, 302, 3600)
    begun = len(origin.asked)
    await visit(origin.at("/a", to("/b", Retry_After="5")), limits=Limits(total=1.0))
    assert [asked.path for asked in origin.asked[begun:]] == ["/a"]
