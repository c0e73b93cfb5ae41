"""What a digest calls the kinds of its news, and what has happened."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from advocacy import texts
from advocacy.digest.happenings import Happening, What
from advocacy.digest.rules import Kind
from advocacy.dossiers.rules import Precision
from advocacy.errors import Message
from advocacy.history.labels import ACTS
from advocacy.texts import gettext, ngettext

KINDS: Mapping[StrEnum, Message] = {
    Kind.DEADLINES: Message("Deadlines, meetings and rounds"),
    Kind.DOSSIERS: Message("What happens in dossiers"),
    Kind.INBOX: Message("New entries in the inbox"),
    Kind.SOURCES: Message("Sources that need a look"),
    Kind.NEWS: Message("Projects, gatherings, answers, worth knowing"),
}

_PLAIN: Mapping[StrEnum, Message] = {
    What.FAST_LANE: Message("The fast lane was taken"),
    What.OPENED: Message("New dossier"),
    What.CLOSED: Message("Closed"),
    What.REOPENED: Message("Opened again"),
    What.MERGED: Message("Another dossier was merged into this one"),
    What.ROUND_OPENED: Message("The position was sent to the presidency"),
    What.ADOPTED: Message("The position was adopted"),
    What.REJECTED: Message("The position was not adopted"),
    What.ROUND_REOPENED: Message("A member has thought again: the round is open once more"),
    What.VOID: Message("The round is void: the text has changed"),
    What.HANDED_IN: Message("The position was handed in"),
    What.RECEIPT: Message("The receipt has come"),
    What.TOLD: Message("The municipalities were told what became of their answers"),
}
_DATED: Mapping[StrEnum, Message] = {
    What.SET: Message("Deadline set: %(when)s"),
    What.PROPOSED: Message("Deadline read from a source, not confirmed yet: %(when)s"),
    What.BACK: Message("Deadline set again: %(when)s"),
    What.CONFIRMED: Message("Deadline confirmed: %(when)s"),
    What.MISSED: Message("Deadline missed: %(when)s"),
    What.WITHDRAWN: Message("Deadline withdrawn by the body: %(when)s"),
    What.MOVED: Message("Deadline moved: %(when)s"),
}


KNOWN_DAY = {Precision.EXACT, Precision.DAY}


def when(at: datetime, zone: str, precision: str = Precision.DAY) -> str:
    """With its zone; of a month that is all we know, its name. No date that nobody has named."""
    if precision == Precision.UNKNOWN:
        return gettext("Not known yet")
    if precision == Precision.MONTH:
        return texts.month(at.astimezone(ZoneInfo(zone)).date())
    return f"{texts.moment(at, zone)} ({texts.zone_name(zone)})"


def short_when(at: datetime, zone: str, precision: str) -> str:
    """For a subject: the day, or what is known of it."""
    return texts.short_day(at, zone) if precision in KNOWN_DAY else when(at, zone, precision)


def sentence(line: Happening) -> str:
    """In the language in use; what it quotes is as it was typed."""
    if line.what is What.TAKEN_BACK:
        undone = ACTS.get(line.undone)
        return gettext("Taken back: %(act)s") % {
            "act": texts.translate(undone) if undone else line.undone
        }
    if line.what is What.CONTRADICTED:
        said = {"when": when(line.closes or line.at, line.zone), "source": line.said}
        return gettext("A source names another deadline: %(when)s. Source: %(source)s") % said
    if line.what in _DATED:
        return _of_deadline(line)
    if line.what in _PLAIN:
        plain = texts.translate(_PLAIN[line.what])
        return f"{texts.label(plain)} {line.said}" if line.said else plain
    return _counted(line)


def _of_deadline(line: Happening) -> str:
    day = when(line.closes, line.zone, line.precision) if line.closes else "–"
    said = texts.translate(Message(_DATED[line.what].text, {"when": day}))
    if line.before is None:
        return said
    before = gettext("Before: %(when)s") % {
        "when": when(line.before, line.zone_before, line.precision_before)
    }
    return f"{said}. {before}"


def _counted(line: Happening) -> str:
    if line.what is What.VERSION:
        return gettext("Position: version %(number)s") % {"number": line.said}
    if line.what is What.CALL_SENT:
        said = ngettext(
            "The call was sent to %(num)d municipality",
            "The call was sent to %(num)d municipalities",
            line.asked,
        )
        return said % {"num": line.asked}
    if line.what in {What.ANSWERS, What.CALL_CLOSED}:
        return _answers(line)
    return _number_of(line.what, line.count) % {"num": line.count}


def _answers(line: Happening) -> str:
    answers = ngettext(
        "%(answered)s of %(num)d municipality has answered",
        "%(answered)s of %(num)d municipalities have answered",
        line.asked,
    ) % {"answered": line.answered, "num": line.asked}
    ended = line.what is What.CALL_CLOSED
    return gettext("The call has ended: %(answers)s") % {"answers": answers} if ended else answers


def _number_of(what: What, number: int) -> str:
    if what is What.SOURCES:
        return ngettext("%(num)d new source", "%(num)d new sources", number)
    if what is What.DOCUMENTS:
        return ngettext("%(num)d new document", "%(num)d new documents", number)
    return ngettext("Outcome known of %(num)d demand", "Outcome known of %(num)d demands", number)
