"""Numbers under which bodies file a matter, each in one spelling, so that equal is the same."""

import re
from collections.abc import Callable

from feeds.reading.letters import composed

LONGEST_TEXT = 200_000
_SPACE = r"[\s\xa0]{0,2}"


def _act(match: re.Match[str]) -> str:
    return f"{match['kind'].upper()}({match['year']}) {int(match['n'])}"


# What must stand in the text (in capitals) for the pattern to be worth trying; pattern; spelling.
_RULES: tuple[tuple[tuple[str, ...], re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (  # European Parliament and Council: 2023/0156(COD)
        ("/",),
        re.compile(
            rf"\b((?:19|20)\d\d)/(\d{{4}}[A-Z]?){_SPACE}\({_SPACE}(COD|CNS|APP|AVC|NLE|INI|INL"
            rf"|RSP|BUD|BUI|DEC|DEA"
            rf"|RPS|SYN|ACI|REG|IMM|RSO|GBD|DCE){_SPACE}\)",
            re.IGNORECASE,
        ),
        lambda m: f"{m[1]}/{m[2].upper()}({m[3].upper()})",
    ),
    (  # Commission and Council documents: COM(2015) 366 final, SWD/2015/147
        ("(2", "( 2", "(1", "/"),
        re.compile(
            rf"\b(?P<kind>COM|SWD|JOIN|SEC){_SPACE}(?:\({_SPACE}(?P<year>(?:19"
            rf"|20)\d\d){_SPACE}\){_SPACE}|/(?=(?:19|20)\d\d/))"
            rf"(?:(?P<slash>(?:19|20)\d\d)/)?(?P<n>\d{{1,5}})\b",
            re.IGNORECASE,
        ),
        lambda m: f"{m['kind'].upper()}({m['year'] or m['slash']}) {int(m['n'])}",
    ),
    (
        ("C(", "C (", "PE(", "PE ("),
        re.compile(
            rf"\b(?P<kind>C|PE){_SPACE}\((?P<year>(?:19|20)\d\d)\){_SPACE}(?P<n>\d{{1,5}})\b"
        ),
        _act,
    ),
    (
        ("ARES",),
        re.compile(
            rf"\bAres{_SPACE}\({_SPACE}((?:19|20)\d\d){_SPACE}\){_SPACE}(\d{{1,9}})\b",
            re.IGNORECASE,
        ),
        lambda m: f"Ares({m[1]}){m[2]}",
    ),
    (  # Swiss consultations at fedlex: eli/dl/proj/2026/12/cons_1
        ("PROJ/",),
        re.compile(r"\bproj/(\d{4})/(\d{1,4})/cons_(\d{1,2})\b", re.IGNORECASE),
        lambda m: f"proj/{m[1]}/{m[2]}/cons_{m[3]}",
    ),
    (  # Austrian drafts and bills: 88/ME XXVIII. GP, "gegenstand/XXVIII/ME/88"
        ("/ME", "/ ME", "/A", "/BI"),
        re.compile(
            rf"\b(\d{{1,4}}){_SPACE}/{_SPACE}(ME|A|BI){_SPACE}[,(]?{_SPACE}([XVI]{{2,7}})\b\.?"
        ),
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
        re.compile(
            rf"\bEVA{_SPACE}:?{_SPACE}(?:št\.{_SPACE})?(\d{{4}}-\d{{3,4}}-\d{{4}})\b", re.IGNORECASE
        ),
        lambda m: f"EVA {m[1]}",
    ),
    (
        ("EPA",),
        re.compile(
            rf"\bEPA{_SPACE}:?{_SPACE}(?:št\.{_SPACE})?(\d{{1,4}})-([IVX]{{1,4}})\b", re.IGNORECASE
        ),
        lambda m: f"EPA {int(m[1])}-{m[2].upper()}",
    ),
    (
        ("SOP",),
        re.compile(rf"\bSOP{_SPACE}:?{_SPACE}(\d{{4}}-\d{{2}}-\d{{4}})\b"),
        lambda m: f"SOP {m[1]}",
    ),
    (  # German printed papers: BT-Drs. 20/1234, Bundesrats-Drucksache 12/26
        ("DRS", "DRUCKS"),
        re.compile(
            rf"\b(BT|BR|Bundestags?|Bundesrats?|LT|Landtags?)[\s-]{{0,2}}(?:Drs\.?"
            rf"|Drucks(?:ache)?\.?){_SPACE}(?:Nr\.{_SPACE})?"
            r"(\d{1,3})/(\d{1,6})\b",
            re.IGNORECASE,
        ),
        lambda m: f"{_chamber(m[1])}-Drs. {int(m[2])}/{int(m[3])}",
    ),
    (  # Swiss parliamentary business: 21.464, only after its kind ("Pa. Iv.", "Motion", "Geschäft")
        ("IV.", "MO", "PO", "INTERP", "IP.", "GESCH", "OBJ", "OGG", "BRG", "MCF"),
        re.compile(
            r"\b(?:Pa\. ?Iv\.|Iv\. ?pa\.|Motion|Mo\.|Po\.|Postulat|Interpellation|Ip\.|Geschäft"
            r"|Objet|Oggetto|BRG|MCF)\s(?:Nr\.\s)?"
            r"(\d{2}\.\d{3,4})\b|\b(\d{2}\.\d{3,4})(?=\s[snNS]?\s?(?:Pa\. ?Iv\.|Iv\. ?pa\.|Mo\."
            r"|Po\.|Ip\.))"
        ),
        lambda m: f"CH {m[1] or m[2]}",
    ),
)


def _chamber(written: str) -> str:
    name = written.lower()
    return "BR" if name.startswith(("br", "bundesr")) else "BT" if name.startswith("b") else "LT"


def procedure_numbers(text: str) -> list[str]:
    """The procedure and document numbers in a text, normalised, in order, none twice."""
    text = composed(text)[:LONGEST_TEXT]
    capitals = text.upper()
    tried = [rule[1:] for rule in _RULES if any(need in capitals for need in rule[0])]
    found = [(m.start(), said(m)) for pattern, said in tried for m in pattern.finditer(text)]
    return list(dict.fromkeys(number for _, number in sorted(found)))
