"""What goes into the package, the same for all its files."""

from dataclasses import dataclass
from datetime import date
from typing import TypedDict


class Labels(TypedDict):
    """The words of the documents, already translated into the language of the text."""

    position: str  # stands above the title: "Position of the Alpennetz"
    addressee: str  # "To"
    page: str  # with both places: "page {page} of {pages}"
    asks: str
    sources: str
    annex: str
    municipality: str
    country: str
    quotation: str
    paragraph: str
    signed: str


@dataclass(frozen=True, slots=True)
class DocumentParagraph:
    """`text` is without citations; `sources` as shown to the body: "Vzorčna vas (SI)"."""

    number: int
    text: str
    sources: tuple[str, ...] = ()
    support_sentence: str = ""


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """A quotation in the words and the `language` of the municipality."""

    municipality: str
    country: str
    quotation: str
    language: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class SubmissionText:
    """`number` as "2026-014", `language` as "sl"; `asks` are numbered as in the position."""

    number: str
    version: int
    language: str
    network: str
    title: str
    addressee: str
    paragraphs: tuple[DocumentParagraph, ...]
    asks: tuple[tuple[int, str], ...]
    annex: tuple[AnnexRow, ...]
    date: date
    signatories: tuple[str, ...]
    labels: Labels

    @property
    def reference(self) -> str:
        """As in the foot of every page: "2026-014 · v3 · 27.11.2026"."""
        day = f"{self.date.day}.{self.date.month}.{self.date.year}"
        return f"{self.number} · v{self.version} · {day}"

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source once; its place, from 1, is the number that the paragraphs refer to."""
        return tuple(dict.fromkeys(s for p in self.paragraphs for s in p.sources))
