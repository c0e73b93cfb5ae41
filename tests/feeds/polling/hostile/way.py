"""Transport, redirects, private networks, statuses."""

from io import BufferedIOBase

import brotli
import zstandard

from feeds.fetching import Limits
from tests.feeds.fetching.test_troubles import dripping, resetting, saying, silent_after
from tests.feeds.fetching.test_unpacking import gzipped
from tests.feeds.origin import Answer
from tests.feeds.polling.hostile.visiting import GOOD, Case, fails, is_none, reads, refuses

FEED = GOOD.encode()
OK = b'HTTP/1.1 200 OK\r\nETag: "v1"\r\n'
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
HASTY = Limits(silence=0.3)
NO_ANSWER = "The server closed the connection without an answer."
BREAKS_OFF = "The answer breaks off before its end."
BROKEN_OFF = "The server broke the connection off."
LONG_HEAD = "The head of the answer is too long."
NO_HTTP = "The server does not speak proper HTTP: {}."
SILENT = "The server was silent for 0.3 seconds."
LARGE = "The answer is larger than 976 kB."
UNPACKS = "The answer unpacks to more than 976 kB."
TWICE = "The answer is compressed more than once."


def talk(*parts: bytes) -> Answer:
    return Answer(talk=saying(*parts))


def endless(out: BufferedIOBase) -> None:
    while True:
        out.write(b"<item/>" * 10_000)


def packed(body: bytes, packing: str) -> Answer:
    return Answer(body, headers={"Content-Encoding": packing})


TRANSPORT: dict[str, Case] = {
    "nothing at all": fails(talk(), "unreachable", NO_ANSWER),
    "a feed without a head": fails(talk(FEED), "unreachable", NO_ANSWER),
    "another protocol": fails(
        talk(b"SSH-2.0-x\r\n\r\n"),
        "broken",
        NO_HTTP.format("illegal status line: bytearray(b'SSH-2.0-x')"),
    ),
    "half a head": fails(talk(OK + b"Content-Ty"), "unreachable", NO_ANSWER),
    "a header of a megabyte": fails(talk(OK + b"X: " + b"x" * 1_000_000), "large", LONG_HEAD),
    "a hundred thousand headers": fails(talk(OK, b"X: y\r\n" * 100_000), "large", LONG_HEAD),
    "a length below zero": fails(
        talk(OK + b"Content-Length: -5\r\n\r\n" + FEED),
        "broken",
        NO_HTTP.format("bad Content-Length"),
    ),
    "two lengths": fails(
        talk(OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + FEED),
        "broken",
        NO_HTTP.format("conflicting Content-Length headers"),
    ),
    "a length too long": fails(
        talk(OK + b"Content-Length: 9999\r\n\r\n" + FEED), "broken", BREAKS_OFF
    ),
    "a length of gigabytes": fails(
        talk(OK + b"Content-Length: 9999999999\r\n\r\n" + FEED), "large", LARGE, status=200
    ),
    "a length too short": reads(
        talk(OK + b"Content-Length: %d\r\n\r\n" % (len(FEED) - 20) + FEED),
        "Good again",
        error="The document breaks off; what could be read of it is kept.",
        etag=None,
    ),
    "a chunk that is none": fails(
        talk(CHUNKED + b"zz\r\n" + FEED),
        "broken",
        NO_HTTP.format("illegal chunk header: bytearray(b'zz\\r\\n')"),
    ),
    "chunks without an end": fails(talk(CHUNKED + b"5\r\n<rss>\r\n"), "broken", BREAKS_OFF),
    "a reset at once": fails(Answer(talk=resetting(b"")), "unreachable", BROKEN_OFF),
    "a reset in the middle": fails(
        Answer(talk=resetting(OK + b"Content-Length: 999\r\n\r\n<rss>")), "unreachable", BROKEN_OFF
    ),
    "silence": fails(Answer(talk=silent_after(b"")), "slow", SILENT, limits=HASTY),
    "silence after half a feed": fails(
        Answer(talk=silent_after(OK + b"\r\n" + FEED[:40])), "slow", SILENT, limits=HASTY
    ),
    "a head that drips": fails(
        Answer(talk=dripping(OK, b"X: y\r\n")),
        "slow",
        "The server took longer than 0.5 seconds.",
        limits=Limits(total=0.5),
    ),
    "a body that drips": fails(
        Answer(talk=dripping(OK + b"\r\n<rss>", b" ")),
        "slow",
        "The server took longer than 0.5 seconds.",
        limits=Limits(total=0.5),
    ),
    "a body without an end": fails(Answer(write=endless), "large", LARGE, status=200),
    "a body of three megabytes": fails(Answer(b"x" * 3_000_000), "large", LARGE, status=200),
    "another protocol from here on": fails(
        talk(b"HTTP/1.1 101 Switching Protocols\r\n\r\n"),
        "broken",
        NO_HTTP.format("Received server _SWITCH_UPGRADE event without a pending proposal"),
    ),
    "no connection": refuses(
        "http://127.77.255.1:1025/", "unreachable", "The server refuses the connection."
    ),
    "a gzip bomb": fails(packed(gzipped(bytes(5_000_000)), "gzip"), "large", UNPACKS, status=200),
    "a br bomb": fails(
        packed(brotli.compress(bytes(5_000_000)), "br"), "large", UNPACKS, status=200
    ),
    "a zstd bomb": fails(
        packed(zstandard.compress(bytes(5_000_000)), "zstd"), "large", UNPACKS, status=200
    ),
    "a gzip bomb without its header": fails(
        Answer(gzipped(bytes(5_000_000))), "large", UNPACKS, status=200
    ),
    "gzip in gzip": fails(
        packed(gzipped(gzipped(FEED)), "gzip, gzip"), "broken", TWICE, status=200
    ),
    "gzip in gzip that says one": fails(
        packed(gzipped(gzipped(FEED)), "gzip"), "broken", TWICE, status=200
    ),
    "half of a gzip": fails(
        packed(gzipped(FEED * 20)[:-20], "gzip"),
        "broken",
        "The compressed answer ends in the middle.",
        status=200,
    ),
    "a damaged br": fails(
        packed(b"\xff" * 100, "br"), "broken", "The compressed answer is damaged.", status=200
    ),
    "an unknown packing": fails(
        packed(FEED, "compress"),
        "broken",
        "The answer is compressed in a way we did not ask for: compress.",
        status=200,
    ),
    "gzip that is none": reads(packed(FEED, "gzip"), "Good again"),
    "gzip that does not say so": reads(Answer(gzipped(FEED)), "Good again"),
}


def to(location: str, status: int = 302, **headers: str) -> Answer:
    stated = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status=status, headers={"Location": location, **stated})


ONLY_HTTP = "Only addresses with http:// or https:// can be visited."
THERE = {"there": Answer(FEED, headers={"ETag": '"v1"'})}

REDIRECTS: dict[str, Case] = {
    **{
        f"{status}": reads(to("there", status), remembered, shows="source.moved_to", others=THERE)
        for status, remembered in (
            (301, "/there"),
            (302, None),
            (303, None),
            (307, None),
            (308, "/there"),
        )
    },
    "nowhere in particular": fails(
        to(""), "redirects", "The server moves us on without saying where.", status=302
    ),
    "a circle": fails(
        to("a"),
        "redirects",
        "The address leads in a circle.",
        status=302,
        others={"a": to("b"), "b": to("a")},
    ),
    "itself": fails(to("./"), "redirects", "The address leads in a circle.", status=302),
    "five hops": reads(
        to("1"),
        "Good again",
        others={**{str(n): to(str(n + 1)) for n in range(1, 5)}, "5": THERE["there"]},
    ),
    "six hops": fails(
        to("1"),
        "redirects",
        "The address leads on more than 5 times.",
        status=302,
        others={str(n): to(str(n + 1)) for n in range(1, 61)},
    ),
    "nowhere": fails(
        Answer(status=302), "redirects", "The server moves us on without saying where.", status=302
    ),
    "patience": fails(
        to("there", Retry_After="3600"),
        "limited",
        "The server asks us to wait before it moves us on.",
        status=302,
        minutes=60,
        reason="the server asked for a pause: 60 min",
    ),
    **{
        location.partition(":")[0]: fails(to(location), "address", ONLY_HTTP)
        for location in (
            "javascript:alert(1)",
            "data:text/xml,<rss/>",
            "file:///etc/passwd",
            "ftp://www.musterdorf.example/feed",
            "gopher://127.0.0.1:6379/_FLUSHALL",
        )
    },
    "a password": fails(
        to("http://ana:secret@www.musterdorf.example/"),
        "address",
        "The address holds a user name or a password.",
    ),
    "the port of a mail server": fails(
        to("http://www.musterdorf.example:25/"),
        "address",
        "Port 25 is not one that web pages are served from.",
    ),
    "half an address": fails(to("http://[::1"), "address", "This is not a web address."),
    "a page that sends browsers on": is_none(
        "<meta http-equiv=refresh content='0;url=/secret'>",
        "page",
        "The answer is a web page, not a feed.",
    ),
}

PRIVATE = "The address leads into a private network, which is not visited."
INSIDE = (
    *("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "017700000001", "0"),
    *("0.0.0.0", "127。0。0。1", "localhost", "LOCALHOST", "[::1]", "[::]"),
    *("[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]"),
    *("[2002:7f00:1::]", "[fd00:ec2::254]", "[fe80::1]", "10.0.0.1", "100.64.0.1", "0x0a.1"),
    *("168.63.129.16", "169.254.169.254", "2852039166", "172.16.0.1", "192.168.0.1"),
)
ODD = "The address holds characters that do not belong into an address."

NETWORKS: dict[str, Case] = {
    **{
        f"at {each}": refuses(f"http://{each}:{{port}}/secret", "network", PRIVATE)
        for each in INSIDE
    },
    **{
        f"to {each}": fails(to(f"http://{each}:{{port}}/secret", 301 + n % 2), "network", PRIVATE)
        for n, each in enumerate(INSIDE)
        # Header values are latin-1.
        if each.isascii()
    },
    "file:": refuses("file:///etc/passwd", "address", ONLY_HTTP),
    "gopher:": refuses("gopher://127.0.0.1:{port}/_x", "address", ONLY_HTTP),
    "a user name": refuses(
        "http://www.musterdorf.example@127.0.0.1:{port}/secret",
        "address",
        "The address holds a user name or a password.",
    ),
    "a backslash": refuses("http://127.77.0.1\\@127.0.0.1:{port}/secret", "address", ODD),
    "a line break": refuses("http://127.77.0.1:{port}/\r\nHost: 127.0.0.1", "address", ODD),
    "the port of a database": refuses(
        "http://127.77.0.1:543/", "address", "Port 543 is not one that web pages are served from."
    ),
    "digits of another writing": refuses(
        "http://１２７.0.0.1:{port}/secret", "address", "This is not a web address."
    ),
    "no server": refuses("http:///secret", "address", "The address names no server."),
    "nothing": refuses("no address", "address", ODD),
}
