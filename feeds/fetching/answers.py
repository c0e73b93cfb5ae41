"""What a visit may cost, and the three ways in which it ends."""

from dataclasses import dataclass
from typing import Literal

# broken: it answered, and not in proper HTTP or with a body that cannot be unpacked.
Problem = Literal[
    "address",
    "network",
    "unreachable",
    "slow",
    "large",
    "broken",
    "redirects",
    "status",
    "gone",
    "limited",
]


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes and hops that one visit may cost, and the name we give.

    `connect` is for each IP address and includes the handshake of TLS; `silence` is the longest
    wait for the next bytes; `bytes` counts before unpacking and again after it.
    """

    total: float = 30.0
    connect: float = 5.0
    silence: float = 10.0
    bytes: int = 10 * 1024 * 1024
    hops: int = 5
    user_agent: str = "Alphorn/0.1 (+https://alphorn.example/about-the-robot)"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body. `moved_to` is set when every hop to it was a permanent redirect.

    `transferred` counts the bytes of the body as they came, `max_age` the seconds for which the
    answer stays fresh from now on.
    """

    address: str
    status: int
    body: bytes
    content_type: str
    etag: str | None
    last_modified: str | None
    max_age: int | None
    moved_to: str | None
    transferred: int


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The server says that nothing has changed; its validators may have."""

    address: str
    etag: str | None
    last_modified: str | None
    max_age: int | None
    moved_to: str | None


@dataclass(frozen=True, slots=True)
class Failed:
    """No body, and why. `retry_after` in seconds, when the server asked for a pause."""

    problem: Problem
    sentence: str
    status: int | None = None
    retry_after: int | None = None


class RefusedError(Exception):
    """Ends a visit from within it."""

    def __init__(self, failed: Failed) -> None:
        self.failed = failed
        super().__init__(failed.sentence)
