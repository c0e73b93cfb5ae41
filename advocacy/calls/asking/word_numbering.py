"""How Word counts list items by itself: the label is not in the text, but in numbering.xml."""

import re
from dataclasses import dataclass, field
from typing import Any  # lxml elements

from docx.oxml.ns import qn

DEEPEST = 9
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"))
MOST = 399  # what these signs can write
LONGEST = 5  # digits of a start; the letters of a larger number would fill the memory


@dataclass(frozen=True, slots=True)
class Level:
    kind: str  # decimal, lowerLetter, upperRoman … or bullet
    text: str  # "%1.%2", with the counters of the levels
    start: int


def counted(number: int, kind: str) -> str:
    """A number as Word writes it in this kind of list; digits for a kind that is not known."""
    if kind in {"lowerLetter", "upperLetter"}:
        written = chr(ord("a") + (number - 1) % 26) * (1 + (number - 1) // 26)
    elif kind in {"lowerRoman", "upperRoman"} and 0 < number <= MOST:
        written = _roman(number)
    elif kind == "decimalZero":
        written = f"{number:02}"
    else:
        written = str(number)
    return written.upper() if kind.startswith("upper") else written


def _roman(number: int) -> str:
    written = ""
    for value, signs in (*_ROMAN, (1, "i")):
        times, number = divmod(number, value)
        written += signs * times
    return written


@dataclass
class Numbering:
    """Asked for one paragraph after the other, in the order of the text."""

    levels: dict[str, dict[int, Level]]  # by the number of the list
    counters: dict[tuple[str, int], int] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)  # which lists count together

    def label(self, list_id: str, level: int) -> str:
        """Empty for a bullet, and for a list that is not there."""
        levels = self.levels.get(list_id, {})
        if level not in levels:
            return ""
        family = self.lists.get(list_id, list_id)
        before = self.counters.get((family, level), levels[level].start - 1)
        self.counters[family, level] = before + 1
        for deeper in range(level + 1, DEEPEST):
            self.counters.pop((family, deeper), None)
        if levels[level].kind in {"bullet", "none"}:
            return ""

        def number(found: re.Match[str]) -> str:
            which = int(found.group(1)) - 1
            wanted = levels.get(which)
            if wanted is None:
                return ""
            return counted(self.counters.get((family, which), wanted.start), wanted.kind)

        return re.sub(r"%(\d)", number, levels[level].text).strip()


def numbering_of(root: Any) -> Numbering:
    """From the root of numbering.xml; None: the document has no lists."""
    if root is None:
        return Numbering({})
    kinds = {
        each.get(qn("w:abstractNumId")): {
            int(level.get(qn("w:ilvl"))): _level(level) for level in each.findall(qn("w:lvl"))
        }
        for each in root.findall(qn("w:abstractNum"))
    }
    levels, families = {}, {}
    for each in root.findall(qn("w:num")):
        family = _value(each, "w:abstractNumId", "")
        levels[each.get(qn("w:numId"))] = kinds.get(family, {})
        begins_anew = each.find(qn("w:lvlOverride")) is not None
        families[each.get(qn("w:numId"))] = each.get(qn("w:numId")) if begins_anew else family
    return Numbering(levels, lists=families)


def _level(element: Any) -> Level:
    start = _value(element, "w:start", "1")
    return Level(
        _value(element, "w:numFmt", "decimal"),
        _value(element, "w:lvlText", ""),
        int(start) if start.isascii() and start.isdigit() and len(start) <= LONGEST else 1,
    )


def _value(element: Any, name: str, otherwise: str) -> str:
    found = element.find(qn(name))
    return str(found.get(qn("w:val")) or otherwise) if found is not None else otherwise
