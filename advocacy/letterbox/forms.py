"""What a page asks of the letterbox: text → what is meant."""

from collections.abc import Mapping

LARGEST_ID = 2**31 - 1
LONGEST_SEARCH = 120


def number(text: str) -> int | None:
    """A row's number; None for whatever else stands there."""
    known = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID))
    return int(text) if known and 0 < int(text) <= LARGEST_ID else None


def search(query: Mapping[str, str]) -> str:
    return " ".join(query.get("member", "").split())[:LONGEST_SEARCH]
