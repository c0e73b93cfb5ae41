"""Deadlines counted from the publication: "within four weeks of publication"."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10,
    "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "sixty": 60,
    "einem": 1, "eines": 1, "einer": 1, "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6,
    "acht": 8, "zehn": 10, "zwolf": 12, "vierzehn": 14, "dreissig": 30, "sechzig": 60,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "huit": 8, "dix": 10,
    "douze": 12, "quinze": 15, "vingt": 20, "trente": 30, "soixante": 60,
    "uno": 1, "una": 1, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "otto": 8,
    "dieci": 10, "dodici": 12, "quindici": 15, "venti": 20, "trenta": 30, "sessanta": 60,
    "enega": 1, "dveh": 2, "treh": 3, "stirih": 4, "petih": 5, "sestih": 6, "osmih": 8,
    "desetih": 10, "petnajstih": 15, "tridesetih": 30, "sestdesetih": 60,
}  # fmt: skip
_UNITS = {
    "day": "day days tag tage tagen jour jours giorno giorni dan dni dneh",
    "week": "week weeks woche wochen semaine semaines settimana settimane "
    "teden tedna tedne tednih tednov",
    "month": "month months monat monate monaten monats mois mese mesi mesec mesecev mesecih meseca",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_NUMBER = r"\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True))
_PUBLICATION = (
    "publication|publishing|issue|notice|announcement|veroffentlichung|kundmachung"
    "|bekanntmachung|publikation|verlautbarung|pubblicazione|avviso|objave|objavi|javne objave"
    "|razgrnitve|mise en ligne|parution|affichage"
)
# A text without any of these, in one token, names no such period.
PUBLICATION_STEMS = tuple(said.split()[-1] for said in _PUBLICATION.split("|"))
_RELATIVE = re.compile(
    rf"\b(?:within(?: a period of)?|in the|for|innerhalb(?: von)?|innert|binnen|wahrend"
    rf"|dans(?: un)? (?:le |les )?(?:delai de )?"
    rf"|delai de|pendant|entro|nel termine di|per|v roku|v|najpozneje v)\s(?:the |les |i )?"
    rf"(?P<n>{_NUMBER})(?:\s?\(\w{{1,15}}\))?[\s-]"
    rf"(?:calendar |consecutive |kalender|aufeinanderfolgende[nr]? |koledarskih |consecutifs? "
    rf"|naturali e consecutivi )?"
    rf"(?P<unit>{'|'.join(sorted(_UNIT_OF, key=len, reverse=True))})\b"
    rf"(?P<gap>[\s,a-z]{{0,25}}?)\b(?:of|from|after|following|since|ab|nach|seit|a compter"
    rf"|suivant|des|depuis|apres|dalla|dal|"
    rf"dall'|decorrenti|a decorrere|successivi|od|po)\s"
    rf"(?:[a-z']+\s){{0,5}}?(?:dell'|l'|d')?(?:avvenuta )?"
    rf"(?:{_PUBLICATION})\b"
)


@dataclass(frozen=True, slots=True)
class FoundPeriod:
    """A period counted from the publication, at text[start:end]."""

    start: int
    end: int
    amount: int
    unit: str

    def after(self, published: date) -> date:
        """The last day of the period; the day of publication itself is not counted."""
        if self.unit != "month":
            return published + timedelta(days=self.amount * (7 if self.unit == "week" else 1))
        months = published.year * 12 + published.month - 1 + self.amount
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(published.day, last))


def periods(text: str) -> Iterator[FoundPeriod]:
    """All periods from publication in a levelled text, in order.

    Slow: worth asking only of a text that holds one of `PUBLICATION_STEMS`.
    """
    for match in _RELATIVE.finditer(text):
        number = match["n"]
        amount = int(number) if number.isdigit() else _NUMBERS[number]
        if amount:
            yield FoundPeriod(match.start(), match.end(), amount, _UNIT_OF[match["unit"]])
