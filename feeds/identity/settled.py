"""A text without what changes and means nothing. Pure.

    characters    typographic quotes and dashes, soft hyphens, zero width, two ways to write é
    counters      "12 Kommentare", "Views: 3,114", where they stand for themselves
    adverts       lines that hold nothing but "Anzeige", "Publicité", …
    stamps        "Stand: 12.11.2026 10:15" at the very end
    white space

A date that is moved is the change we must never miss. So a number is taken off only where nothing
else stands between two boundaries, and never beside a word of deadlines. Where a stamp is all
there is, it stays: it is all we know of a change.
"""

import re
from collections.abc import Iterable
from unicodedata import is_normalized, normalize

_CHARACTERS = (
    *(("\u00ad", ""), ("\u200b", ""), ("\u200c", ""), ("\u200d", ""), ("\u2060", "")),
    *(("\ufeff", ""), ("\u200e", ""), ("\u200f", "")),
    *(("\u201c", '"'), ("\u201d", '"'), ("\u201e", '"'), ("\u201f", '"'), ("\u00ab", '"')),
    *(("\u00bb", '"'), ("\u2039", "'"), ("\u203a", "'"), ("\u2018", "'"), ("\u2019", "'")),
    *(("\u201a", "'"), ("\u201b", "'"), ("\u00b4", "'"), ("\u2010", "-"), ("\u2011", "-")),
    *((space, " ") for space in "\u00a0\u0085\u1680\u2028\u2029\u202f\u205f\u3000"),
    *((chr(space), " ") for space in range(0x2000, 0x200B)),
    *(("\u2013", "-"), ("\u2014", "-"), ("\u2212", "-"), ("\u2026", "...")),
)
_COUNTED = (
    r"comments?|commentaires?|kommentare?n?|commenti|commento|komentarj\w*|views?|vues?|aufrufe?"
    r"|visualizzazioni|ogledov|shares?|likes?"
)
_NUMBER = r"\d{1,3}(?:[.,'\u2019 ]\d{3})+|\d+"
_COUNTER = rf"(?:(?:{_NUMBER})\s+(?:{_COUNTED})|(?:{_COUNTED})\s*:?\s*\(?(?:{_NUMBER})\)?)"
_COUNTERS = rf"{_COUNTER}(?:\s*[,;/|·•-]\s*{_COUNTER})*"
_COUNTING = re.compile(
    rf"[(\[]\s*{_COUNTERS}\s*[)\]]"
    rf"|(?:\A|(?<=[|·•])|(?<=[^\W\d]{{5}}[.!?]))\s*{_COUNTERS}\s*(?=\Z|[|·•])",
    re.IGNORECASE,
)
_ADVERTS = {
    *("anzeige", "werbung", "gesponsert", "publicité", "sponsorisé", "pubblicità"),
    *("sponsorizzato", "oglas", "oglasno sporočilo", "sponzorirano", "advertisement", "sponsored"),
}
# Looked for first: the patterns are slow, and hardly a text holds any of it.
_STEMS_OF_COUNTERS = (
    *("comment", "komment", "komentar", "view", "vue", "aufruf", "visualizz", "ogled"),
    *("share", "like"),
)
_LONGEST_COUNTER = 60
_LONGEST_ADVERT = 40
_MONTH = r"[^\W\d]{3,12}\.?"
_DATE = (
    rf"(?:\d{{1,2}}\.\s?\d{{1,2}}\.\s?\d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{4}}"
    rf"|\d{{1,2}}(?:er|°|\.|st|nd|rd|th)?\s{_MONTH}\s\d{{4}}|{_MONTH}\s\d{{1,2}},?\s\d{{4}})"
)
_TIME = (
    r"(?:[,T\s]*(?:um|à|alle(?: ore)?|ore|ob|at|-)?\s*\d{1,2}[:.h]\d{2}(?::\d{2})?"
    r"(?:\s*(?:Uhr|h|Z|UTC|CES?T|MES?Z))?)?"
)
_STAMP = re.compile(
    r"(?:\A|(?<=\n)|(?<=[^\W\d][.!?)]\s)|[(\[|·•])\s*"
    r"(?:Stand|(?:Datum der )?letzten? (?:Änderung|Aktualisierung)"
    r"|Zuletzt (?:geändert|aktualisiert|bearbeitet)(?: am)?|Aktualisiert(?: am)?"
    r"|Abgerufen(?: am)?|Dernière (?:mise à jour|modification)|Mise? à jour(?: le)?"
    r"|Consulté le|Ultim[oa] (?:aggiornamento|modifica)|Aggiornat[oa](?: il| al)?"
    r"|Consultato il|Zadnja (?:sprememba|posodobitev)|(?:Zadnjič )?posodobljeno(?: dne)?"
    r"|Last (?:update|updated|modified|change|changed)(?: on)?|Updated(?: on)?|Retrieved(?: on)?)"
    rf"\s*:?\s*(?:le |il |dne |on |am )?{_DATE}{_TIME}\s*[)\]]?\.?\s*\Z",
    re.IGNORECASE,
)
_LONGEST_STAMP = 120
_STEMS_OF_STAMPS = (
    *("stand", "änderung", "aktualisier", "geändert", "bearbeitet", "abgerufen", "mise", "mis à"),
    *("dernière", "consult", "ultim", "aggiorna", "sprememba", "posodob", "updat", "modifi"),
    *("change", "retrieved"),
)
_NUMBERED = re.compile(r"\d.{0,29}$", re.MULTILINE)  # near the end of a line
_YEAR = re.compile(r"\d{4}")
_OF_DEADLINES = re.compile(
    r"frist|deadline|closing|until|\bby\b|\bbis\b|verlänger|d[ée]lai|jusqu|prolong|termin|scaden"
    r"|entro|prorog|\brok|\bdo\b|podaljš",
    re.IGNORECASE,
)


def settled(text: str) -> str:
    """What of the text counts when two are compared. Not for showing."""
    if not text:
        return text
    if not text.isascii():
        text = _plain_characters(text)
    unstamped = _without_stamp(text) if _may_be_stamped(text) else text
    lines = unstamped.split("\n")
    kept = [line for line in lines if len(line) > _LONGEST_ADVERT or not _is_advert(line)]
    if _NUMBERED.search(unstamped) and _holds(unstamped, _STEMS_OF_COUNTERS):
        kept = [_without_counters(line) if _NUMBERED.search(line) else line for line in kept]
    return _one_spaced(unstamped if kept == lines else " ".join(kept))


def _one_spaced(text: str) -> str:
    """`" ".join(text.split())`, several times as fast where there is nothing to do."""
    spaced = text.replace("\n", " ").replace("\t", " ").replace("\r", " ")
    return " ".join(spaced.split()) if "  " in spaced else spaced.strip()


def _without_counters(line: str) -> str:
    """Counters end a line, or stand alone in it: only the end is looked at."""
    if not _holds(line[-_LONGEST_COUNTER:], _STEMS_OF_COUNTERS):
        return line
    start = max(0, len(line) - _LONGEST_COUNTER)
    return line[:start] + _COUNTING.sub(" ", line[start:]) if start else _COUNTING.sub(" ", line)


def _may_be_stamped(text: str) -> bool:
    if not _YEAR.search(text, max(0, len(text) - 32)):
        return False
    return _holds(text[-_LONGEST_STAMP:], _STEMS_OF_STAMPS)


def _holds(text: str, stems: Iterable[str]) -> bool:
    return any(map(text.lower().__contains__, stems))


def _plain_characters(text: str) -> str:
    # Nearly always nothing is found; str.translate would look at each character in Python's way.
    for character, plain in _CHARACTERS:
        if character in text:
            text = text.replace(character, plain)
    return text if is_normalized("NFC", text) else normalize("NFC", text)


def _without_stamp(text: str) -> str:
    end = text.rstrip()
    start = max(0, len(end) - _LONGEST_STAMP)
    found = _STAMP.search(end, start)
    # Cut in the middle of a line, the beginning of the window is no beginning of a text.
    if found is None or (start and found.start() == start and end[start - 1] != "\n"):
        return text
    line = end[end.rfind("\n", 0, found.start()) + 1 : found.start()]
    return text if _OF_DEADLINES.search(line) else end[: found.start()].rstrip() or text


def _is_advert(line: str) -> bool:
    return line.strip(" \t-–—*·•|[]():").lower() in _ADVERTS
