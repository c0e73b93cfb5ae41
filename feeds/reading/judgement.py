"""Whether a date in a sentence is a deadline, and of what kind."""

import re
from dataclasses import dataclass
from typing import Literal

from feeds.reading.cues import Cue, Cues
from feeds.reading.dates import FoundDate
from feeds.reading.roles import Lead, Role
from feeds.reading.times import FoundTime

# An end for input, or of another matter; "meeting" is an event, "force" an entry into force.
# What is named without a date has its kind and no instant.
Kind = Literal["input", "registration", "meeting", "force", "transposition", "other"]
Change = Literal["extended", "moved"]

# Dates stand as this sign in the text that cues are searched in: their full stops end no clause.
DATE_SIGN = " § "

_WIDE = 300  # characters of a sentence that count as near
_JUST_BEFORE = 12
_NEAR_END = 60  # a closing verb stands directly before its date
_STATUTE = re.compile(
    r"\babs(?:atz|\.)|\bart(?:ikel|icle|icolo|\.)|\bcomma\b|\balinea\b|\bparagraph|\bclen\w*"
    r"|\bodstav\w*"
    r"|\bnumber \d|\bsatz \d|\bde la loi\b|\bdella legge\b|\bdes gesetzes\b|\bzakona\b"
)
_CONTINUES = re.compile(
    r"^\W*(?:sie|diese|dieser|es|it|this|these|they|the period|elle|celle-ci|celui-ci|il|essa"
    r"|questa|la stessa"
    r"|ta|ti|le-ta|die frist|the deadline)\b|^\W*(?:traja|trajal\w*|poteka|potekal\w*|konca"
    r"|odprt\w*|dauert|lauft"
    r"|endet|lauft|open|closes|ends|runs|dura|termina|chiude|scade|aperta|dure|ouverte?)\b"
)
_LASTS = re.compile(
    r"\b(?:dauert?|lauft|lief|endet|runs?|lasts?|open|dure|court|dura|durera|resta|restera"
    r"|traja\w*|potek\w+|odprt\w*)\b"
)
_MANY_WORDS = 16
_FEW_WORDS = 2
_LABEL_WORDS = 6
_RANGES = (Role.UNTIL, Role.RANGE_END)
# What is said after this happens when the end has passed: ", then evaluated".
_AFTERWARDS = re.compile(
    r", (?:and )?(?:then|after that|afterwards|danach|anschliess?end|sodann|hierauf|puis|ensuite"
    r"|apres quoi|poi|dopodiche|successivamente|nato|potem|zatem|pozneje)\b"
)
_ANOTHER = re.compile(
    r"\b(?:first|second|third|1st|2nd|3rd|erste[nrs]?|zweite[nrs]?|dritte[nrs]?|premiere?|seconde?"
    r"|deuxieme|troisieme|prim[ao]|second[ao]|terz[ao]|prv[aieo]|drug[aieo]|tretj[aieo])\b"
)
_NO_NEWS = 3  # words between two dates that still speak of the same thing ("and closes on")
_EXTENDED = re.compile(r"exten|prolong|verlanger|erstreck|ausgedehnt|prorog|estes|etendu|podaljs")
_NEAR_FORCE = 120
_GATHERING = re.compile(
    r"\b(?:meeting|session|conference|workshop|hearing|webinar|assembly|\w*sitzung|\w*tagung"
    r"|\w*konferenz|\w*versammlung|\w*veranstaltung|reunion|seance|conference|assemblee"
    r"|riunione|seduta|convegno|assemblea|conferenza|incontro|sej[aoei]|sestan\w+|konferenc\w+"
    r"|delavnic\w+|skupscin\w+)\b"
)
_WORD = re.compile(r"[a-z]{2,}")


@dataclass(frozen=True, slots=True)
class Place:
    """A date with what stands around it, levelled.

    `left` and `right` reach to the dates beside it or to the ends of the sentence; `before` is
    the sentence before. `alone`: no other date stands in the sentence. `opens`: the start of the
    range that the date ends; `former`: the date that it replaces.
    """

    found: FoundDate
    lead: Lead
    left: str
    right: str
    whole: str
    before: str
    alone: bool
    next_role: Role | None
    time_before: FoundTime | None
    time_after: FoundTime | None
    opens: FoundDate | None = None
    former: FoundDate | None = None


def _timed(place: Place) -> bool:
    return place.time_before is not None or place.time_after is not None


def _scope(place: Place) -> str:
    """What the cues for this date may be read from."""
    right = place.right[:_WIDE]
    if not place.alone and place.next_role is not None:
        right = re.split(r"[;()]|, ", right, maxsplit=1)[0]
    return place.left[-_WIDE:] + DATE_SIGN + _AFTERWARDS.split(right, maxsplit=1)[0]


def outdated(place: Place, cues: Cues) -> bool:
    """An old date beside its new one: "previously 31 March", "of 31 March is postponed to"."""
    if cues.former.search(place.left[-_NEAR_END:]):
        return True
    later = place.next_role in (Role.TOWARDS, Role.UNTIL, Role.RANGE_END)
    return later and place.lead.role is not Role.UNTIL and bool(cues.moved.search(place.right))


def _named_end(place: Place, cues: Cues) -> bool:
    """A word for the end stands before the date ("Frist: …", "The deadline for comments is …")."""
    names = list(cues.deadline.finditer(place.left[-_WIDE:]))
    if not names:
        return False
    gap = place.left[-_WIDE:][names[-1].end() :]
    if place.lead.role is Role.OF:
        return not _WORD.search(gap)
    if cues.opened.search(gap) and not cues.moved.search(gap):
        return False
    return len(gap) < _NEAR_END or place.lead.role in (Role.UNTIL, Role.RANGE_END, Role.TOWARDS)


def _closes(place: Place, cues: Cues) -> bool:
    """A closing verb belongs to the date: "closes on …", "am … endet die Frist"."""
    if cues.ends.search(place.left[-_NEAR_END:]):
        return True
    if cues.opened.search(place.left[-_JUST_BEFORE:]) and place.lead.role is Role.ON:
        return False
    ends = cues.ends.search(place.right)
    opened = cues.opened.search(place.right)
    return ends is not None and (opened is None or ends.start() < opened.start())


def _handed_in(place: Place, cues: Cues) -> bool:
    """A label that names what is to be handed in: "Presentation of offers: …"."""
    label = place.left[-_NEAR_END:]
    return bool(cues.input.search(label)) and not cues.opened.search(label)


def _continues(place: Place, cues: Cues) -> bool:
    """Does the sentence go on ("It runs until …") from one about a consultation?"""
    words = len(_WORD.findall(place.whole))
    goes_on = _CONTINUES.search(place.whole) or _LASTS.search(place.whole)
    if words > _MANY_WORDS or not goes_on:
        return False
    return any(c.search(place.before) for c in (cues.matter, cues.deadline, cues.input))


def _fragment(place: Place) -> bool:
    """Nothing but the date and its "until": a cell of a table, the end of a cut text."""
    words = len(_WORD.findall(place.left + " " + place.right))
    return words == 0 or (place.lead.firm and words <= _FEW_WORDS)


def _headed(place: Place, cues: Cues) -> bool:
    """The date stands alone below its label ("Frist", "Einreichen des Angebots:")."""
    label = place.before.rstrip().rsplit("\n", 1)[-1][-_NEAR_END:]
    if _WORD.search(place.left + " " + place.right) or cues.against.search(label):
        return False
    if len(_WORD.findall(label)) <= _LABEL_WORDS and cues.deadline.search(label):
        return True
    return label.endswith(":") and bool(cues.input.search(label)) and not cues.opened.search(label)


def _once_more(place: Place, cues: Cues) -> bool:
    """Another end of the matter that the sentence is about: "…; the second closes on …"."""
    if place.alone or cues.against.search(place.whole):
        return False
    left = place.left[-_NEAR_END:]
    few = len(_WORD.findall(left)) <= _NO_NEWS
    again = few or _ANOTHER.search(left) or _LASTS.search(left)
    about = cues.matter.search(place.whole) or cues.input.search(place.whole)
    return bool(again and about) and (_closes(place, cues) or place.lead.role in _RANGES)


def _is_end(place: Place, cues: Cues, scope: str) -> bool:
    """Is the date the end of something at all?"""
    role = place.lead.role
    if role in (Role.UNTIL, Role.RANGE_END) or _named_end(place, cues):
        return True
    if role is Role.TOWARDS and cues.moved.search(scope):
        return True
    if role in (Role.LABEL, Role.BARE) and _headed(place, cues):
        return True
    if role is Role.LABEL and _handed_in(place, cues):
        return True
    return role not in (Role.OF, Role.SINCE) and _closes(place, cues)


def _for_input(place: Place, cues: Cues, scope: str) -> bool:
    """Given that it is an end: is it one for handing something in?"""
    # what follows a labelled date is already the next thing; a moved end is named before the old
    label, moved = place.lead.role is Role.LABEL, cues.moved.search(scope)
    wide = place.left[-_WIDE:] if label else place.whole if moved else scope
    about = bool(cues.input.search(wide) or cues.matter.search(wide))
    named = bool(cues.deadline.search(wide))
    against = cues.against.search(place.left[-_WIDE:] if label else scope)
    if against and not (about and cues.deadline.search(place.left[-_WIDE:])):
        return False
    if about:
        return True
    if named:
        return not _STATUTE.search(place.whole)
    if place.lead.role in (Role.UNTIL, Role.RANGE_END, Role.LABEL, Role.BARE):
        if _continues(place, cues) or _headed(place, cues):
            return True
    elif _continues(place, cues) and _closes(place, cues):
        return True
    until = place.lead.role is Role.UNTIL
    return _once_more(place, cues) or (
        until and (_fragment(place) or (place.lead.firm and _timed(place)))
    )


def _said_first(cue: Cue, place: Place, scope: str, cues: Cues) -> bool:
    """Is the sentence about this rather than about input: named first, or the only thing named?"""
    named, handed_in = cue.search(scope), cues.input.search(scope)
    if named is None or handed_in is None:
        return named is not None
    return named.start() <= handed_in.start() and named.start() < len(place.left[-_WIDE:])


def _end_of_what(place: Place, cues: Cues, scope: str) -> Kind | None:
    if _said_first(cues.registration, place, scope, cues):
        return "registration"
    if _said_first(cues.other, place, scope, cues):
        return "other"
    return "input" if _for_input(place, cues, scope) else None


def _event(place: Place, cues: Cues, scope: str) -> Kind | None:
    """What happens on the date, which is no end."""
    role = place.lead.role
    if place.found.loose or role in (Role.OF, Role.UNTIL, Role.RANGE_END):
        return None
    if cues.force.search(place.left[-_NEAR_FORCE:] + DATE_SIGN + place.right[:_NEAR_END]):
        return "force"
    if role is Role.TOWARDS:
        moved = cues.moved.search(scope) and _GATHERING.search(place.whole)
        return "meeting" if moved else None
    meets = role in (Role.ON, Role.LABEL, Role.BARE)
    return "meeting" if meets and cues.meeting.search(scope) else None


def change_of(place: Place, cues: Cues) -> Change | None:
    """Was the end put off (or on), and does the time run longer or at another time?"""
    scope = _scope(place)
    if not (cues.moved.search(scope) or place.former):
        return None
    return "extended" if _EXTENDED.search(scope) else "moved"


def kind_of(place: Place, cues: Cues) -> Kind | None:
    """The kind of deadline that the date is, or None when it is no deadline."""
    role = place.lead.role
    scope = _scope(place)
    if outdated(place, cues):
        return None
    if role is Role.SINCE or not _is_end(place, cues, scope):
        return _event(place, cues, scope)
    if place.found.loose and role not in (Role.UNTIL, Role.RANGE_END, Role.LABEL, Role.TOWARDS):
        return None
    if role is Role.UNTIL and cues.transposition.search(scope):
        return "transposition"
    kind = _end_of_what(place, cues, scope)
    return kind or (_event(place, cues, scope) if role is Role.TOWARDS else None)
