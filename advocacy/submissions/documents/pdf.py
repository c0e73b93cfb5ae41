"""The letter as PDF, set by Typst from templates/documents/position.typ."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Literal

import typst

from advocacy.submissions.documents.text import SubmissionText, printable

TEMPLATES = Path(__file__).parents[3] / "templates" / "documents"


def _content(text: SubmissionText) -> str:
    content = asdict(text) | {"reference": text.reference, "sources": text.sources}
    number_of = {source: n for n, source in enumerate(text.sources, 1)}
    for paragraph in content["paragraphs"]:
        paragraph["sources"] = [number_of[s] for s in paragraph["sources"]]
    return json.dumps(_printable({**content, "date": text.date.isoformat()}))


def _printable(value: Any) -> Any:  # whatever JSON holds
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(item) for item in value]
    return value


def _compile(content: str, made: datetime, standard: Literal["ua-1"] | None) -> bytes:
    return typst.compile(
        TEMPLATES / "position.typ",
        root=TEMPLATES,
        sys_inputs={"content": content},
        # The same text gives the same file on every machine: bundled fonts, the date of the text.
        ignore_system_fonts=True,
        timestamp=made,
        pdf_standards=standard,
    )


def pdf(text: SubmissionText) -> bytes:
    """PDF/UA-1 (accessible), the same bytes for the same text.

    Text is data to the template, so nothing in it is read as markup. A character that no bundled
    font has (an emoji, a Chinese name) is shown as a box, and the file then is a tagged PDF that
    does not claim PDF/UA, which forbids such boxes.
    """
    content = _content(text)
    made = datetime.combine(text.date, time(), tzinfo=UTC)
    try:
        return _compile(content, made, "ua-1")
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return _compile(content, made, None)
