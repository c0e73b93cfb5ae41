"""Names that every file system takes, the same for the same words. Pure.

ASCII only: an old unpacker shows them right, and no two of them differ by an accent.
"""

import re
import unicodedata

LONGEST = 60
"""Characters of one part of a path: five parts stay under the 260 that Windows takes."""

_LETTERS = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O"}
    | {"đ": "d", "Đ": "D", "ð": "d", "ł": "l", "Ł": "L", "ı": "i", "’": " ", "–": "-", "—": "-"}
)
_OTHER = re.compile(r"[^A-Za-z0-9_.()+-]+")
_ENDS = " .-"
_ENDING = re.compile(r"[A-Za-z0-9]{1,8}")
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file: with any ending, too.
_DEVICES = frozenset({"con", "prn", "aux", "nul"}) | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}


def plain(text: str, longest: int = LONGEST) -> str:
    """Of any words a part of a path; "" when nothing of them is left."""
    letters = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    ascii_only = letters.encode("ascii", "ignore").decode()
    kept = _cut(_OTHER.sub(" ", ascii_only).strip(_ENDS), longest).strip(_ENDS)
    return f"_{kept}"[:longest].rstrip(_ENDS) if _is_device(kept) else kept


def _cut(text: str, longest: int) -> str:
    """Between two words, unless that would take half of it away."""
    if len(text) <= longest:
        return text
    whole = text[: longest + 1].rpartition(" ")[0]
    return whole if len(whole) > longest // 2 else text[:longest]


def _is_device(name: str) -> bool:
    return name.partition(".")[0].rstrip().lower() in _DEVICES


def file_name(before: str, name: str, otherwise: str) -> str:
    """`before`, of our making, then the name with its ending: "03 v2 Stellungnahme.pdf".

    `otherwise` stands for a name of which nothing is left.
    """
    stem, dot, ending = name.rpartition(".")
    if not dot or not _ENDING.fullmatch(ending):
        stem, ending = name, ""
    last = f".{ending}" if ending else ""
    kept = plain(stem, LONGEST - len(before) - len(last) - 1) or otherwise
    return f"{before} {kept}{last}"


def folder_name(number: str, title: str) -> str:
    """2026-014 Grossraubtiere"""
    return f"{number} {plain(title)}".strip()


class Names:
    """Gives each path once; two that differ in nothing but case are twins on many disks."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, path: str) -> str:
        folder, slash, name = path.rpartition("/")
        stem, dot, ending = name.rpartition(".")
        if not dot:
            stem, ending = name, ""
        found, count = path, 1
        while found.lower() in self._taken:
            count += 1
            found = f"{folder}{slash}{stem} ({count}){dot}{ending}"
        self._taken.add(found.lower())
        return found
