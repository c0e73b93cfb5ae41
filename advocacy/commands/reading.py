"""read: what a text says. Needs no database, no settings, no network."""

import sys
from argparse import Namespace
from typing import Any  # a line holds whatever JSON holds

from advocacy.commands.output import Refused, line
from feeds.reading import read


def read_text(typed: Namespace) -> None:
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"the text is not UTF-8: byte {error.start + 1}") from None
    if not typed.lines:
        line(_found(text, typed))
        return
    for each in text.splitlines():
        line(_found(each, typed))


def _found(text: str, typed: Namespace) -> dict[str, Any]:
    reading = read(text, language=typed.language, published=typed.published, zone=typed.zone)
    return {
        "language": reading.language,
        "deadlines": [
            {
                "at": each.at,
                "zone": each.zone,
                "precision": each.precision,
                "kind": each.kind,
                "quote": each.quote,
            }
            for each in reading.deadlines
        ],
        "topics": [{"key": topic.key, "words": topic.words} for topic in reading.topics],
        "procedure_numbers": reading.procedure_numbers,
    }
