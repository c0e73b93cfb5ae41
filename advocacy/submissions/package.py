"""The files that leave: made from the approved text and only from it."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from advocacy import texts
from advocacy.approvals.queries import Ground, name_of_body
from advocacy.errors import Invalid, Message
from advocacy.positions import queries as positions
from advocacy.positions.passages import quotations
from advocacy.positions.queries import ShownParagraph
from advocacy.positions.writing import evidence
from advocacy.provenance import without_citations
from advocacy.settings import settings
from advocacy.submissions.documents import (
    DocumentParagraph,
    SubmissionText,
    as_json,
    cited_like,
    docx,
    pdf,
    plain_text,
    sources,
)
from advocacy.submissions.labels import in_documents
from advocacy.translations import queries as translations

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class MadeFile:
    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


async def text_of(
    ground: Ground,
    *,
    language: str,
    signatories: Sequence[str],
    day: date,
    text_hash: str = "",
    note: str = "",
) -> SubmissionText:
    """Invalid when the translation into `language` is not whole."""
    said = await quotations.passages(ground.dossier.id)
    asks, title = positions.asks_of(ground.version), ground.version.title
    translated: Mapping[str, str] = {}
    if language != ground.position.language:
        other = await translations.whole_in(ground.position.id, language)
        if other is None:
            raise Invalid({"language": Message("This translation is not finished")})
        asks, title, translated = list(other.asks), other.title, dict(other.paragraphs)
    shown = positions.shown(ground.paragraphs, said, translated)
    beside = await evidence.cited(ground.dossier.id, ground.paragraphs, language)
    body = await name_of_body(ground, language)
    originals = dict(ground.paragraphs)
    with texts.speaking(language):
        return SubmissionText(
            number=ground.dossier.number,
            version=ground.version.number,
            language=language,
            network=settings().network,
            title=title,
            addressee=body or ground.dossier.title,
            paragraphs=tuple(_paragraph(each, originals[each.key]) for each in shown),
            asks=tuple((ask.number, without_citations(ask.text)) for ask in asks),
            sources=sources(ground.paragraphs, said, beside),
            date=day,
            signatories=tuple(signatories),
            labels=in_documents(settings().network),
            text_hash=text_hash,
            note=note,
        )


def _paragraph(shown: ShownParagraph, original: str) -> DocumentParagraph:
    return DocumentParagraph(
        number=shown.number,
        key=shown.key,
        text=cited_like(shown.text, original),
        support_sentence=_support(shown),
    )


def _support(shown: ShownParagraph) -> str:
    if not shown.supporting:
        return ""
    sentence = texts.ngettext(
        "Supported by %(num)s municipality", "Supported by %(num)s municipalities", shown.supporting
    ) % {"num": shown.supporting}
    countries = ", ".join(f"{code} {count}" for code, count in shown.supporters.items())
    return f"{sentence} ({countries})"


async def files_of(text: SubmissionText) -> list[MadeFile]:
    """PDF, Word file, plain text, data; made beside the loop, for setting them takes a moment."""
    name = f"{text.number}-v{text.version}-{text.language}"
    return [
        MadeFile(f"{name}.pdf", "application/pdf", await asyncio.to_thread(pdf, text)),
        MadeFile(f"{name}.docx", WORD, await asyncio.to_thread(docx, text)),
        MadeFile(f"{name}.txt", "text/plain; charset=utf-8", plain_text(text).encode()),
        MadeFile(f"{name}.json", "application/json", as_json(text)),
    ]
