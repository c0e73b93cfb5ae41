"""What the words directly before a date make of it: its end, its day, its source, its start."""

import re
from dataclasses import dataclass
from enum import Enum

from feeds.reading.dates import FoundDate
from feeds.reading.letters import word_set
from feeds.reading.months import WEEKDAYS


class Role(Enum):
    UNTIL = "until"  # until 31 March, bis zum, jusqu'au, entro il, do
    RANGE_END = "range_end"  # from 2 to 31 March, 2.-31. März
    TOWARDS = "towards"  # postponed to, reporté au, auf den
    ON = "on"  # on 31 March, am, le, il
    LABEL = "label"  # Closing date: 31 March
    SINCE = "since"  # from, ab, dès, dal, od
    OF = "of"  # of, vom, du, del, z dne: mostly the date of an act
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Lead:
    """The words before a date: where they begin, what they make of it.

    `firm`: they are said of things to hand in ("no later than"), hardly of events ("until").
    `filler` is the text between them and the date: weekday, time, zone.
    """

    role: Role
    start: int
    firm: bool = False
    weekday: int | None = None
    filler: str = ""


_REACH = 90
_TOKEN = re.compile(r"[a-z]+'?|\d+(?:[.:h]\d+)*|[^\w\s]")
_FIRM = word_set("by than latest spatestens langstens tard entro oltre tardi najpozneje najkasneje")
_UNTIL = _FIRM | word_set(
    "until till til before through up bis ablauf vor jusqu' avant ici pour fino sino "
    "prima do fristende jusque"
)
_SINCE = word_set(
    "since from starting beginning ab seit beginnend des depuis partir compter dal "
    "dall' dalla decorrere partire od after nach apres dopo po stand"
)
_OF = word_set("of vom du del dell' de z di dated gemas")
_ON = word_set("on am le il lo l' dne the den dem der das la zum zur fur on date datum")
_TOWARDS = word_set("to auf au aux al all' alla na as")
_ORDINAL_ENDINGS = word_set("er re st nd rd th")
_JOINTS = word_set("to au al all' bis do and und et e in ed a ter -")
_HOURS = word_set("uhr ure uri ur ura h ore ora alle heure heures pm am p m a hours hrs")
_FILLER = (
    _ON
    | _TOWARDS
    | _OF
    | _HOURS
    | frozenset(WEEKDAYS)
    | word_set(
        "( ) , . including inclusive and incl einschliesslich einschlieslich inklusive "
        "inkl mit und vkljucno vklj s s' z compreso incluso inclus giorno data dneva "
        "dnevom at um ob midnight mitternacht minuit mezzanotte polnoci noon midday "
        "mittags midi mezzogiorno opoldne brussels brussel time cet cest mez mesz zeit "
        "brusseler heure bruxelles uradnih einlangend eintreffend close business cob "
        "termine perentorio ultimo e non a day jour matin abends morgens latest konec "
        "konca including local '"
    )
) - {"z", "from"}
_RANGE_OPENERS = word_set(
    "from between vom von zwischen du entre dal dall' tra od med period zeitraum ab dei"
)


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int


def _tokens_before(text: str, low: int, at: int) -> list[_Token]:
    first = max(low, at - _REACH)
    return [_Token(m[0], m.start(), m.end()) for m in _TOKEN.finditer(text, first, at)]


def _is_clock(tokens: list[_Token], i: int) -> bool:
    """Is the number at `i` an hour: 12:00, 18h, "ore 12", "12. ure"?"""
    word = tokens[i].word
    if not word[0].isdigit():
        return False
    if ":" in word or "h" in word:
        return True
    if [t.word for t in tokens[i - 1 : i + 2 : 2]] == ["le", "del"]:
        return True  # "entro le 12 del 4 settembre"
    after = [t.word for t in tokens[i + 1 : i + 3] if t.word != "."][:1]
    before = [t.word for t in tokens[max(0, i - 1) : i]]
    return any(w in _HOURS for w in after + before)


def _is_filler(tokens: list[_Token], i: int) -> bool:
    word = tokens[i].word
    if word == "des":  # "bis zum Ablauf des 19. Juni"; alone it is the French "dès"
        return i > 0 and tokens[i - 1].word in ("ablauf", "ende", "laufe")
    if word == "termine":  # "entro il termine del 31 marzo"; alone it names the end
        return any(t.word == "entro" for t in tokens[max(0, i - 3) : i])
    return word in _FILLER or _is_clock(tokens, i)


def _skip_filler(tokens: list[_Token]) -> int:
    """How many tokens are left when weekdays, times, zones and articles are taken off the end."""
    left = len(tokens)
    while left and _is_filler(tokens, left - 1):
        if tokens[left - 1].word in _UNTIL:
            break
        left -= 1
    return left


def _stretch(tokens: list[_Token], at: int) -> int:
    """Index of the first token of the connector that ends at `at` ("no later than")."""
    first = at
    while first and tokens[first - 1].word in _CONNECTED:
        first -= 1
    return first


_CONNECTED = (_UNTIL | word_set("no not later at the au plus d' e non piu al bis zum")) - {
    "pour",
    "prima",
    "up",  # "sign up by"; as the last word of a connector it stands before "to"
}


def _range_end(tokens: list[_Token], left: int, text: str, low: int, at: int) -> bool:
    """Is this the end of "from 2 to 31 March", "1.3.-31.3.", "du 7 au 22 juillet"?"""
    between = [t.word for t in tokens[left:]]
    joined = [w for w in between if w in _JOINTS]
    if left == 0:  # nothing but filler since the date before
        return bool(low) and bool(joined or text[low:at].strip() == "-")
    if tokens[left - 1].word in _ORDINAL_ENDINGS and left > 1:  # "du 1er au 15 avril"
        left -= 1
    core = tokens[left - 1]
    if core.word == "-" and left > 1:
        return tokens[left - 2].word[0].isdigit() or tokens[left - 2].word == "."
    if core.word == "-" and low:
        return True
    opener = [t.word for t in tokens[max(0, left - 3) : left - 1] if t.word != "."]
    return core.word[0].isdigit() and bool(joined) and bool(_RANGE_OPENERS & set(opener))


def _opened_before(text: str, previous: FoundDate | None) -> bool:
    """Does the date before this one open a range ("from", "dal", "between")?"""
    if previous is None:
        return False
    words = [t.word for t in _tokens_before(text, max(0, previous.start - 40), previous.start)]
    return bool(set(words[-4:]) & _RANGE_OPENERS)


def lead_of(text: str, found: FoundDate, low: int, previous: FoundDate | None = None) -> Lead:
    """What stands before `found`, looking back no further than `low` (sentence or date before)."""
    tokens = _tokens_before(text, low, found.start)
    left = _skip_filler(tokens)
    weekday = next((WEEKDAYS[t.word] for t in tokens[left:] if t.word in WEEKDAYS), None)
    filler = text[tokens[left].start : found.start] if left < len(tokens) else ""

    def lead(role: Role, first: int, firm: bool = False) -> Lead:
        start = tokens[first].start if first < len(tokens) else found.start
        return Lead(role, start, firm, weekday, filler)

    core = tokens[left - 1].word if left else ""
    if core in _UNTIL:
        first = _stretch(tokens, left - 1)
        return lead(Role.UNTIL, first, any(t.word in _FIRM for t in tokens[first:]))
    since_date = low if previous and previous.end == low else 0
    if _range_end(tokens, left, text, since_date, found.start):
        joined = {t.word for t in tokens[left:]} & {"and", "und", "et", "e", "ed", "in"}
        if core or not joined or _opened_before(text, previous):
            return lead(Role.RANGE_END, max(left - 1, 0))
    return lead(_plain_role([t.word for t in tokens[left:]], core), left)


def _plain_role(filler: list[str], core: str) -> Role:
    if core in _SINCE or (core == "z" and "dne" in filler):
        return Role.OF if core == "z" else Role.SINCE
    words = set(filler)
    if core in (":", "=", "-", "|"):
        return Role.LABEL
    if words & _OF and not words & {"au", "al", "auf"}:
        return Role.OF
    if words & _TOWARDS:
        return Role.TOWARDS
    return Role.ON if words & _ON else Role.BARE
