"""The letter as PDF, set from templates/documents/position.typ."""

from dataclasses import asdict
from datetime import UTC, datetime, time
from typing import Any

from advocacy.submissions.documents.text import SubmissionText
from advocacy.typesetting import compiled


def _content(text: SubmissionText) -> dict[str, Any]:  # what the template shows
    content = asdict(text) | {"reference": text.reference, "sources": text.sources}
    number_of = {source: n for n, source in enumerate(text.sources, 1)}
    for paragraph in content["paragraphs"]:
        paragraph["sources"] = [number_of[s] for s in paragraph["sources"]]
    return {**content, "date": text.date.isoformat()}


def pdf(text: SubmissionText) -> bytes:
    """PDF/UA-1 where the fonts have every character; the same bytes for the same text."""
    made = datetime.combine(text.date, time(), tzinfo=UTC)
    return compiled("position.typ", _content(text), made=made)
