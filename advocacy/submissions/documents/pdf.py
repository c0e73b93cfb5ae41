"""The letter as PDF, set from templates/documents/position.typ."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, time
from typing import Any

from advocacy.positions.writing.marked import Block, BlockKind, Run, spans
from advocacy.submissions.documents.text import SubmissionText
from advocacy.typesetting import compiled, printable

LISTED = frozenset({BlockKind.BULLET, BlockKind.NUMBERED})


def pdf(text: SubmissionText) -> bytes:
    """PDF/UA-1 where the fonts have every character; the same bytes for the same text."""
    made = datetime.combine(text.date, time(), tzinfo=UTC)
    return compiled("position.typ", _content(text), made=made)


def _content(text: SubmissionText) -> dict[str, Any]:  # what the template shows
    content = asdict(text) | {"reference": text.reference, "date": text.date.isoformat()}
    numbers = text.numbers
    content["paragraphs"] = [
        {
            "number": each.number,
            "support_sentence": each.support_sentence,
            "parts": _parts(spans(printable(each.text), with_citations=True), numbers),
        }
        for each in text.paragraphs
    ]
    content["asks"] = [
        {"number": number, "parts": _parts(spans(printable(ask)), {})} for number, ask in text.asks
    ]
    content["sources"] = [
        asdict(each) | {"named": text.named(each), "mark": each.mark.removeprefix("@")}
        for each in text.sources
    ]
    return content


def _parts(blocks: Sequence[Block], numbers: Mapping[str, int]) -> list[dict[str, Any]]:
    """Items of one list side by side are one list, as a screen reader counts them."""
    parts: list[dict[str, Any]] = []
    for block in blocks:
        runs = [_run(run, numbers) for run in block.runs]
        shape = (block.kind.value, block.depth)
        last = parts[-1] if parts else None
        goes_on = last is not None and block.kind in LISTED and last["shape"] == shape
        if last is not None and block.goes_on and block.kind in LISTED:
            last["items"][-1].append({"text": "\n", "sources": []})
            last["items"][-1].extend(runs)
        elif last is not None and goes_on:
            last["items"].append(runs)
        else:
            parts.append(
                {"shape": shape, "kind": block.kind.value, "depth": block.depth,
                 "start": block.number, "items": [runs]}
            )  # fmt: skip
    return parts


def _run(run: Run, numbers: Mapping[str, int]) -> dict[str, Any]:
    if run.cited:
        return {"text": "", "sources": [numbers[mark] for mark in run.cited if mark in numbers]}
    said = {"text": run.text, "bold": run.bold, "italic": run.italic, "href": run.href}
    return said | {"sources": []}
