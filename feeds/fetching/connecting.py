"""Connecting only to IP addresses that may be reached, and to the very ones that were judged.

The judgement is made at the connection, not before it: between a check and a connection that
resolves again, a name may come to mean something else.
"""

import asyncio
import socket
import ssl
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from ipaddress import ip_address
from itertools import zip_longest
from typing import Any  # httpcore's extra information may be anything

import httpcore

from feeds.fetching.networks import may_reach

ADDRESSES_TRIED = 3
RESOLVED_AT_ONCE = 16

# Not the event loop's own threads: names that nobody answers for would take all of them.
_resolving = ThreadPoolExecutor(RESOLVED_AT_ONCE, "resolving")


class PrivateNetworkError(Exception):
    """None of the addresses may be reached; the message is a sentence for a person."""


class UnknownServerError(Exception):
    """The name has no address; the message is a sentence for a person."""


class TooMuchError(Exception):
    """More came over the connection than was allowed."""


class Connection(httpcore.AsyncNetworkStream):
    """Bytes to and from one judged IP address, at most `room` more of them from it."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, room: int
    ) -> None:
        self._reader, self._writer = reader, writer
        self.room = room

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's signature
        with _in_httpcores_words(httpcore.ReadTimeout, httpcore.ReadError):
            async with asyncio.timeout(timeout):
                received = await self._reader.read(max_bytes)
        self.room -= len(received)
        if self.room < 0:
            raise TooMuchError
        return received

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - httpcore's signature
        with _in_httpcores_words(httpcore.WriteTimeout, httpcore.WriteError):
            self._writer.write(buffer)
            async with asyncio.timeout(timeout):
                await self._writer.drain()

    async def aclose(self) -> None:
        # A polite end to TLS would wait for the other side, for as long as that likes.
        self._writer.transport.abort()

    def get_extra_info(self, info: str) -> Any:
        return self._writer.get_extra_info(info)


async def connect(
    host: str,
    port: int,
    *,
    seconds: float,
    room: int,
    tls: ssl.SSLContext | None = None,
    private_networks: tuple[str, ...] = (),
) -> Connection:
    """A connection to one of the host's first three addresses, `seconds` for each.

    Raises PrivateNetworkError, UnknownServerError, httpcore.ConnectTimeout and OSError.
    """
    reachable = await _reachable(host, port, seconds, private_networks)
    # The name in the certificate has no dot at its end.
    named = host.rstrip(".") if tls else None
    error: Exception = OSError("no address")
    for ip in reachable[:ADDRESSES_TRIED]:
        try:
            async with asyncio.timeout(seconds):
                reader, writer = await asyncio.open_connection(
                    ip, port, ssl=tls, server_hostname=named
                )
            return Connection(reader, writer, room)
        except TimeoutError:
            error = httpcore.ConnectTimeout()
        except OSError as reason:
            error = reason
    raise error


async def _reachable(
    host: str, port: int, seconds: float, private_networks: tuple[str, ...]
) -> list[str]:
    ips = [host] if _is_ip_address(host) else await _resolve(host, port, seconds)
    reachable = [ip for ip in ips if may_reach(ip, private_networks)]
    if not reachable:
        sentence = "The address leads into a private network, which is not visited."
        raise PrivateNetworkError(sentence)
    return reachable


def _is_ip_address(host: str) -> bool:
    # 127.1, 0x7f000001 and the like are none in this sense: the resolver says what they mean.
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


async def _resolve(name: str, port: int, seconds: float) -> list[str]:
    try:
        async with asyncio.timeout(seconds):
            found = await asyncio.get_running_loop().run_in_executor(
                _resolving, _addresses_of, name, port
            )
    except TimeoutError as error:
        raise httpcore.ConnectTimeout from error
    except (socket.gaierror, ValueError) as error:
        raise UnknownServerError(f"There is no server with the name {name[:100]}.") from error
    return _in_turn(found)


def _addresses_of(name: str, port: int) -> list[str]:
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def _in_turn(ips: Sequence[str]) -> list[str]:
    """IPv6 and IPv4 by turns, what the resolver prefers first: one of them may lead nowhere."""
    first = [ip for ip in ips if (":" in ip) == (":" in ips[0])]
    second = [ip for ip in ips if ip not in first]
    return [ip for pair in zip_longest(first, second) for ip in pair if ip]


@contextmanager
def _in_httpcores_words(
    late: type[httpcore.TimeoutException], other: type[httpcore.NetworkError]
) -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise late from error
    except OSError as error:
        raise other(str(error)) from error
