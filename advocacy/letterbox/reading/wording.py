"""Text that can be stored and compared."""

import re

from feeds.reading.letters import levelled as _levelled

__all__ = ["levelled", "storable"]

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\u2060]")


def storable(text: str) -> str:
    """Without what no database keeps: halves of characters, NUL, other controls."""
    whole = text.encode("utf-8", "replace").decode()
    return _CONTROLS.sub("", whole.replace("\r\n", "\n").replace("\r", "\n"))


def levelled(text: str) -> str:
    """Lower case, no accents, plain quotes, dashes and spaces; exactly as long as the text."""
    return _levelled(text)
