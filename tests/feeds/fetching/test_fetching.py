from io import BufferedIOBase

import brotli
import pytest

from feeds.fetching import Failed, Fetched, Limits, Unchanged, fetch
from feeds.parsing import Ask
from tests.conftest import NOW
from tests.feeds.fetching.test_unpacking import PACKERS, gzipped
from tests.feeds.origin import LOOPBACK, Answer, Origin

pytestmark = pytest.mark.anyio


async def visit(
    address: str,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    limits: Limits | None = None,
) -> Fetched | Unchanged | Failed:
    return await fetch(
        Ask(address),
        now=NOW,
        etag=etag,
        last_modified=last_modified,
        limits=limits or Limits(),
        private_networks=LOOPBACK,
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


async def test_no_proxy_of_the_environment_is_asked(
    origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("all_proxy", "http://127.0.0.1:1")
    assert isinstance(await visit(origin.at("/feed", b"<rss/>")), Fetched)


async def test_a_post_says_what_it_sends_and_makes_no_conditions(origin: Origin) -> None:
    address = origin.at("/sparql", b"{}")
    ask = Ask(address, "POST", "query=č".encode(), "application/x-www-form-urlencoded")
    await fetch(ask, now=NOW, etag='"a"', last_modified="yesterday", private_networks=LOOPBACK)
    asked = origin.asked[0]
    assert (asked.method, asked.body) == ("POST", "query=č".encode())
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert not {"if-none-match", "if-modified-since"} & asked.headers.keys()


@pytest.mark.parametrize(
    "etag",
    [
        '"a"',
        'W/"a"',
        "without quotes",
        '"with "quotes" within"',
        '"\xe4\xf6\xfc"',
        '"ob\xc4\x8dina"',
        "W/",
        "*",
        "0",
        '"' + "x" * 1000 + '"',
    ],
)
async def test_validators_go_back_byte_for_byte(origin: Origin, etag: str) -> None:
    modified = "Mon, 23 Nov 2026  08:00:00 +0100"
    address = origin.at("/feed", Answer(b"x", headers={"ETag": etag, "Last-Modified": modified}))
    first = await visit(address)
    assert isinstance(first, Fetched)
    assert (first.etag, first.last_modified) == (etag, modified)
    second = await visit(address, etag=first.etag, last_modified=first.last_modified)
    assert second == Unchanged(address, etag, modified, None, None)
    assert origin.asked[1].headers["if-none-match"] == etag
    assert origin.asked[1].headers["if-modified-since"] == modified


async def test_nothing_is_invented_for_a_server_without_validators(origin: Origin) -> None:
    address = origin.at("/feed", Answer(b"x", headers={"Date": "Mon, 23 Nov 2026 08:00:00 GMT"}))
    found = await visit(address)
    assert isinstance(found, Fetched)
    assert (found.etag, found.last_modified) == (None, None)
    await visit(address, etag=found.etag, last_modified=found.last_modified)
    assert not {"if-none-match", "if-modified-since"} & origin.asked[1].headers.keys()


async def test_one_validator_is_sent_without_the_other(origin: Origin) -> None:
    address = origin.at("/feed", b"x")
    await visit(address, last_modified="yesterday")
    assert "if-none-match" not in origin.asked[0].headers
    assert origin.asked[0].headers["if-modified-since"] == "yesterday"


@pytest.mark.parametrize("etag", ["", "\r\nX: y", "a\nb", "\0", "č", '"' + "x" * 2000 + '"'])
async def test_what_cannot_be_a_validator_is_left_out(origin: Origin, etag: str) -> None:
    sendable = len(etag) > 1000
    assert isinstance(await visit(origin.at("/feed", b"x"), etag=etag), Fetched)
    assert ("if-none-match" in origin.asked[0].headers) == sendable
    if sendable:
        found = await visit(origin.at("/feed", Answer(b"x", headers={"ETag": etag})))
        assert isinstance(found, Fetched)
        assert found.etag is None


async def test_a_document_that_comes_again_with_the_same_etag_is_read(origin: Origin) -> None:
    head = b'HTTP/1.1 200 OK\r\nETag: "constant"\r\n\r\nnew'
    address = origin.at("/feed", Answer(talk=lambda to: to.sendall(head)))
    found = await visit(address, etag='"constant"')
    assert isinstance(found, Fetched)
    assert found.body == b"new"


async def test_a_304_keeps_its_validators_and_freshness(origin: Origin) -> None:
    headers = {"ETag": '"b"', "Cache-Control": "max-age=600", "Age": "100"}
    address = origin.at("/feed", Answer(status=304, headers=headers))
    assert await visit(address, etag='"a"') == Unchanged(address, '"b"', None, 500, None)


@pytest.mark.parametrize("status", [429, 503, 403, 500])
@pytest.mark.parametrize("asked", ["3600", "Mon, 23 Nov 2026 09:40:00 GMT"])
async def test_a_refusal_says_how_long_to_stay_away(
    origin: Origin, status: int, asked: str
) -> None:
    answer = Answer(status=status, headers={"Retry-After": asked})
    found = await visit(origin.at("/feed", answer))
    assert isinstance(found, Failed)
    assert (found.status, found.retry_after) == (status, 3600)


async def test_a_feed_in_the_body_of_an_error_is_not_read(origin: Origin) -> None:
    found = await visit(origin.at("/feed", Answer(b"<rss/>", status=500)))
    assert found == Failed("status", "The server answers with error 500.", 500)


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


@pytest.mark.parametrize("packing", ["gzip", "deflate", "br", "zstd"])
async def test_it_unpacks_what_it_says_it_understands(origin: Origin, packing: str) -> None:
    for body in (b"<rss/>", bytes(range(256)) * 4000):
        packed = PACKERS[packing](body)
        answer = Answer(packed, headers={"Content-Encoding": packing})
        found = await visit(origin.at("/feed", answer))
        assert isinstance(found, Fetched)
        assert (found.body, found.transferred) == (body, len(packed))
    assert packing in origin.asked[0].headers["accept-encoding"].split(", ")


@pytest.mark.parametrize(
    ("body", "encoding", "failed"),
    [
        (
            gzipped(bytes(3_000_000)),
            "gzip",
            Failed("large", "The answer unpacks to more than 1953 kB.", 200),
        ),
        (
            brotli.compress(gzipped(b"<rss/>")),
            "gzip, br",
            Failed("broken", "The answer is compressed more than once.", 200),
        ),
        (
            gzipped(b"<rss/>" * 100)[:-20],
            "gzip",
            Failed("broken", "The compressed answer ends in the middle.", 200),
        ),
    ],
)
async def test_what_cannot_be_unpacked_is_a_failure(
    origin: Origin, body: bytes, encoding: str, failed: Failed
) -> None:
    address = origin.at("/feed", Answer(body, headers={"Content-Encoding": encoding}))
    assert await visit(address, limits=Limits(bytes=2_000_000)) == failed


async def test_two_headers_that_name_an_encoding_are_two_encodings(origin: Origin) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Encoding: br\r\n\r\n"
    packed = head + brotli.compress(gzipped(b"<rss/>"))
    found = await visit(origin.at("/feed", Answer(talk=lambda to: to.sendall(packed))))
    assert found == Failed("broken", "The answer is compressed more than once.", 200)
