"""Which addresses are connected to, whatever they are called, and how TLS is spoken with them."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import certifi
import httpcore
import pytest

from feeds.fetching import fetch
from feeds.fetching.answers import Failed, Fetched, Limits
from feeds.fetching.asking import _ssl_context
from feeds.fetching.connecting import connect
from tests.conftest import NOW
from tests.feeds.origin import LOOPBACK, Answer, Origin

pytestmark = pytest.mark.anyio
CERTIFICATE = Path(__file__).parent / "certificate.pem"
PRIVATE = Failed("network", "The address leads into a private network, which is not visited.")

# All of them are this machine or its network, or a cloud's own services.
INSIDE = [
    "127.0.0.1",
    "127.1",
    "127.255.255.254",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0x7f.1",
    "017700000001",
    "0",
    "0.0.0.0",
    "127。0。0。1",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "127.0.0.1.",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[fd00:ec2::254]",
    "[fe80::1]",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "169.254.169.254",
    "2852039166",
    "172.16.0.1",
    "192.168.0.1",
    "198.18.0.1",
    "255.255.255.255",
]


@pytest.mark.parametrize("host", INSIDE)
async def test_no_spelling_leads_inside(origin: Origin, host: str) -> None:
    port = origin.address.rpartition(":")[2]
    found = await fetch(f"http://{host}:{port}/feed", now=NOW)
    # Not every resolver knows a name or a number with a dot behind it, or says so at once.
    asking = isinstance(found, Failed) and found.problem in ("unreachable", "slow")
    assert found == PRIVATE or (asking and host.endswith("."))
    assert origin.asked == []


@pytest.mark.parametrize("host", ["10.0.0.1", "[::1]", "0x0a.1", "[::ffff:10.0.0.1]", "167772161"])
@pytest.mark.parametrize("status", [301, 307])
async def test_no_redirect_leads_inside(origin: Origin, host: str, status: int) -> None:
    location = {"Location": f"http://{host}/secret"}
    address = origin.at("/feed", Answer(status=status, headers=location))
    assert await fetch(address, now=NOW, private_networks=LOOPBACK) == PRIVATE


Names = dict[str, list[list[str]]]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """What the resolver answers: name → the addresses for each time that it is asked."""
    known: Names = {}

    def getaddrinfo(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        ips = known[host].pop(0) if len(known[host]) > 1 else known[host][0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ips]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return known


async def test_a_name_for_a_private_address_is_refused(names: Names) -> None:
    names["intranet.example"] = [["10.0.0.1", "192.168.0.1"]]
    assert await fetch("http://intranet.example/", now=NOW, private_networks=LOOPBACK) == PRIVATE


async def test_of_mixed_addresses_only_those_that_may_be_reached_are(
    origin: Origin, names: Names
) -> None:
    names["mixed.example"] = [["10.0.0.1", "169.254.169.254", "127.0.0.1"]]
    origin.at("/feed", b"<rss/>")
    address = origin.address.replace("127.0.0.1", "mixed.example") + "/feed"
    found = await fetch(address, now=NOW, private_networks=LOOPBACK)
    assert isinstance(found, Fetched)
    assert found.address == address


async def test_a_name_that_changes_between_two_hops_is_judged_again(
    origin: Origin, names: Names
) -> None:
    names["turning.example"] = [["127.0.0.1"], ["10.0.0.1"]]
    port = origin.address.rpartition(":")[2]
    there = {"Location": f"http://turning.example:{port}/secret"}
    origin.at("/feed", Answer(status=302, headers=there))
    origin.at("/secret", b"secret")
    found = await fetch(f"http://turning.example:{port}/feed", now=NOW, private_networks=LOOPBACK)
    assert found == PRIVATE
    assert [asked.path for asked in origin.asked] == ["/feed"]


async def test_the_address_that_was_judged_is_the_one_connected_to(
    origin: Origin, names: Names
) -> None:
    # A second look would find the private one; there is none.
    names["once.example"] = [["127.0.0.1"], ["10.0.0.1"]]
    origin.at("/feed", b"<rss/>")
    address = origin.address.replace("127.0.0.1", "once.example") + "/feed"
    assert isinstance(await fetch(address, now=NOW, private_networks=LOOPBACK), Fetched)
    assert names["once.example"] == [["10.0.0.1"]]
    assert origin.asked[0].headers["host"].startswith("once.example:")


async def test_the_next_address_is_tried_when_one_is_dead(origin: Origin, names: Names) -> None:
    names["half.example"] = [["127.9.9.9", "127.0.0.1"]]
    origin.at("/feed", b"<rss/>")
    address = origin.address.replace("127.0.0.1", "half.example") + "/feed"
    assert isinstance(await fetch(address, now=NOW, private_networks=LOOPBACK), Fetched)


async def test_both_families_are_tried_before_a_second_of_one(origin: Origin, names: Names) -> None:
    names["six.example"] = [["::1", "::1%1", "::1%2", "::1%3", "127.0.0.1"]]
    networks = (*LOOPBACK, "::1/128")
    origin.at("/feed", b"<rss/>")
    address = origin.address.replace("127.0.0.1", "six.example") + "/feed"
    assert isinstance(await fetch(address, now=NOW, private_networks=networks), Fetched)


async def test_a_name_that_nobody_answers_for_ends_with_the_connect_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answered = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answered.wait(30) and [])
    found = await fetch("http://slow.example/", now=NOW, limits=Limits(connect=0.1))
    answered.set()
    assert found == Failed("slow", "No connection stood within 0.1 seconds.")


@contextmanager
def _listening(tls: ssl.SSLContext | None, says: bytes = b"welcome") -> Iterator[int]:
    """Says something once over TLS; without a context it takes a connection and is silent."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            try:
                connection, _ = server.accept()
                with connection:
                    if tls is None:
                        ended.wait(30)
                        return
                    with tls.wrap_socket(connection, server_side=True) as wrapped:
                        if says.startswith(b"HTTP/"):
                            # Closed with a request unread, it would take back what it said.
                            _read_request(wrapped)
                        wrapped.sendall(says)
            except OSError:
                pass

        ended = threading.Event()
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        ended.set()
    thread.join(30)


def _read_request(connection: ssl.SSLSocket) -> None:
    received = b""
    while b"\r\n\r\n" not in received and (part := connection.recv(65536)):
        received += part


@pytest.fixture
def encrypting() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


async def test_a_certificate_that_nobody_vouches_for_is_refused(
    encrypting: ssl.SSLContext,
) -> None:
    with _listening(encrypting) as port:
        found = await fetch(f"https://localhost:{port}/", now=NOW, private_networks=LOOPBACK)
    sentence = "The server's certificate is not valid: self-signed certificate."
    assert found in (
        Failed("unreachable", sentence),
        Failed("unreachable", sentence.replace("self-", "self ")),
    )


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The certificate of these tests is vouched for, as all others are by certifi."""
    monkeypatch.setattr(certifi, "where", lambda: str(CERTIFICATE))
    _ssl_context.cache_clear()
    yield
    _ssl_context.cache_clear()


@pytest.mark.usefixtures("trusted")
async def test_a_document_comes_over_tls(encrypting: ssl.SSLContext) -> None:
    with _listening(encrypting, b"HTTP/1.1 200 OK\r\n\r\n<rss/>") as port:
        found = await fetch(f"https://127.0.0.1:{port}/", now=NOW, private_networks=LOOPBACK)
    assert isinstance(found, Fetched)
    assert found.body == b"<rss/>"


@pytest.mark.usefixtures("trusted")
async def test_nobody_is_led_from_https_to_http(origin: Origin, encrypting: ssl.SSLContext) -> None:
    origin.at("/feed", b"<rss/>")
    head = f"HTTP/1.1 301 Moved\r\nLocation: {origin.address}/feed\r\n\r\n".encode()
    with _listening(encrypting, head) as port:
        found = await fetch(f"https://127.0.0.1:{port}/", now=NOW, private_networks=LOOPBACK)
    sentence = "The server moves us from https to unprotected http."
    assert found == Failed("redirects", sentence, 301)
    assert origin.asked == []


@pytest.mark.parametrize("host", ["localhost", "localhost.", "127.0.0.1"])
async def test_bytes_go_over_tls_to_the_name_in_the_certificate(
    encrypting: ssl.SSLContext, names: Names, host: str
) -> None:
    names[host] = [["127.0.0.1"]]
    trusting = ssl.create_default_context(cafile=CERTIFICATE)
    with _listening(encrypting) as port:
        connection = await connect(
            host, port, seconds=10.0, room=100, tls=trusting, private_networks=LOOPBACK
        )
        try:
            assert await connection.read(100, timeout=10.0) == b"welcome"
        finally:
            await connection.aclose()


async def test_another_name_than_that_in_the_certificate_is_refused(
    encrypting: ssl.SSLContext, names: Names
) -> None:
    names["other.example"] = [["127.0.0.1"]]
    trusting = ssl.create_default_context(cafile=CERTIFICATE)
    with (
        _listening(encrypting) as port,
        pytest.raises(ssl.SSLCertVerificationError, match="mismatch"),
    ):
        await connect(
            "other.example", port, seconds=10.0, room=100, tls=trusting, private_networks=LOOPBACK
        )


async def test_a_handshake_that_never_ends_is_given_up() -> None:
    with _listening(None) as port:
        found = await fetch(
            f"https://127.0.0.1:{port}/",
            now=NOW,
            limits=Limits(connect=0.2),
            private_networks=LOOPBACK,
        )
    assert found == Failed("slow", "No connection stood within 0.2 seconds.")


async def test_a_server_without_tls_is_named_so(origin: Origin) -> None:
    address = origin.address.replace("http:", "https:")
    found = await fetch(address, now=NOW, private_networks=LOOPBACK)
    sentence = "No encrypted connection to the server can be made."
    assert found == Failed("unreachable", sentence)


async def test_reading_waits_no_longer_than_it_was_told() -> None:
    with _listening(None) as port:
        connection = await connect(
            "127.0.0.1", port, seconds=10.0, room=100, private_networks=LOOPBACK
        )
        with pytest.raises(httpcore.ReadTimeout):
            await connection.read(1, timeout=0.05)
        await connection.aclose()
