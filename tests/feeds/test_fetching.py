import gzip
import time
import zlib
from datetime import UTC, datetime
from io import BufferedIOBase

import pytest

from feeds.fetching import Failed, Fetched, Limits, Unchanged, check_address, fetch
from tests.feeds.origin import LOOPBACK, Answer, Origin

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)


async def visit(
    address: str,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    limits: Limits | None = None,
    private_networks: tuple[str, ...] = LOOPBACK,
) -> Fetched | Unchanged | Failed:
    return await fetch(
        address,
        now=NOW,
        etag=etag,
        last_modified=last_modified,
        limits=limits or Limits(),
        private_networks=private_networks,
    )


async def test_it_gives_body_validators_and_freshness(origin: Origin) -> None:
    headers = {
        "ETag": 'W/"a b"',
        "Last-Modified": "Mon, 23 Nov 2026 08:00:00 GMT",
        "Content-Type": "application/rss+xml",
        "Cache-Control": "max-age=600",
    }
    address = origin.at("/feed?x=%C3%A4", Answer(b"<rss/>", headers=headers))
    assert await visit(address) == Fetched(
        address=address,
        status=200,
        body=b"<rss/>",
        content_type="application/rss+xml",
        etag='W/"a b"',
        last_modified="Mon, 23 Nov 2026 08:00:00 GMT",
        max_age=600,
        moved_to=None,
        transferred=6,
    )


async def test_it_says_who_it_is_and_sends_no_cookies(origin: Origin) -> None:
    await visit(origin.at("/feed", Answer(b"x", headers={"Set-Cookie": "a=b"})))
    await visit(origin.address + "/feed")
    assert "Alphorn" in origin.asked[1].headers["user-agent"]
    assert "+http" in origin.asked[1].headers["user-agent"]
    assert "cookie" not in origin.asked[1].headers


async def test_validators_go_back_byte_for_byte(origin: Origin) -> None:
    address = origin.at("/feed", Answer(b"x", headers={"ETag": 'W/"\xe4 "'}))
    answer = await visit(address, etag='W/"\xe4 "', last_modified="yesterday")
    assert answer == Unchanged(address, 'W/"\xe4 "', None, None, None)
    assert origin.asked[0].headers["if-none-match"] == 'W/"\xe4 "'
    assert origin.asked[0].headers["if-modified-since"] == "yesterday"


async def test_a_304_that_nobody_asked_for_is_a_failure(origin: Origin) -> None:
    answer = await visit(origin.at("/feed", Answer(status=304)))
    assert isinstance(answer, Failed)
    assert answer.status == 304


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (401, "status"),
        (403, "status"),
        (404, "status"),
        (410, "gone"),
        (429, "limited"),
        (500, "status"),
        (503, "limited"),
        (204, "status"),
        (206, "status"),
    ],
)
async def test_every_refusal_has_a_sentence(origin: Origin, status: int, problem: str) -> None:
    answer = await visit(origin.at("/feed", Answer(status=status)))
    assert isinstance(answer, Failed)
    assert (answer.status, answer.problem, answer.sentence[-1]) == (status, problem, ".")


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("120", 120),
        ("Mon, 23 Nov 2026 09:40:00 GMT", 3600),
        ("Mon, 23 Nov 2020 09:40:00 GMT", 0),
        ("9" * 5000, 7 * 24 * 3600),
        ("soon", None),
    ],
)
async def test_retry_after_is_understood_and_capped(
    origin: Origin, asked: str, seconds: int
) -> None:
    answer = Answer(status=429, headers={"Retry-After": asked})
    found = await visit(origin.at("/feed", answer))
    assert isinstance(found, Failed)
    assert found.retry_after == seconds


async def test_permanent_redirects_are_reported_and_others_not(origin: Origin) -> None:
    end = origin.at("/c", b"x")
    middle = origin.at("/b", Answer(status=308, headers={"Location": "/c"}))
    start = origin.at("/a", Answer(status=301, headers={"Location": middle}))
    found = await visit(start)
    assert isinstance(found, Fetched)
    assert (found.address, found.moved_to) == (end, end)
    origin.at("/b", Answer(status=302, headers={"Location": "c"}))
    found = await visit(start)
    assert isinstance(found, Fetched)
    assert (found.address, found.moved_to) == (end, None)


async def test_five_redirects_are_followed_and_a_circle_is_not(origin: Origin) -> None:
    for hop in range(5):
        origin.at(f"/{hop}", Answer(status=302, headers={"Location": f"/{hop + 1}"}))
    origin.at("/5", b"there")
    found = await visit(origin.address + "/0")
    assert isinstance(found, Fetched)
    assert found.body == b"there"
    origin.at("/5", Answer(status=302, headers={"Location": "/0"}))
    assert await visit(origin.address + "/0") == Failed(
        "redirects", "The address leads on more than 5 times."
    )


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "javascript:alert(1)", "gopher://x/", "http://a@127.0.0.1/", ""],
)
async def test_a_redirect_to_no_web_address_is_refused(origin: Origin, location: str) -> None:
    found = await visit(origin.at("/a", Answer(status=302, headers={"Location": location})))
    assert isinstance(found, Failed)
    assert found.problem in {"address", "redirects"}


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"]
)
async def test_a_private_network_is_never_visited(origin: Origin, host: str) -> None:
    port = origin.address.rpartition(":")[2]
    found = await visit(f"http://{host}:{port}/feed", private_networks=())
    assert isinstance(found, Failed)
    assert (found.problem, origin.asked) == ("network", [])


async def test_a_redirect_into_another_private_network_is_refused(origin: Origin) -> None:
    address = origin.at("/a", Answer(status=301, headers={"Location": "http://10.0.0.1/secret"}))
    found = await visit(address)
    assert isinstance(found, Failed)
    assert found.problem == "network"


async def test_compressed_bodies_are_unpacked(origin: Origin) -> None:
    packed = gzip.compress(b"<rss/>")
    said = Answer(packed, headers={"Content-Encoding": "gzip"})
    for answer in (said, Answer(packed), Answer(b"<rss/>", headers={"Content-Encoding": "gzip"})):
        found = await visit(origin.at("/feed", answer))
        assert isinstance(found, Fetched)
        assert found.body == b"<rss/>"
    raw = zlib.compressobj(wbits=-15)
    deflated = raw.compress(b"<rss/>") + raw.flush()
    found = await visit(
        origin.at("/feed", Answer(deflated, headers={"Content-Encoding": "deflate"}))
    )
    assert isinstance(found, Fetched)
    assert found.body == b"<rss/>"


async def test_a_gzip_bomb_is_not_unpacked(origin: Origin) -> None:
    bomb = gzip.compress(bytes(30 * 1024 * 1024))
    found = await visit(origin.at("/feed", Answer(bomb, headers={"Content-Encoding": "gzip"})))
    assert isinstance(found, Failed)
    assert found.problem == "large"


async def test_a_body_beyond_the_limit_is_not_read(origin: Origin) -> None:
    for answer in (Answer(b"x" * 3000), Answer(headers={"Content-Length": "9999999999"})):
        found = await visit(origin.at("/feed", answer), limits=Limits(bytes=2000))
        assert isinstance(found, Failed)
        assert found.problem == "large"


async def test_an_endless_body_ends_at_the_limit(origin: Origin) -> None:
    def write(out: BufferedIOBase) -> None:
        while True:
            out.write(b"x" * 65536)

    found = await visit(origin.at("/feed", Answer(write=write)))
    assert isinstance(found, Failed)
    assert found.problem == "large"


async def test_a_slow_drip_ends_at_the_deadline(origin: Origin) -> None:
    def write(out: BufferedIOBase) -> None:
        for _ in range(100):
            out.write(b"x")
            out.flush()
            time.sleep(0.05)

    started = time.monotonic()
    found = await visit(origin.at("/feed", Answer(write=write)), limits=Limits(total=0.3))
    assert isinstance(found, Failed)
    assert found.problem == "slow"
    assert time.monotonic() - started < 2


async def test_an_answer_that_breaks_off_is_a_failure(origin: Origin) -> None:
    found = await visit(origin.at("/feed", Answer(b"half", headers={"Content-Length": "100"})))
    assert isinstance(found, Failed)
    assert found.problem == "unreachable"


async def test_a_server_that_is_not_there_is_a_failure() -> None:
    found = await visit("http://127.0.0.1:1/")
    assert isinstance(found, Failed)
    found = await visit("https://nobody.invalid/")
    assert isinstance(found, Failed)
    assert found.problem == "unreachable"


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/feed",
        "http://user:secret@example.org/",
        "http://example.org:22/",
        "http://",
        "http://exa mple.org/",
        "http://example.org\\@evil.example/",
        "http://example.org/\r\nX: y",
        "http://[::1",
        "http://example.org:99999/",
        "",
    ],
)
def test_addresses_that_are_not_visited_at_all(address: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        check_address(address)
