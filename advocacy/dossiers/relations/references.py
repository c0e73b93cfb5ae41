"""Numbers under which others follow a matter: their kinds, one spelling, where they lead.

Numbers are spelt as `feeds.reading.procedures` spells them, so that what an entry names is found.
An address is made of nothing but the number: what somebody typed is never a link.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from advocacy.errors import Invalid, Message
from feeds.reading.procedures import procedure_numbers

LONGEST = 80


class Kind(StrEnum):
    COD = "cod"
    COM = "com"
    CELEX = "celex"
    HYS = "hys"
    ELI = "eli"
    FEDLEX = "fedlex"
    PARLIAMENT = "parliament"
    RIS = "ris"
    EVA = "eva"
    EPA = "epa"
    OTHER = "other"


KINDS: Mapping[Kind, Message] = {
    Kind.COD: Message("Procedure of the European Parliament"),
    Kind.COM: Message("Document of the Commission"),
    Kind.CELEX: Message("CELEX number"),
    Kind.HYS: Message("Initiative on “Have your say”"),
    Kind.ELI: Message("Law (ELI)"),
    Kind.FEDLEX: Message("Consultation on Fedlex"),
    Kind.PARLIAMENT: Message("Parliamentary paper"),
    Kind.RIS: Message("Draft in the Austrian RIS"),
    Kind.EVA: Message("EVA number (Slovenia)"),
    Kind.EPA: Message("EPA number (Slovenia)"),
    Kind.OTHER: Message("Other number"),
}
EXAMPLES: Mapping[Kind, str] = {
    Kind.COD: "2023/0156(COD)",
    Kind.COM: "COM(2024) 123",
    Kind.CELEX: "32024R1991",
    Kind.HYS: "14123",
    Kind.ELI: "eli/reg/2024/1991",
    Kind.FEDLEX: "proj/2026/12/cons_1",
    Kind.PARLIAMENT: "88/ME XXVIII, BT-Drs. 20/1234, 21.464",
    Kind.RIS: "BEGUT_0A1B2C3D_4E5F_4A6B_8C7D_9E0F1A2B3C4D",
    Kind.EVA: "2026-2550-0012",
    Kind.EPA: "1234-IX",
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number in its one spelling."""

    kind: Kind
    value: str


_COD = re.compile(r"\d{4}/\d{4}[A-Z]?\([A-Z]{3}\)")
_COM = re.compile(r"(?P<kind>COM|SWD|JOIN|SEC)\((?P<year>\d{4})\) (?P<n>\d{1,5})")
_CELEX = re.compile(r"CELEX (?P<n>[1-9]\d{4}[A-Z]{1,2}\d{4})")
_HYS = re.compile(r"(?:HYS ?)?(?P<n>[1-9]\d{2,6})", re.IGNORECASE)
_ELI = re.compile(r"eli/(?P<path>[a-z][A-Za-z0-9_./-]{4,70})")
_FEDLEX = re.compile(r"proj/\d{4}/\d{1,4}/cons_\d{1,2}")
_RIS = re.compile(r"(?:BEGUT|REGV|ME)_[0-9A-F]{8}(?:_[0-9A-F]{4}){3}_[0-9A-F]{12}", re.IGNORECASE)
_EVA = re.compile(r"EVA \d{4}-\d{3,4}-\d{4}")
_EPA = re.compile(r"EPA \d{1,4}-[IVX]{1,4}")
_AUSTRIA = re.compile(r"(?P<n>\d{1,4})/(?P<kind>ME|A|BI|I) (?P<period>[XVI]{2,7})")
_GERMANY = re.compile(r"(?P<chamber>BT|BR|LT)-Drs\. (?P<period>\d{1,3})/(?P<n>\d{1,6})")
_SWISS = re.compile(r"CH (?P<year>\d{2})\.(?P<n>\d{3,4})")
_WRITTEN: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.COD, _COD),
    (Kind.COM, _COM),
    (Kind.CELEX, _CELEX),
    (Kind.FEDLEX, _FEDLEX),
    (Kind.ELI, _ELI),
    (Kind.EVA, _EVA),
    (Kind.EPA, _EPA),
    (Kind.PARLIAMENT, _AUSTRIA),
    (Kind.PARLIAMENT, _GERMANY),
    (Kind.PARLIAMENT, _SWISS),
)
# What people leave out when the kind is chosen beside it.
_BEFORE: Mapping[Kind, tuple[str, ...]] = {
    Kind.CELEX: ("CELEX ",),
    Kind.EVA: ("EVA ",),
    Kind.EPA: ("EPA ",),
    Kind.PARLIAMENT: ("Geschäft ",),
    Kind.ELI: ("eli/",),
    Kind.FEDLEX: ("eli/dl/",),
}


def kind_of(number: str) -> Kind | None:
    """Of a number that is spelt as it is stored; None when it says nothing about itself."""
    if _RIS.fullmatch(number):
        return Kind.RIS
    return next((kind for kind, pattern in _WRITTEN if pattern.fullmatch(number)), None)


def read(kind: str, typed: str) -> Number:
    """What was typed, in its one spelling. Invalid when the kind has no such numbers."""
    if kind not in set(Kind):
        raise Invalid({"kind": Message("Choose one of the kinds")})
    chosen, text = Kind(kind), " ".join(typed.split())
    if not text:
        raise Invalid({"value": Message("Enter a number")})
    if len(text) > LONGEST:
        raise Invalid({"value": Message("A number has at most %(most)s signs", {"most": LONGEST})})
    value = _spelt(chosen, text)
    if value is None:
        said = {"example": EXAMPLES.get(chosen, "GZ 2026-0.123.456")}
        raise Invalid({"value": Message("This is no such number. It looks like %(example)s", said)})
    # CELEX 52024PC0123 is COM(2024) 123.
    meant = kind_of(value) if chosen is Kind.CELEX else None
    return Number(meant or chosen, value)


def _spelt(kind: Kind, text: str) -> str | None:
    if not text.isprintable():
        return None
    if kind is Kind.OTHER:
        return text
    if kind is Kind.HYS:
        found = _HYS.fullmatch(text)
        return f"HYS {found['n']}" if found else None
    if kind is Kind.RIS:
        return text.upper() if _RIS.fullmatch(text) else None
    if kind_of(text) is kind:
        return text
    tries = (text, *(before + text for before in _BEFORE.get(kind, ())))
    meant = {kind, Kind.COM} if kind is Kind.CELEX else {kind}
    return next((n for each in tries for n in procedure_numbers(each) if kind_of(n) in meant), None)


def numbers_of(procedure_number: str) -> list[str]:
    """A dossier's own procedure number, as it was typed and in the one spelling."""
    typed = procedure_number.strip()
    return list(dict.fromkeys([*procedure_numbers(typed), typed])) if typed else []


def address_of(number: str, language: str) -> str:
    """The page of the system that has this number; "" where none can be made of the number."""
    kind = Kind.HYS if number.startswith("HYS ") else kind_of(number)
    makes = _ADDRESSES.get(kind) if kind else None
    return makes(number, language) if makes else ""


def procedure_address(procedure_number: str, language: str) -> str:
    """Of a procedure number as somebody typed it."""
    said = (address_of(each, language) for each in numbers_of(procedure_number))
    return next((each for each in said if each), "")


def _oeil(number: str, language: str) -> str:
    shown = "fr" if language == "fr" else "en"  # the observatory speaks no other language
    page = f"https://oeil.secure.europarl.europa.eu/oeil/{shown}/procedure-file"
    return f"{page}?reference={quote(number, safe='/()')}"


def _commission(number: str, language: str) -> str:
    found = _COM.fullmatch(number)
    assert found is not None  # noqa: S101  kind_of has looked
    uri = f"{found['kind']}:{found['year']}:{found['n']}:FIN"
    return f"https://eur-lex.europa.eu/legal-content/{language.upper()}/ALL/?uri={uri}"


def _celex(number: str, language: str) -> str:
    uri = f"CELEX:{number.removeprefix('CELEX ')}"
    return f"https://eur-lex.europa.eu/legal-content/{language.upper()}/TXT/?uri={uri}"


def _have_your_say(number: str, language: str) -> str:
    initiative = number.removeprefix("HYS ")
    page = "https://ec.europa.eu/info/law/better-regulation/have-your-say/initiatives"
    return f"{page}/{initiative}_{language}"


def _eli(number: str, _: str) -> str:
    if ".." in number:
        return ""
    if number.startswith(("eli/cc/", "eli/oc/", "eli/fga/")):
        return f"https://www.fedlex.admin.ch/{quote(number)}"
    european = number.startswith(("eli/reg", "eli/dir", "eli/dec", "eli/rec", "eli/treaty"))
    return f"https://data.europa.eu/{quote(number)}/oj" if european else ""


def _fedlex(number: str, _: str) -> str:
    return f"https://www.fedlex.admin.ch/eli/dl/{number}"


def _ris(number: str, _: str) -> str:
    page = "https://www.ris.bka.gv.at/Dokument.wxe"
    return f"{page}?Abfrage=Begut&Dokumentnummer={number}" if number.startswith("BEGUT") else ""


def _parliament(number: str, language: str) -> str:
    if austria := _AUSTRIA.fullmatch(number):
        place = f"{austria['period']}/{austria['kind']}/{austria['n']}"
        return f"https://www.parlament.gv.at/gegenstand/{place}"
    if (germany := _GERMANY.fullmatch(number)) and germany["chamber"] == "BT":
        paper = f"{int(germany['period']):02d}{int(germany['n']):05d}"
        return f"https://dserver.bundestag.de/btd/{paper[:2]}/{paper[2:5]}/{paper}.pdf"
    if swiss := _SWISS.fullmatch(number):
        century = "19" if int(swiss["year"]) > 80 else "20"  # noqa: PLR2004  the register's oldest
        affair = f"{century}{swiss['year']}{int(swiss['n']):04d}"
        shown = language if language in {"de", "fr", "it", "en"} else "de"
        page = f"https://www.parlament.ch/{shown}/ratsbetrieb/suche-curia-vista/geschaeft"
        return f"{page}?AffairId={affair}"
    return ""


_ADDRESSES: Mapping[Kind, Callable[[str, str], str]] = {
    Kind.COD: _oeil,
    Kind.COM: _commission,
    Kind.CELEX: _celex,
    Kind.HYS: _have_your_say,
    Kind.ELI: _eli,
    Kind.FEDLEX: _fedlex,
    Kind.RIS: _ris,
    Kind.PARLIAMENT: _parliament,
}
