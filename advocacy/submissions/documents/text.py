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
    annex: str
    number: str
    municipality: str
    country: str
    quotation: str
    paragraph: str
    signed: str
    unnamed: str  # "A municipality that is not named"
    contradicts: str
    mentions: str


@dataclass(frozen=True, slots=True)
class DocumentParagraph:
    """`text` in Markdown-light with its citations: where they stand, the documents show the
    numbers of their sources. `key` as in the position; "" for none.
    """

    number: int
    text: str
    key: str = ""
    support_sentence: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A row of the annex. `mark` is the citation that it stands for ("@17.2", "@E345").

    `who` is the municipality, or the title of an official text, or "" for a municipality that did
    not agree to be named; then its words are not shown either. `language` is that of `quotation`;
    `paragraphs` are the numbers (§) that cite it; `address` is that of an official text.
    """

    number: int
    mark: str
    who: str
    country: str
    quotation: str
    language: str
    stance: str
    paragraphs: tuple[int, ...]
    address: str = ""


@dataclass(frozen=True, slots=True)
class SubmissionText:
    """`number` as "2026-014", `language` as "sl"; `asks` are numbered as in the position.

    `text_hash`: what the round was bound to. `note` says what the paper is ("Draft, version 3");
    an adopted text has none.
    """

    number: str
    version: int
    language: str
    network: str
    title: str
    addressee: str
    paragraphs: tuple[DocumentParagraph, ...]
    asks: tuple[tuple[int, str], ...]
    sources: tuple[Source, ...]
    date: date
    signatories: tuple[str, ...]
    labels: Labels
    text_hash: str = ""
    note: str = ""

    @property
    def reference(self) -> str:
        """As in the foot of every page: "2026-014 · v3 · 27.11.2026"."""
        day = f"{self.date.day}.{self.date.month}.{self.date.year}"
        return f"{self.number} · v{self.version} · {day}"

    @property
    def numbers(self) -> dict[str, int]:
        """Of the sources, by their citation."""
        return {source.mark: source.number for source in self.sources}

    def named(self, source: Source) -> str:
        """As in "Musterdorf (contradicts)"; who supports needs no word."""
        said = {"contradicts": self.labels["contradicts"], "mentions": self.labels["mentions"]}
        who = source.who or self.labels["unnamed"]
        return f"{who} ({said[source.stance]})" if source.stance in said else who
