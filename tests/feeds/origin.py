"""A web server of our own on loopback that answers what a test tells it to."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase

LOOPBACK = ("127.0.0.0/8",)


@dataclass
class Answer:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    # Writes the body itself, for answers that no server should give.
    write: Callable[[BufferedIOBase], None] | None = None
    # Has the connection to itself, for what is no HTTP at all.
    talk: Callable[[socket.socket], None] | None = None


@dataclass
class Asked:
    path: str
    headers: dict[str, str]
    method: str = "GET"
    body: bytes = b""


@dataclass
class Origin:
    address: str
    answers: dict[str, Answer] = field(default_factory=dict, repr=False)
    asked: list[Asked] = field(default_factory=list, repr=False)

    def at(self, path: str, answer: Answer | bytes) -> str:
        """Answer so from now on; the address to ask."""
        self.answers[path] = Answer(answer) if isinstance(answer, bytes) else answer
        return self.address + path


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # With the usual five, a connection among many is made a second late.
    request_queue_size = 128


@contextlib.contextmanager
def serving(host: str = "127.0.0.1") -> Iterator[Origin]:
    """On 0.0.0.0, every address of loopback is a host of its own."""
    origin = Origin("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            stated = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(stated.get("content-length", "0")))
            origin.asked.append(Asked(self.path, stated, self.command, body))
            answer = origin.answers.get(self.path, Answer(status=404))
            if answer.talk is not None:
                with contextlib.suppress(OSError):
                    answer.talk(self.connection)
                return
            etag = answer.headers.get("ETag")
            fresh = answer.status == 200 and etag and stated.get("if-none-match") == etag
            self.send_response(304 if fresh else answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.write is None and "Content-Length" not in answer.headers:
                self.send_header("Content-Length", "0" if fresh else str(len(answer.body)))
            self.end_headers()
            with contextlib.suppress(OSError):
                if answer.write is not None:
                    answer.write(self.wfile)
                elif not fresh:
                    self.wfile.write(answer.body)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    server = _Server((host, 0), Handler)
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    ).start()
    origin.address = f"http://{host}:{server.server_address[1]}"
    try:
        yield origin
    finally:
        server.shutdown()
        server.server_close()
