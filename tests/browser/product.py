"""The real product, started as an operator starts it: `python -m advocacy demo` in a folder."""

import email
import email.policy
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).parent.parent.parent
T = TypeVar("T")
WAY_IN = re.compile(r"^  (\w+) .*?(http://\S+/(?:in|a)/\S+)$", re.MULTILINE)
STARTS_WITHIN = 120.0  # seconds, on a busy machine
LETTER_WITHIN = 40.0


@dataclass(frozen=True, slots=True)
class Product:
    home: Path
    address: str
    ways_in: dict[str, str]
    environment: dict[str, str]

    def login_link(self, person: str) -> str:
        """For `person`, an e-mail address: what an operator does who cannot wait for a letter."""
        done = subprocess.run(
            [sys.executable, "-m", "advocacy", "login-link", person],
            cwd=self.home, env=self.environment | {"ALPHORN_BASE_URL": self.address},
            capture_output=True, text=True, check=True, timeout=60,
        )  # fmt: skip
        return done.stdout.strip()

    def letters(self, *, to: str, about: str) -> list[EmailMessage]:
        """Those in the folder, newest last; `about` stands in the subject."""
        found = []
        for file in sorted(
            (self.home / "mail").glob("*.eml"), key=lambda each: each.stat().st_mtime
        ):
            letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            if to in str(letter["To"]) and about in str(letter["Subject"]):
                found.append(letter)
        return found

    def letter(self, *, to: str, about: str) -> EmailMessage:
        """Waits until it has left: jobs run every few seconds."""
        found = until(lambda: self.letters(to=to, about=about), LETTER_WITHIN, f"{about} to {to}")
        return found[-1]

    def logged(self) -> str:
        return (self.home / "stderr").read_text()


def until(ask: Callable[[], T], within: float, what: str) -> T:
    """What `ask` gives as soon as it is true; fails after `within` seconds."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if found := ask():
            return found
        time.sleep(0.1)
    raise AssertionError(f"Waited {within:.0f} s in vain: {what}")


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(letter: EmailMessage, path: str) -> str:
    """The first address in the text whose path begins so, as `/a/`."""
    found = re.search(rf"http://[^/\s]+{path}\S+", text_of(letter))
    assert found, text_of(letter)
    return found[0]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demo(home: Path) -> Iterator[Product]:
    environment = _environment()
    with _child(home, environment, "demo") as child:
        yield _ready(home, child, environment)


@contextmanager
def serving(home: Path) -> Iterator[tuple[str, Callable[[], str]]]:
    """An empty office, as in earnest. Its address, and what it has logged so far."""
    environment = _environment()
    address = f"http://{environment['ALPHORN_BIND']}"
    with _child(home, environment, "migrate") as migration:
        migration.wait(STARTS_WITHIN)
    with _child(home, environment | {"ALPHORN_BASE_URL": address}, "serve"):
        until(lambda: _answers(address), STARTS_WITHIN, "the office answers")
        yield address, (home / "stderr").read_text


def _environment() -> dict[str, str]:
    """Nothing of these tests' own settings reaches the product."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("ALPHORN_")}
    return ours | {"PYTHONPATH": str(ROOT), "ALPHORN_BIND": f"127.0.0.1:{_free_port()}"}


@contextmanager
def _child(
    home: Path, environment: dict[str, str], word: str
) -> Iterator["subprocess.Popen[bytes]"]:
    with (home / "stdout").open("wb") as said, (home / "stderr").open("wb") as logged:
        child = subprocess.Popen(
            [sys.executable, "-m", "advocacy", word],
            cwd=home, env=environment, stdout=said, stderr=logged,
        )  # fmt: skip
    try:
        yield child
    finally:
        child.send_signal(signal.SIGINT)
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _ready(home: Path, child: "subprocess.Popen[bytes]", environment: dict[str, str]) -> Product:
    def said() -> str:
        assert child.poll() is None, (home / "stderr").read_text()
        text = (home / "stdout").read_text()
        return text if "Stop with" in text else ""

    text = until(said, STARTS_WITHIN, "the demo prints its address")
    ways_in = {match[1]: match[2] for match in WAY_IN.finditer(text)}
    address = re.search(r"^Alphorn.*: (http://\S+)$", text, re.MULTILINE)
    assert address and set(ways_in) == {"Secretariat", "Coordinator", "Presidency", "Municipality"}
    until(lambda: _answers(address[1]), STARTS_WITHIN, "the demo answers")
    return Product(home, address[1], ways_in, environment)


def _answers(address: str) -> bool:
    host, _, port = address.removeprefix("http://").rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=1).close()
    except OSError:
        return False
    return True
