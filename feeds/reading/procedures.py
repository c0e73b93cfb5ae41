"""Numbers under which bodies file a matter, each in one spelling, so that equal is the same.

A text is read only around the signs without which there is no number.
"""

import re
from collections.abc import Callable, Iterator

from feeds.reading.letters import composed
from feeds.reading.tokens import merged

LONGEST_TEXT = 200_000
_AROUND = 70  # characters around a telling sign: no number with its kind is longer
_S = r"[\s\xa0]{0,2}"
_YEAR = r"(?:19|20)\d\d"

# One leading set of signs: the engine skips from one of them to the next.
_TELLING = re.compile(
    rf"[(./-](?:(?<=/){_S}(?:\d|ME|A|BI|[IVX]{{2}})|(?<=\(){_S}{_YEAR}|(?<=\d-)[\divxIVX]"
    r"|(?<=\d\.)\d{3})"
)
_TELLING_WORDS = ("BGBl", "SR", "RS ", "CELEX", "celex", "eli/")

Said = Callable[[re.Match[str]], str]
# What must stand near by (in capitals) for the pattern to be worth trying; pattern; spelling.
Rule = tuple[tuple[str, ...], re.Pattern[str], Said]


def _act(match: re.Match[str]) -> str:
    return f"{match['kind'].upper()}({match['year']}) {int(match['n'])}"


def _chamber(written: str) -> str:
    name = written.lower()
    return "BR" if name.startswith(("br", "bundesr")) else "BT" if name.startswith("b") else "LT"


# Documents have a number of their own kind in CELEX: 52024PC0123 is COM(2024) 123.
_DOCUMENTS = {"PC": "COM", "DC": "COM", "JC": "JOIN", "SC": "SWD"}


def _celex(match: re.Match[str]) -> str:
    kind = _DOCUMENTS.get(match["kind"].upper()) if match["sector"] == "5" else None
    if kind:
        return f"{kind}({match['year']}) {int(match['n'])}"
    return f"CELEX {match['sector']}{match['year']}{match['kind'].upper()}{match['n']}"


# The same act in the journal, in one language, on paper.
_ELI_ENDING = re.compile(
    r"(?:/(?:oj|sg|jo|texte|eng?|deu?|fra?|ita?|slv?|de-at|html|pdf|xml)|[./-])+\Z"
)


def _eli(match: re.Match[str]) -> str:
    return "eli/" + _ELI_ENDING.sub("", match["path"])


def _bgbl(match: re.Match[str]) -> str:
    part = f" {match['part']}" if match["part"] else ""
    if match["first"]:  # Germany: BGBl. 2026 I Nr. 12
        return f"BGBl. {match['first']}{part} {int(match['alone'])}"
    return f"BGBl.{part} {int(match['n'])}/{match['year']}"


_PROCEDURES: tuple[Rule, ...] = (
    (  # European Parliament and Council: 2023/0156(COD)
        ("(",),
        re.compile(
            rf"\b({_YEAR})/(\d{{4}}[A-Z]?){_S}\({_S}(COD|CNS|APP|AVC|NLE|INI|INL|RSP|BUD|BUI|DEC"
            rf"|DEA|RPS|SYN|ACI|REG|IMM|RSO|GBD|DCE|COS|CNB|PRT){_S}\)",
            re.IGNORECASE,
        ),
        lambda m: f"{m[1]}/{m[2].upper()}({m[3].upper()})",
    ),
    (  # Commission and Council documents: COM(2015) 366 final, SWD/2015/147
        ("COM", "SWD", "JOIN", "SEC"),
        re.compile(
            rf"\b(?P<kind>COM|SWD|JOIN|SEC){_S}(?:\({_S}(?P<year>{_YEAR}){_S}\){_S}"
            rf"|/(?={_YEAR}/))(?:(?P<slash>{_YEAR})/)?(?P<n>\d{{1,5}})\b",
            re.IGNORECASE,
        ),
        lambda m: f"{m['kind'].upper()}({m['year'] or m['slash']}) {int(m['n'])}",
    ),
    (
        ("C(", "C (", "PE(", "PE ("),
        re.compile(rf"\b(?P<kind>C|PE){_S}\((?P<year>{_YEAR})\){_S}(?P<n>\d{{1,5}})\b"),
        _act,
    ),
    (
        ("ARES",),
        re.compile(rf"\bAres{_S}\({_S}({_YEAR}){_S}\){_S}(\d{{1,9}})\b", re.IGNORECASE),
        lambda m: f"Ares({m[1]}){m[2]}",
    ),
    (  # Swiss consultations at fedlex: eli/dl/proj/2026/12/cons_1
        ("PROJ/",),
        re.compile(r"\bproj/(\d{4})/(\d{1,4})/cons_(\d{1,2})\b", re.IGNORECASE),
        lambda m: f"proj/{m[1]}/{m[2]}/cons_{m[3]}",
    ),
    (  # Austrian drafts and bills: 88/ME XXVIII. GP, "gegenstand/XXVIII/ME/88"
        ("/ME", "/ ME", "/A", "/BI", "/\xa0ME"),
        re.compile(rf"\b(\d{{1,4}}){_S}/{_S}(ME|A|BI){_S}[,(]?{_S}([XVI]{{2,7}})\b\.?"),
        lambda m: f"{int(m[1])}/{m[2]} {m[3]}",
    ),
    (
        ("GEGENSTAND/",),
        re.compile(r"\bgegenstand/([XVI]{2,7})/(ME|A|BI|I)/(\d{1,4})\b"),
        lambda m: f"{int(m[3])}/{m[2]} {m[1]}",
    ),
    (
        ("/ME",),
        re.compile(r"\b(\d{1,4})/ME\b(?![\s,(]{0,3}[XVI]{2})"),
        lambda m: f"{int(m[1])}/ME",
    ),
    (
        ("EVA",),
        re.compile(rf"\bEVA{_S}:?{_S}(?:št\.{_S})?(\d{{4}}-\d{{3,4}}-\d{{4}})\b", re.IGNORECASE),
        lambda m: f"EVA {m[1]}",
    ),
    (
        ("EPA",),
        re.compile(rf"\bEPA{_S}:?{_S}(?:št\.{_S})?(\d{{1,4}})-([IVX]{{1,4}})\b", re.IGNORECASE),
        lambda m: f"EPA {int(m[1])}-{m[2].upper()}",
    ),
    (
        ("SOP",),
        re.compile(rf"\bSOP{_S}:?{_S}(\d{{4}}-\d{{2}}-\d{{4}})\b"),
        lambda m: f"SOP {m[1]}",
    ),
    (  # German printed papers: BT-Drs. 20/1234, Bundesrats-Drucksache 12/26
        ("DRS", "DRUCKS"),
        re.compile(
            r"\b(BT|BR|Bundestags?|Bundesrats?|LT|Landtags?)[\s-]{0,2}(?:Drs\.?"
            rf"|Drucks(?:ache)?\.?){_S}(?:Nr\.{_S})?(\d{{1,3}})/(\d{{1,6}})\b",
            re.IGNORECASE,
        ),
        lambda m: f"{_chamber(m[1])}-Drs. {int(m[2])}/{int(m[3])}",
    ),
    (  # Swiss parliamentary business: 21.464, only after its kind ("Pa. Iv.", "Motion", "Geschäft")
        ("IV.", "MO", "PO", "INTERP", "IP.", "GESCH", "OBJ", "OGG", "BRG", "MCF", "IV. PA"),
        re.compile(
            r"\b(?:Pa\. ?Iv\.|Iv\. ?pa\.|Motion|Mo\.|Po\.|Postulat|Interpellation|Ip\.|Geschäft"
            r"|Objet|Oggetto|BRG|MCF)\s(?:Nr\.\s)?"
            r"(\d{2}\.\d{3,4})\b|\b(\d{2}\.\d{3,4})(?=\s[snNS]?\s?(?:Pa\. ?Iv\.|Iv\. ?pa\.|Mo\."
            r"|Po\.|Ip\.))"
        ),
        lambda m: f"CH {m[1] or m[2]}",
    ),
)
# Laws in force: a text that names one need not be about it (see `cites_law`).
_LAWS: tuple[Rule, ...] = (
    (  # 32024R1991; a document's number (5…PC…) is that of the document
        ("CELEX",),
        re.compile(
            r"\bCELEX(?:[\s:=-]|%3A|n[o°]|nr|num(?:ber|mer|éro|ero)|št|\.){0,4}"
            rf"(?P<sector>[1-9])(?P<year>{_YEAR})(?P<kind>[A-Z]{{1,2}})(?P<n>\d{{4}})\b",
            re.IGNORECASE,
        ),
        _celex,
    ),
    (  # European Legislation Identifier: http://data.europa.eu/eli/reg/2024/1991/oj, eli/cc/24/233
        ("ELI/",),
        re.compile(
            r"(?<![\w-])eli/(?P<path>(?!dl/proj/)[a-z][a-z_]{1,11}/[a-zA-Z0-9_./-]{4,48})",
        ),
        _eli,
    ),
    (  # Austria: BGBl. I Nr. 12/2026; Germany: BGBl. 2026 I Nr. 12
        ("BGBL",),
        re.compile(
            rf"\bBGBl\.?{_S}(?:(?P<first>{_YEAR}){_S})?(?P<part>I{{1,3}})?{_S}(?:Nr\.?{_S})?"
            rf"(?:(?P<n>\d{{1,4}})/(?P<year>{_YEAR})\b|(?(first)(?P<alone>\d{{1,4}})\b(?!/)|(?!)))"
        ),
        _bgbl,
    ),
    (  # Switzerland: SR 451.1, in French and Italian RS 451.1
        ("SR ", "RS ", "SR\xa0", "RS\xa0"),
        re.compile(r"\b(?:SR|RS(?=\s\d[\d.]{4}))\s((?:0\.)?\d{3}(?:\.\d{1,3}){0,5})\b(?![./-]\d)"),
        lambda m: f"SR {m[1]}",
    ),
)
_LAW_KINDS = ("CELEX ", "eli/", "BGBl.", "SR ")


def cites_law(number: str) -> bool:
    """Is it a law in force that a text cites, rather than the number of the matter itself?"""
    return number.startswith(_LAW_KINDS)


def _telling(text: str) -> Iterator[tuple[int, int]]:
    """Where a sign or word stands without which there is no number."""
    yield from (match.span() for match in _TELLING.finditer(text))
    for word in _TELLING_WORDS:
        at = text.find(word)
        while at >= 0:
            yield at, at + len(word)
            at = text.find(word, at + len(word))


def _found(text: str, rules: tuple[Rule, ...], low: int, high: int) -> Iterator[tuple[int, str]]:
    near = text[low:high].upper()
    for needs, pattern, said in rules:
        if any(need in near for need in needs):
            yield from ((match.start(), said(match)) for match in pattern.finditer(text, low, high))


def procedure_numbers(text: str) -> list[str]:
    """The procedure and document numbers in a text, normalised, in order, none twice.

    The laws that it cites (see `cites_law`) come last.
    """
    text = composed(text)[:LONGEST_TEXT]
    stretches = list(merged(sorted(_telling(text)), _AROUND))
    found = [
        number
        for rules in (_PROCEDURES, _LAWS)
        for low, high in stretches
        for _, number in sorted(_found(text, rules, low, high))
    ]
    return sorted(dict.fromkeys(found), key=cites_law)
