"""A web server in a process of its own: documents on many loopback hosts, with ETag and gzip.

GET /feed/NUMBER        the document with this number, on any of the hosts
GET /mode/ITEMS/WORD    from now on: so many items; ETags begin with WORD
"""

import asyncio
import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from tests.benchmarks.processes import aside
from tests.benchmarks.samples import document

LOOPBACK = ("127.0.0.0/8",)
SLOW_EVERY = 10  # one host of ten, where some are slow
SLOW_SECONDS = 2.0
NOTHING = b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\nContent-Length: 0\r\n\r\n"
DOCUMENT = (
    b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Encoding: gzip\r\n"
    b"ETag: %s\r\nContent-Length: %d\r\n\r\n"
)


@dataclass(frozen=True, slots=True)
class Origin:
    """`addresses` has one for each source, on one host after the other."""

    port: int
    sources: int
    hosts: int

    @property
    def addresses(self) -> list[str]:
        return [
            f"http://{host(each % self.hosts)}:{self.port}/feed/{each}"
            for each in range(self.sources)
        ]

    async def turn(self, items: int, word: str) -> None:
        """From now on the documents have so many items and the ETags of this word."""
        async with httpx.AsyncClient(timeout=120) as client:
            address = f"http://{host(0)}:{self.port}/mode/{items}/{word}"
            (await client.get(address)).raise_for_status()


def host(number: int) -> str:
    return f"127.0.0.{number + 1}"


@contextmanager
def serving(sources: int, *, hosts: int | None = None, some_slow: bool = False) -> Iterator[Origin]:
    """A host per source, or fewer; of some hosts every answer begins after two seconds."""
    hosts = hosts or sources
    with aside(__name__, str(sources), str(hosts), str(int(some_slow))) as port:
        yield Origin(port, sources, hosts)


class _Documents:
    def __init__(self, sources: int) -> None:
        self.sources = sources
        self.bodies: list[tuple[bytes, bytes]] = []
        self.word = ""

    def turn(self, items: int, word: str) -> None:
        self.word = f"{word}-{items}"
        made = (document(each, items) for each in range(self.sources))
        self.bodies = [(kind.encode(), gzip.compress(body, 6)) for kind, body in made]

    def answer(self, head: str) -> bytes:
        _, what, *more = head.split(" ", 2)[1].split("/")
        if what == "mode":
            self.turn(int(more[0]), more[1])
            return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        stated = dict(
            line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line
        )
        etag = f'"{self.word}"'
        if stated.get("if-none-match") == etag:
            return NOTHING % etag.encode()
        kind, body = self.bodies[int(more[0])]
        return DOCUMENT % (kind, etag.encode(), len(body)) + body


async def _serve(sources: int, hosts: int, some_slow: int) -> None:
    documents = _Documents(sources)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        last = int(writer.get_extra_info("sockname")[0].rpartition(".")[2])
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                if some_slow and last % SLOW_EVERY == 0:
                    await asyncio.sleep(SLOW_SECONDS)
                writer.write(documents.answer(head.decode("latin-1")))
                await writer.drain()
                if b"connection: close" in head.lower():
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    first = await asyncio.start_server(answer, host(0), 0)
    port = first.sockets[0].getsockname()[1]
    others = [host(each) for each in range(1, hosts)]
    if others:
        await asyncio.start_server(answer, others, port)
    print(port, flush=True)
    await first.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(*map(int, sys.argv[1:])))
