"""A web server in a process of its own: one document per host, with ETag and gzip.

GET /feed               the document of this host
GET /mode/ITEMS/WORD    from now on: so many items; ETags begin with WORD
"""

import asyncio
import gzip
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.benchmarks.samples import rss

NOTHING = b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\nContent-Length: 0\r\n\r\n"
DOCUMENT = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Encoding: gzip\r\n"
    b"ETag: %s\r\nContent-Length: %d\r\n\r\n"
)


@dataclass(frozen=True, slots=True)
class Origin:
    port: int
    sources: int

    @property
    def addresses(self) -> list[str]:
        return [f"http://{host(each)}:{self.port}/feed" for each in range(self.sources)]

    def mode(self, items: int, word: str) -> str:
        """The address to ask for this mode."""
        return f"http://{host(0)}:{self.port}/mode/{items}/{word}"


def host(source: int) -> str:
    return f"127.0.0.{source + 1}"


@contextmanager
def serving(sources: int) -> Iterator[Origin]:
    command = [sys.executable, "-m", __name__, str(sources)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        try:
            yield Origin(int(process.stdout.readline()), sources)
        finally:
            process.kill()


class _Documents:
    def __init__(self, sources: int) -> None:
        self.sources = sources
        self.bodies: list[bytes] = []
        self.word = ""

    def turn(self, items: int, word: str) -> None:
        self.word = f"{word}-{items}"
        self.bodies = [gzip.compress(rss(each, items), 6) for each in range(self.sources)]

    def answer(self, head: str) -> bytes:
        path = head.split(" ", 2)[1]
        if path.startswith("/mode/"):
            _, _, items, word = path.split("/")
            self.turn(int(items), word)
            return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        stated = dict(
            line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line
        )
        etag = f'"{self.word}"'
        if stated.get("if-none-match") == etag:
            return NOTHING % etag.encode()
        source = int(stated["host"].partition(":")[0].rpartition(".")[2]) - 1
        body = self.bodies[source]
        return DOCUMENT % (etag.encode(), len(body)) + body


async def _serve(sources: int) -> None:
    documents = _Documents(sources)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
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
    others = [host(each) for each in range(1, sources)]
    if others:
        await asyncio.start_server(answer, others, port)
    print(port, flush=True)
    await first.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
