"""The text for programs: JSON, sentence by sentence, with what each rests on."""

import json
from collections.abc import Mapping
from typing import Any

from advocacy.provenance import parse
from advocacy.submissions.documents.plain import plain_of
from advocacy.submissions.documents.text import DocumentParagraph, Source, SubmissionText


def as_json(text: SubmissionText) -> bytes:
    """UTF-8. `sources` of a sentence are numbers of `sources` of the whole; without any it is
    the network's own.
    """
    said = {
        "number": text.number,
        "version": text.version,
        "language": text.language,
        "date": text.date.isoformat(),
        "text_hash": text.text_hash,
        "network": text.network,
        "addressee": text.addressee,
        "title": text.title,
        "note": text.note,
        "paragraphs": [_paragraph(each, text.numbers) for each in text.paragraphs],
        "asks": [{"number": number, "text": plain_of(ask)} for number, ask in text.asks],
        "sources": [_source(each) for each in text.sources],
        "signatories": list(text.signatories),
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _paragraph(each: DocumentParagraph, numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "number": each.number,
        "key": each.key,
        "text": plain_of(each.text),
        "support": each.support_sentence,
        "sentences": [
            {
                "text": plain_of(sentence.text),
                "sources": [numbers[mark] for mark in sentence.citations if mark in numbers],
            }
            for sentence in parse(each.text)
            if plain_of(sentence.text)
        ],
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "number": source.number,
        "reference": source.mark.removeprefix("@"),
        "name": source.who or None,
        "country": source.country or None,
        "stance": source.stance or None,
        "words": source.quotation or None,
        "language": source.language or None,
        "address": source.address or None,
        "paragraphs": list(source.paragraphs),
    }
