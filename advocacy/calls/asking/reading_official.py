"""An official text as it was handed in: the words of a Word file, the lines of a PDF."""

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any  # lxml elements
from zipfile import ZipFile

import docx
import pypdf
from docx.oxml.ns import qn
from pypdf.errors import LimitReachedError

from advocacy.calls.asking import paragraphs
from advocacy.calls.asking.paragraphs import MOST_CHARACTERS, MOST_PARAGRAPHS, Paragraph
from advocacy.calls.asking.word_numbering import Numbering, numbering_of
from advocacy.documents import rules
from advocacy.documents.contents import Found
from advocacy.documents.rules import Kind
from advocacy.errors import Invalid, Message

FIELD = "files"
MOST_PAGES = 300
XML = (".xml", ".rels")
MOST_UNPACKED = 50 * 1024 * 1024  # bytes of what a Word file says; its pictures do not count
FEWEST_SIGNS = 40
"""Of a page: one that was scanned gives a stamp or a running head at most."""
PROTECTED, BROKEN = rules.REFUSED[Found.ENCRYPTED], rules.REFUSED[Found.BROKEN]
BOMB = rules.REFUSED[Found.BOMB]
SCANNED = Message("%(name)s holds no text: it may have been scanned. Paste the text instead.")
NO_TEXT = Message("%(name)s holds no text")
OTHER_KIND = Message("%(name)s: choose a Word file (DOCX) or a PDF, or paste the text")
LONG = Message("%(name)s has more than %(most)s pages")
logging.getLogger("pypdf").setLevel(logging.ERROR)  # it tells of every small fault of a file


def media_type(name: str, content: bytes) -> str:
    """Of a Word file or a PDF. Invalid for all else. Takes seconds: call it in a thread."""
    kind = rules.sniffed(name, content)
    if kind not in {Kind.DOCX, Kind.PDF}:
        raise _refused(OTHER_KIND, name)
    return rules.MEDIA_TYPES[kind]


def read(name: str, media_type: str, content: bytes) -> tuple[Paragraph, ...]:
    """The paragraphs. Invalid: no text in it, a password, too much. Call it in a thread."""
    if media_type == rules.MEDIA_TYPES[Kind.PDF]:
        pages = _pages(name, content)
        if sum(len("".join(page.split())) for page in pages) < FEWEST_SIGNS * len(pages):
            raise _refused(SCANNED, name)
        return paragraphs.from_pages(pages)
    if media_type == rules.MEDIA_TYPES[Kind.DOCX]:
        found = paragraphs.numbered(_blocks(name, content))
    else:
        found = paragraphs.from_text(content.decode("utf-8", errors="replace"))
    if not found:
        raise _refused(NO_TEXT, name)
    return found


def too_much(found: tuple[Paragraph, ...]) -> Message | None:
    """What a reader of a call can be asked to look through."""
    signs = sum(len(each.label) + len(each.text) for each in found)
    if len(found) <= MOST_PARAGRAPHS and signs <= MOST_CHARACTERS:
        return None
    return Message(
        "There are %(paragraphs)s paragraphs and %(signs)s characters. At most %(most)s "
        "paragraphs and %(longest)s characters are shown: keep what the call asks about.",
        {
            "paragraphs": len(found),
            "signs": signs,
            "most": MOST_PARAGRAPHS,
            "longest": MOST_CHARACTERS,
        },
    )


def _refused(why: Message, name: str, **more: object) -> Invalid:
    return Invalid({FIELD: Message(why.text, {"name": name, **more})})


def _pages(name: str, content: bytes) -> list[str]:
    try:
        return _texts_of(name, content)
    except Invalid:
        raise
    except LimitReachedError as error:
        raise _refused(BOMB, name) from error
    except Exception as error:  # what pypdf raises for a damaged file is not always its own
        raise _refused(BROKEN, name) from error


def _texts_of(name: str, content: bytes) -> list[str]:
    reader = pypdf.PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise _refused(PROTECTED, name)
    if len(reader.pages) > MOST_PAGES:
        raise _refused(LONG, name, most=MOST_PAGES)
    return list(_texts(reader))


def _texts(reader: pypdf.PdfReader) -> Iterator[str]:
    signs = 0
    for each in reader.pages:
        if (contents := each.get_contents()) is not None:
            contents.get_data()  # says when it is too much; extract_text is silent about it
        text = each.extract_text()
        signs += len(text)
        yield text
        if signs > 2 * MOST_CHARACTERS:
            return


def _blocks(name: str, content: bytes) -> list[str]:
    try:
        _check_unpacked(name, content)
        document = docx.Document(BytesIO(content))
        parts = document.part.package.iter_parts()
        counts = next((each for each in parts if each.partname.endswith("/numbering.xml")), None)
        root = getattr(counts, "element", None)
        return list(_said(document.element.body, numbering_of(root), _lists_of_styles(document)))
    except Invalid:
        raise
    except Exception as error:  # a file from outside may lack anything that a library counts on
        raise _refused(BROKEN, name) from error


def _check_unpacked(name: str, content: bytes) -> None:
    with ZipFile(BytesIO(content)) as parts:
        said = [each for each in parts.infolist() if each.filename.lower().endswith(XML)]
    if sum(each.file_size for each in said) > MOST_UNPACKED:
        raise _refused(BOMB, name)


def _lists_of_styles(document: Any) -> dict[str, tuple[str, int]]:
    """Style → the list that its paragraphs belong to, and the level."""
    found = {}
    for style in document.styles.element.findall(qn("w:style")):
        place = _place(style)
        if place is not None:
            found[style.get(qn("w:styleId"))] = place
    return found


def _said(body: Any, numbering: Numbering, styles: dict[str, tuple[str, int]]) -> Iterator[str]:
    """One block for each paragraph, with its label; one for each row of a table."""
    for element in body.iter(qn("w:p"), qn("w:tr")):
        if element.tag == qn("w:tr"):
            cells = ["\n".join(map(_words, cell.iter(qn("w:p")))).strip()
                     for cell in element.findall(qn("w:tc"))]  # fmt: skip
            yield " | ".join(cell for cell in cells if cell)
        elif not any(True for _ in element.iterancestors(qn("w:tr"))):
            words = _words(element)
            place = _place(element) or styles.get(_style(element))
            label = numbering.label(*place) if place and words.strip() else ""
            yield f"{label} {words}" if label else words


def _words(paragraph: Any) -> str:
    """With what was inserted by a tracked change, and without what was deleted."""
    gone = (qn("w:del"), qn("w:moveFrom"), "{*}Fallback")
    said = []
    for run in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:cr"), qn("w:tab")):
        if any(True for _ in run.iterancestors(*gone)) or run.getparent().tag == qn("w:tabs"):
            continue
        said.append((run.text or "") if run.tag == qn("w:t") else _SPACES.get(run.tag, " "))
    return "".join(said)


_SPACES = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " "}


def _place(element: Any) -> tuple[str, int] | None:
    """List and level, as a paragraph or a style says."""
    found = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if found is None:
        return None
    list_id, level = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
    if list_id is None:
        return None
    deep = level.get(qn("w:val")) if level is not None else "0"
    return str(list_id.get(qn("w:val"))), int(deep) if deep.isdigit() else 0


def _style(paragraph: Any) -> str:
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return str(found.get(qn("w:val"))) if found is not None else ""
