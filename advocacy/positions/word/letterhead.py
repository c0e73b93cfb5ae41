"""The network's own letterhead: head, foot, page, fonts and theme of a Word file that it names.

The text, its numbers and bookmarks stay those of the sheet; what stands in the body of the named
file does not matter.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any  # an element of lxml has no type that python-docx shares

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _Footer, _Header
from docx.styles.style import BaseStyle, CharacterStyle
from docx.text.paragraph import Paragraph

_PAGE = (
    *("orientation", "page_width", "page_height"),
    *("left_margin", "right_margin", "top_margin", "bottom_margin"),
    *("header_distance", "footer_distance", "different_first_page_header_footer"),
)
_STYLED = tuple(qn(f"w:{name}") for name in ("pStyle", "rStyle", "tblStyle"))
_LINKED = tuple(qn(f"r:{name}") for name in ("id", "embed", "link", "pict"))
_ELSEWHERE = tuple(qn(f"w:{name}") for name in ("link", "next"))  # styles that stay behind
_LOOKS = tuple(qn(f"w:{name}") for name in ("pPr", "rPr", "tblPr", "tcPr", "trPr"))


@cache
def _content(path: Path) -> bytes:
    """Read once: a file that is exchanged counts from the next start."""
    return path.read_bytes()


def opened(path: Path) -> WordDocument:
    """Raise ValueError with one sentence for a file that is no letterhead."""
    try:
        document = Document(BytesIO(_content(path)))
    except Exception:  # noqa: BLE001  a file may lack anything that a library counts on
        raise ValueError(f"ALPHORN_LETTERHEAD is no Word file (.docx): {path}") from None
    if not any(_pieces(document.sections[0])):
        raise ValueError(f"ALPHORN_LETTERHEAD has neither head nor foot: {path}")
    return document


def put_on(document: WordDocument, letterhead: WordDocument) -> list[Paragraph]:
    """An empty line below the foot of each kind of page: what every page has to say goes there."""
    given, section = letterhead.sections[0], document.sections[0]
    for name in _PAGE:
        setattr(section, name, getattr(given, name))
    odd_and_even = letterhead.settings.odd_and_even_pages_header_footer
    document.settings.odd_and_even_pages_header_footer = odd_and_even
    _take_fonts(document, letterhead)
    for source, target in zip(_all(given), _all(section), strict=True):
        if not source.is_linked_to_previous:
            _take(document, letterhead, source, target)
    feet = [section.footer]
    feet += [section.first_page_footer] if section.different_first_page_header_footer else []
    feet += [section.even_page_footer] if odd_and_even else []
    return [each.add_paragraph(style="Footer") for each in feet]


def _all(section: Section) -> list[_Header | _Footer]:
    return [
        *(section.header, section.first_page_header, section.even_page_header),
        *(section.footer, section.first_page_footer, section.even_page_footer),
    ]


def _pieces(section: Section) -> Iterator[_Header | _Footer]:
    return (each for each in _all(section) if not each.is_linked_to_previous)


def _take(
    document: WordDocument,
    letterhead: WordDocument,
    source: _Header | _Footer,
    target: _Header | _Footer,
) -> None:
    target.is_linked_to_previous = False
    for child in list(target._element):
        target._element.remove(child)
    for child in source._element:
        target._element.append(deepcopy(child))
    for element in target._element.iter():
        for name in _LINKED:
            if (old := element.get(name)) in source.part.rels:
                link = source.part.rels[old]
                goes_to = link.target_ref if link.is_external else link.target_part
                new = target.part.relate_to(goes_to, link.reltype, is_external=link.is_external)
                element.set(name, new)
        if element.tag in _STYLED:
            style = _style(letterhead, element.get(qn("w:val")))
            if style is not None:
                element.set(qn("w:val"), _take_style(document, style))


def _style(document: WordDocument, style_id: str | None) -> BaseStyle | None:
    return next((each for each in document.styles if each.style_id == style_id), None)


def _take_style(document: WordDocument, style: BaseStyle) -> str:
    """Its number in `document`. Programs name styles alike and number them in their language."""
    ours = next((each for each in document.styles if each.name == style.name), None)
    if ours is not None and ours.element.get(qn("w:default")) == "1":
        return str(ours.style_id)  # its fonts have been taken
    if ours is None:
        copy = deepcopy(style.element)
        for child in [each for each in copy if each.tag in _ELSEWHERE]:
            copy.remove(child)
        document.styles.element.append(copy)
        ours = document.styles[style.name]
    else:
        _replace_looks(ours.element, style.element)
    base = style.base_style if isinstance(style, CharacterStyle) else None
    if base is not None:
        ours.element.basedOn_val = _take_style(document, base)
    return str(ours.style_id)


def _replace_looks(ours: BaseOxmlElement, theirs: BaseOxmlElement) -> None:
    for child in [each for each in ours if each.tag in _LOOKS]:
        ours.remove(child)
    for child in [each for each in theirs if each.tag in _LOOKS]:
        ours.append(deepcopy(child))


def _take_fonts(document: WordDocument, letterhead: WordDocument) -> None:
    """Of all text: the theme, and what stands in the defaults and in the style "Normal"."""
    for theme in _themes(letterhead):
        for old in _themes(document):
            document.part.drop_rel(old)
        document.part.relate_to(letterhead.part.rels[theme].target_part, RELATIONSHIP_TYPE.THEME)
    for ours, theirs in zip(_properties(document), _properties(letterhead), strict=True):
        font = theirs.find(qn("w:rFonts"))
        if font is not None:
            for old_font in ours.findall(qn("w:rFonts")):
                ours.remove(old_font)
            ours.insert(0, deepcopy(font))


def _themes(document: WordDocument) -> list[str]:
    theme = RELATIONSHIP_TYPE.THEME
    return [key for key, link in document.part.rels.items() if link.reltype == theme]


def _properties(document: WordDocument) -> Sequence[Any]:
    """Of the defaults and of "Normal"; an empty one where a program wrote no defaults."""
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    normal = document.styles["Normal"].element.get_or_add_rPr()
    return [OxmlElement("w:rPr") if defaults is None else defaults, normal]
