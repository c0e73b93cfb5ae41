"""Connecting only to IP addresses that may be reached, and to the very ones that were judged.

The judgement is made at the connection, not before it: between a check and a connection that
resolves again, a name may come to mean something else.
"""

import asyncio
import socket
from collections.abc import Iterable

import httpcore

from feeds.networks import may_reach

ADDRESSES_TRIED = 3


class PrivateNetworkError(Exception):
    """None of the addresses may be reached; the message is a sentence for a person."""


class UnknownServerError(Exception):
    """The name has no address; the message is a sentence for a person."""


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Connects only to IP addresses that may be reached, and to the very ones it has judged."""

    def __init__(self, private_networks: tuple[str, ...]) -> None:
        self._private_networks = private_networks
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        reachable = await self._resolve(host, port, timeout)
        error: Exception = OSError("no address")
        for ip in reachable[:ADDRESSES_TRIED]:
            try:
                return await self._inner.connect_tcp(
                    ip, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as reason:
                error = reason
        raise error

    async def _resolve(self, host: str, port: int, seconds: float | None) -> list[str]:
        name = host.strip("[]")
        try:
            async with asyncio.timeout(seconds):
                found = await asyncio.get_running_loop().getaddrinfo(
                    name, port, type=socket.SOCK_STREAM
                )
        except (socket.gaierror, UnicodeError) as error:
            sentence = f"There is no server with the name {name[:100]}."
            raise UnknownServerError(sentence) from error
        ips = list(dict.fromkeys(str(info[4][0]) for info in found))
        reachable = [ip for ip in ips if may_reach(ip, self._private_networks)]
        if not reachable:
            sentence = "The address leads into a private network, which is not visited."
            raise PrivateNetworkError(sentence)
        return reachable
