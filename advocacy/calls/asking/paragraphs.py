"""An official text as numbered paragraphs. Pure: text in, paragraphs out, no word lost.

A label is how the text itself counts, where it stands at the beginning: "Art. 3", "§ 5", "(2)",
"1.2.3", "5. člen".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

MOST_PARAGRAPHS = 400
MOST_CHARACTERS = 200_000

_LABEL = re.compile(
    r"""(
      (?:Art(?:\.|ikel|icle|icolo)|ART\.|Artt\.|§§?|Člen|ČLEN|Recital)\s?NUMBER
        (?:\s?\(NUMBER\)|\s(?:Abs|al|par)\.\s?NUMBER)*[.:]?
      | NUMBER\.\sčlen
      | \d{1,3}(?:\.\d{1,3}){1,5}[.)]?
      | \(NUMBER\) | \([a-z]{1,4}\) | [a-z]\) | [IVXLC]{1,6}[.)] | \d{1,3}\)
      | \d{1,3}\.(?!\s(?:[a-zà-ž]|Januar|Jänner|Februar|März|April|Mai|Ju[nl]i|August|September
        |Oktober|November|Dezember))
    )\s(?=\S)""".replace("NUMBER", r"\d{1,4}(?:bis|ter|quater|[a-z])?"),
    re.VERBOSE,
)
# Control signs and lone surrogates: neither a page nor PostgreSQL takes them.
_UNSHOWN = re.compile("[\x00-\x08\x0e-\x1b\x7f\u00ad\ud800-\udfff\ufffe\uffff]")
_ENDS = (".", ";", ":", "!", "?", ".”", ".“", ".»", ".)")
# After these a word was not cut: "Land- und Forstwirtschaft".
_JOINING = frozenset(
    (
        "und",
        "oder",
        "bzw",
        "sowie",
        "et",
        "ou",
        "e",
        "ed",
        "o",
        "od",
        "in",
        "ali",
        "ter",
        "and",
        "or",
    )
)
SHORT, VERY_SHORT = 0.75, 0.55  # of a full line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`number` counts from 1: comments refer to it. `label` is the text's own: "Art. 3 (2)"."""

    number: int
    label: str
    text: str


def from_text(text: str) -> tuple[Paragraph, ...]:
    """What was pasted or corrected: a blank line separates paragraphs."""
    blocks = re.split(r"\n{2,}", _cleaned(text).strip("\n"))
    return numbered(block for block in blocks if block)


def as_text(paragraphs: Iterable[Paragraph]) -> str:
    """To be corrected by hand: `from_text` reads it back as it was."""
    return "\n\n".join(f"{each.label} {each.text}".strip() for each in paragraphs)


def numbered(blocks: Iterable[str]) -> tuple[Paragraph, ...]:
    """One paragraph for each block that says something."""
    said = (re.sub(r"\n+", "\n", _cleaned(block)).strip() for block in blocks)
    split = (_labelled(block) for block in said if block)
    return tuple(Paragraph(n, label, text) for n, (label, text) in enumerate(split, start=1))


def _cleaned(text: str) -> str:
    lines = _UNSHOWN.sub("", text).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines)


def _labelled(block: str) -> tuple[str, str]:
    found = _LABEL.match(block)
    if found is None:
        return "", block
    return " ".join(found.group(1).split()), block[found.end() :]


def from_pages(pages: Sequence[str]) -> tuple[Paragraph, ...]:
    """Lines as a PDF has them: joined where a sentence goes on, over hyphens and page ends.

    Running heads and page numbers go: what stands first or last on most pages, the same but for
    a number that counts the pages.
    """
    read = [_trimmed(_cleaned(page).splitlines()) for page in pages]
    return numbered(_joined(_without_heads(read)))


def _trimmed(page: Sequence[str]) -> list[str]:
    said = [n for n, line in enumerate(page) if line]
    return list(page[said[0] : said[-1] + 1]) if said else []


def _without_heads(pages: Sequence[list[str]]) -> list[list[str]]:
    """From the outside inwards, as long as most pages agree."""
    kept = list(pages)
    for end in (0, -1):
        while repeated := _repeated(kept, end):
            kept = [_trimmed(_without(page, end)) if n in repeated else page
                    for n, page in enumerate(kept)]  # fmt: skip
    return kept


def _without(page: list[str], end: int) -> list[str]:
    return page[1:] if end == 0 else page[:-1]


def _repeated(pages: Sequence[list[str]], end: int) -> set[int]:
    """The pages whose first (0) or last (-1) line is one that runs through most of them."""
    by_form: dict[str, set[int]] = {}
    for n, page in enumerate(pages):
        for form in _forms(page[end], n) if page else ():
            by_form.setdefault(form, set()).add(n)
    most = max(by_form.values(), key=len, default=set())
    said = sum(1 for page in pages if page)
    return most if len(most) > 1 and len(most) * 2 > said else set()


def _forms(line: str, page: int) -> Iterator[str]:
    """A line as it is; and, for each number in it, how far that is from counting the pages.

    A line that begins or ends a piece of a sentence is no running head.
    """
    if re.search(r"[^\W\d_]{3}", line) and (line[0].islower() or line.endswith(_ENDS)):
        return
    yield line
    for found in re.finditer(r"(?<!\d)\d{1,4}(?!\d)", line):
        yield f"{line[: found.start()]}\x00{int(found.group()) - page}\x00{line[found.end() :]}"


def _joined(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    lengths = sorted(len(line) for page in pages for line in page if line)
    full = lengths[len(lengths) * 9 // 10] if lengths else 0
    so_far, last = "", ""
    for page in pages:
        for line in page:
            if not line or (so_far and _begins(line, after=last, full=full)):
                yield so_far
                so_far = ""
            so_far, last = _continued(so_far, line), line or last
    yield so_far


def _begins(line: str, *, after: str, full: int) -> bool:
    """Whether a line begins a paragraph: the one before ended a sentence, or ended early."""
    ended, short = after.endswith(_ENDS), len(after) < SHORT * full
    if _LABEL.match(f"{line} "):
        return ended or short
    heading = len(after) < VERY_SHORT * full and line[0].isupper() and after[-1] not in ",-"
    return short and (ended or heading)


def _continued(so_far: str, line: str) -> str:
    if not so_far or not line:
        return so_far or line
    if not so_far.endswith("-") or so_far.endswith(" -"):
        return f"{so_far} {line}"
    first = re.split(r"\W", line, maxsplit=1)[0]
    if first in _JOINING:
        return f"{so_far} {line}"
    cut = so_far[-2:-1].islower() and line[0].islower()
    return (so_far[:-1] if cut else so_far) + line
