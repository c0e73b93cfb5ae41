"""Everything a server may do instead of answering, each with what a person is told."""

import socket
import struct
import time
from collections.abc import Callable

import pytest

from feeds.fetching import fetch
from feeds.fetching.answers import Failed, Fetched, Limits
from tests.conftest import NOW
from tests.feeds.origin import LOOPBACK, Answer, Origin

pytestmark = pytest.mark.anyio
# Time enough for a busy machine: what is no question of time never ends because of it.
SMALL = Limits(bytes=20_000)
IMPATIENT = Limits(silence=0.3)
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"

Talk = Callable[[socket.socket], None]


def saying(*parts: bytes) -> Talk:
    def talk(connection: socket.socket) -> None:
        for part in parts:
            connection.sendall(part)

    return talk


def dripping(first: bytes, drop: bytes) -> Talk:
    """Goes on for as long as somebody listens: much longer than it is given."""

    def talk(connection: socket.socket) -> None:
        connection.sendall(first)
        for _ in range(1_000):
            connection.sendall(drop)
            time.sleep(0.03)

    return talk


def resetting(begin: bytes) -> Talk:
    def talk(connection: socket.socket) -> None:
        connection.sendall(begin)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    return talk


def silent_after(begin: bytes) -> Talk:
    def talk(connection: socket.socket) -> None:
        connection.sendall(begin)
        # Until the other side has gone.
        connection.recv(1)

    return talk


NO_HTTP = "The server does not speak proper HTTP: "
BREAKS_OFF = "The answer breaks off before its end."
LONG_HEAD = "The head of the answer is too long."
NO_ANSWER = "The server closed the connection without an answer."
LARGE = "The answer is larger than 19 kB."

NO_PROPER_ANSWERS: dict[str, tuple[Talk, str, str]] = {
    "nothing": (saying(), "unreachable", NO_ANSWER),
    "a document without any head": (saying(b"<rss/>"), "unreachable", NO_ANSWER),
    "another protocol": (saying(b"SSH-2.0-x\r\n\r\n"), "broken", NO_HTTP),
    "half a head": (saying(OK + b"Content-Ty"), "unreachable", NO_ANSWER),
    "a header without a colon": (saying(OK + b"what\r\n\r\n"), "broken", NO_HTTP),
    "a header with a NUL": (saying(OK + b"ETag: \0\r\n\r\n"), "broken", NO_HTTP),
    "a header of a megabyte": (saying(OK + b"X: " + b"x" * 1_000_000), "large", LONG_HEAD),
    "a hundred thousand headers": (saying(OK, b"X: y\r\n" * 100_000), "large", LONG_HEAD),
    "nothing but interim answers": (
        saying(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100_000),
        "large",
        LONG_HEAD,
    ),
    "a length below zero": (saying(OK + b"Content-Length: -5\r\n\r\nhello"), "broken", NO_HTTP),
    "a length that is a word": (
        saying(OK + b"Content-Length: few\r\n\r\nhello"),
        "broken",
        NO_HTTP,
    ),
    "two lengths": (
        saying(OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"),
        "broken",
        NO_HTTP,
    ),
    "a length that is not kept": (
        saying(OK + b"Content-Length: 500\r\n\r\nhello"),
        "broken",
        BREAKS_OFF,
    ),
    "a length beyond all limits": (
        saying(OK + b"Content-Length: 99999999999999999999\r\n\r\nhello"),
        "large",
        LARGE,
    ),
    "an unknown way to transfer": (
        saying(OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n"),
        "broken",
        NO_HTTP,
    ),
    "a chunk without a size": (saying(CHUNKED + b"much\r\nhello\r\n"), "broken", NO_HTTP),
    "a chunk of another size": (saying(CHUNKED + b"3\r\nhello\r\n0\r\n\r\n"), "broken", NO_HTTP),
    "chunks without an end": (saying(CHUNKED + b"5\r\nhello\r\n"), "broken", BREAKS_OFF),
    # More than a line may have and less than a body with all that stands around its chunks: with
    # more, it would hang on the pieces in which it arrives which of the two is found first.
    "a chunk with an endless name": (
        saying(CHUNKED + b"1;" + b"x" * 120_000),
        "large",
        LONG_HEAD,
    ),
    "many chunks with long names": (
        saying(CHUNKED, (b"1;" + b"x" * 5_000 + b"\r\n.\r\n") * 100),
        "large",
        LARGE,
    ),
    "chunks of a single byte": (
        saying(CHUNKED + b"1\r\n.\r\n" * 11_000),
        "broken",
        "The server sends its answer in crumbs.",
    ),
    "chunks beyond the limit": (
        saying(CHUNKED, (b"4000\r\n" + b"x" * 0x4000 + b"\r\n") * 3),
        "large",
        LARGE,
    ),
    "a body without a length beyond the limit": (
        saying(OK + b"\r\n", b"x" * 100_000),
        "large",
        LARGE,
    ),
    "a reset at once": (resetting(b""), "unreachable", "The server broke the connection off."),
    "a reset in the middle": (
        resetting(OK + b"Content-Length: 500\r\n\r\nhello"),
        "unreachable",
        "The server broke the connection off.",
    ),
    "a switch to another protocol": (
        saying(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"),
        "broken",
        NO_HTTP,
    ),
    "a status that nobody knows": (
        saying(b"HTTP/1.1 799 Strange\r\n\r\n"),
        "status",
        "The server answers with error 799.",
    ),
}


@pytest.mark.parametrize("case", NO_PROPER_ANSWERS)
async def test_what_is_no_proper_answer_fails_with_a_sentence(origin: Origin, case: str) -> None:
    talk, problem, sentence = NO_PROPER_ANSWERS[case]
    address = origin.at("/feed", Answer(talk=talk))
    found = await fetch(address, now=NOW, limits=SMALL, private_networks=LOOPBACK)
    assert isinstance(found, Failed)
    said = NO_HTTP if found.sentence.startswith(NO_HTTP) else found.sentence
    assert (found.problem, said, found.sentence[-1]) == (problem, sentence, ".")


@pytest.mark.parametrize("begin", [b"", OK, OK + b"\r\n", OK + b"\r\n<rss>"])
async def test_silence_is_waited_for_as_long_as_was_told(origin: Origin, begin: bytes) -> None:
    address = origin.at("/feed", Answer(talk=silent_after(begin)))
    found = await fetch(address, now=NOW, limits=IMPATIENT, private_networks=LOOPBACK)
    assert found == Failed("slow", "The server was silent for 0.3 seconds.")


@pytest.mark.parametrize(
    ("first", "drop"),
    [
        (OK, b"X: y\r\n"),
        (CHUNKED, b"1\r\n.\r\n"),
        (OK + b"Content-Length: 9000\r\n\r\n", b"."),
    ],
)
async def test_whatever_drips_ends_at_the_deadline(
    origin: Origin, first: bytes, drop: bytes
) -> None:
    address = origin.at("/feed", Answer(talk=dripping(first, drop)))
    found = await fetch(address, now=NOW, limits=Limits(total=0.2), private_networks=LOOPBACK)
    assert found == Failed("slow", "The server took longer than 0.2 seconds.")


@pytest.mark.parametrize(
    "answer",
    [
        OK + b"Content-Length: 5\r\n\r\nhello and what nobody announced",
        OK + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
        OK + b"\r\nhello",
        b"HTTP/1.0 200\r\n\r\nhello",
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + OK + b"\r\nhello",
        CHUNKED + b"2;name=value\r\nhe\r\n03\r\nllo\r\n0\r\nExpires: 0\r\n\r\n",
        OK + b"Content-Length: 5\r\nETag: a\r\nETag: b\r\n\r\nhello",
    ],
)
async def test_what_is_odd_and_clear_is_read(origin: Origin, answer: bytes) -> None:
    address = origin.at("/feed", Answer(talk=saying(answer)))
    found = await fetch(address, now=NOW, limits=SMALL, private_networks=LOOPBACK)
    assert isinstance(found, Fetched)
    assert (found.body, found.etag) == (b"hello", "a" if b"ETag" in answer else None)


async def test_a_server_that_is_not_there_is_named_so() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        found = await fetch(f"http://127.0.0.1:{port}/", now=NOW, private_networks=LOOPBACK)
    assert found == Failed("unreachable", "The server refuses the connection.")


async def test_a_name_that_nobody_has_is_named_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    found = await fetch("https://nobody.invalid/", now=NOW)
    sentence = "There is no server with the name nobody.invalid."
    assert found == Failed("unreachable", sentence)
