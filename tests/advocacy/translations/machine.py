"""A real server on this machine that speaks as a translator does."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

DICTIONARY = {
    "Großraubtiere": "Grands prédateurs",
    "Die Kosten sind zu ersetzen.": "Les coûts doivent être remboursés.",
    "Die Regel wird nach drei Jahren geprüft.": "La règle est réexaminée après trois ans.",
    "Voller Ersatz der Kosten": "Remboursement intégral",
}


class Machine(ThreadingHTTPServer):
    """`asked`: what was sent, in order. `answers` replaces what comes back for one path."""

    daemon_threads = True
    asked: list[dict[str, Any]]
    status = 200
    body: bytes | None = None
    wait = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Machine

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(
            asked | {"_path": self.path, "_auth": self.headers.get("Authorization")}
        )
        time.sleep(self.server.wait)
        body = self.server.body or json.dumps(self._said(asked)).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(BrokenPipeError):  # who asked has gone
            self.wfile.write(body)

    def _said(self, asked: dict[str, Any]) -> dict[str, Any]:
        if self.path == "/translate":
            return {"translatedText": [DICTIONARY.get(each, each.upper()) for each in asked["q"]]}
        text = asked["messages"][1]["content"]
        return {"choices": [{"message": {"content": DICTIONARY.get(text, text.upper())}}]}

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def machine() -> Iterator[Machine]:
    server = Machine(("127.0.0.1", 0), _Handler)
    server.asked = []
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
