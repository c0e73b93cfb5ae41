"""Proof of which text it was, and that nobody rewrote the history."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from advocacy.provenance.sentences import Paragraphs


def _canonical(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _json_value(value: object) -> str:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).isoformat()
    raise TypeError(f"not a plain fact: {value!r}")


def _sha256(value: object) -> str:
    canonical = json.dumps(
        value, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_json_value
    )
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def text_hash(paragraphs: Paragraphs, title: str, asks: Sequence[tuple[int, str]]) -> str:
    """SHA-256 (hex) that binds a round to its text: keys, order, citations, numbers of asks.

    What a browser or database may change without anybody having edited does not count: the form
    of line ends, composed or decomposed letters (NFC), white space at both ends of a text.
    """
    texts = [[key, _canonical(text)] for key, text in paragraphs]
    wanted = [[number, _canonical(text)] for number, text in asks]
    return _sha256({"title": _canonical(title), "paragraphs": texts, "asks": wanted})


def chain(previous_hash: str, fact: Mapping[str, object]) -> str:
    """The hash of a fact of the history, chained to the one before it ("" for the first).

    Facts hold what JSON holds, and aware datetimes (as UTC); anything else is a TypeError.
    """
    return _sha256([previous_hash, dict(fact)])


class ChainedFact(NamedTuple):
    previous_hash: str
    fact: Mapping[str, object]
    hash: str


def verify(events: Iterable[ChainedFact], previous_hash: str = "") -> int | None:
    """Index of the first event that was changed, inserted or follows a removed one, else None."""
    for index, event in enumerate(events):
        if (event.previous_hash, event.hash) != (previous_hash, chain(previous_hash, event.fact)):
            return index
        previous_hash = event.hash
    return None
