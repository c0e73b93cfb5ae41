"""Whose a question is, what may become of it, and what in an answer gives somebody away."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from advocacy.errors import Message, Outdated
from advocacy.people.rules import Role
from feeds.reading.letters import composed, levelled

WANTED_WITHIN = timedelta(days=3)
"""Who asks has an answer, or a question back, until then."""
HOUSE = frozenset({Role.SECRETARIAT, Role.COORDINATOR, Role.PRESIDENCY})
MEANWHILE = Message(
    "Something was added to this question meanwhile: please read it, then send yours again"
)


class EnquiryState(StrEnum):
    OPEN = "open"  # it waits for us
    WAITING = "waiting"  # for the municipality: we have asked back
    ANSWERED = "answered"
    CLOSED = "closed"


ALLOWED: Mapping[EnquiryState, frozenset[EnquiryState]] = {
    EnquiryState.OPEN: frozenset(
        {EnquiryState.WAITING, EnquiryState.ANSWERED, EnquiryState.CLOSED}
    ),
    EnquiryState.WAITING: frozenset(
        {EnquiryState.OPEN, EnquiryState.ANSWERED, EnquiryState.CLOSED}
    ),
    EnquiryState.ANSWERED: frozenset(
        {EnquiryState.OPEN, EnquiryState.WAITING, EnquiryState.CLOSED}
    ),
    # the municipality writes again; or closing is taken back
    EnquiryState.CLOSED: frozenset(
        {EnquiryState.OPEN, EnquiryState.WAITING, EnquiryState.ANSWERED}
    ),
}
ENDS = frozenset({EnquiryState.ANSWERED, EnquiryState.CLOSED})


class MessageKind(StrEnum):
    QUESTION = "question"  # of the municipality: the first and whatever it adds
    ANSWER = "answer"
    BACK = "back"  # we ask back
    HANDOVER = "handover"  # a note of ours, which the municipality does not see


SHOWN_TO_ASKER = (MessageKind.QUESTION, MessageKind.ANSWER, MessageKind.BACK)
OURS = frozenset({MessageKind.ANSWER, MessageKind.BACK})


def state_after(kind: MessageKind, before: EnquiryState) -> EnquiryState:
    return {
        MessageKind.QUESTION: EnquiryState.OPEN,
        MessageKind.ANSWER: EnquiryState.ANSWERED,
        MessageKind.BACK: EnquiryState.WAITING,
    }.get(kind, before)


def waits_since(
    kind: MessageKind, before: datetime | None, *, state: EnquiryState, now: datetime
) -> datetime | None:
    """Words that are added do not make a question younger, and neither does handing it over.

    `state`: before these words.
    """
    if kind in OURS:
        return None
    if kind is MessageKind.HANDOVER:
        return before
    return before if state is EnquiryState.OPEN and before else now


def check_seen(seen: int, last: int) -> None:
    """`seen`: the number of the last message on the page on which somebody typed."""
    if seen != last:
        raise Outdated(MEANWHILE)


class AnswerState(StrEnum):
    """Of an answer that helps others."""

    DRAFT = "draft"
    PUBLISHED = "published"


ANSWER_ALLOWED: Mapping[AnswerState, frozenset[AnswerState]] = {
    AnswerState.DRAFT: frozenset({AnswerState.PUBLISHED}),
    AnswerState.PUBLISHED: frozenset({AnswerState.DRAFT}),
}
ANSWER_ENDS = frozenset({AnswerState.PUBLISHED})


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody of the house, as far as a question is concerned."""

    person: int
    role: str
    countries: tuple[str, ...] = ()
    active: bool = True

    @property
    def works(self) -> bool:
        return self.active and self.role in HOUSE


def owner_for(
    people: Sequence[Desk],
    *,
    country: str | None,
    carer: int | None = None,
    lead: int | None = None,
) -> int | None:
    """Who has the question in hand: `carer`, whom the municipality knows; else the coordinator of
    its country; else the secretariat, first of all `lead`, who leads the dossier; else anybody of
    the house. None: nobody of the house is active at all.
    """
    there = [each for each in people if each.works]
    office = [each for each in there if each.role == Role.SECRETARIAT]
    coordinators = [each for each in there if each.role == Role.COORDINATOR]
    known = country is not None
    ranks = (
        [each for each in there if known and each.person == carer],
        [each for each in coordinators if country in each.countries],
        [each for each in office if each.person == lead],
        office,
        coordinators,
        there,
    )
    first = next((rank for rank in ranks if rank), [])
    return min((each.person for each in first), default=None)


def may_see(
    desk: Desk, *, owner: int, country: str | None
) -> bool:  # fmt: skip
    """The secretariat sees all, a coordinator what comes from the countries in their care, and
    everybody of the house what was handed to them. Who may see it may answer it.
    """
    if not desk.works:
        return False
    if desk.role == Role.SECRETARIAT or desk.person == owner:
        return True
    return desk.role == Role.COORDINATOR and country is not None and country in desk.countries


def may_publish(role: str) -> bool:
    """What everybody reads under the name of the network."""
    return role in {Role.SECRETARIAT, Role.COORDINATOR}


class WhyNot(StrEnum):
    """Why a question cannot become an answer to a call."""

    ALREADY = "already"
    NO_DOSSIER = "no_dossier"
    NO_MUNICIPALITY = "no_municipality"
    NO_CALL = "no_call"
    NOT_ASKED = "not_asked"
    OVER = "over"


_ADDRESS = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>().,;:]+")
_PHONE = re.compile(r"(?<![\w/])\+?\d(?:[\s/().-]{0,2}\d){6,}(?![\w/])")
_NO_PHONE = re.compile(
    r"\b\d{1,2}\.\s?\d{1,2}\.\s?\d{4}\b|\b\d{4}-\d{2}-\d{2}\b"  # days
    r"|\b(?:19|20)\d{2}[-/]\d{3,6}(?:-\d{1,4})?\b"  # dossiers, calls, procedures
    r"|(?<![\d+])(?<!\d[\s.])[1-9]\d{0,2}(?:[.\s'’]\d{3})+\b"  # large numbers
)
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 4  # letters of a name that tells somebody apart
_ENDINGS = 2  # letters that a case may change: Vzorčna vas, v Vzorčni vasi


def gives_away(text: str, names: Iterable[str]) -> list[str]:
    """What in a text tells who asked: an e-mail address, a phone number, a word of one of `names`
    in whatever case. As it stands in the text, each once. A warning, not a verdict.
    """
    whole = composed(text)
    found = [match[0] for match in _ADDRESS.finditer(whole)]
    found += [
        match[0].strip()
        for match in _PHONE.finditer(_NO_PHONE.sub(" · ", _ADDRESS.sub(" · ", whole)))
    ]
    stems = {
        word[: max(_SHORTEST, len(word) - _ENDINGS)]
        for name in names
        for word in _WORD.findall(levelled(composed(name)))
        if len(word) >= _SHORTEST
    }
    found += [each for each in _short(names) if _stands_in(whole, each)]
    found += [
        match[0]
        for match in _WORD.finditer(whole)
        if any(_is_form_of(levelled(match[0]), stem) for stem in stems)
    ]
    return list(dict.fromkeys(found))


def _short(names: Iterable[str]) -> list[str]:
    """Names without a word that is long enough: Au, Egg, SI-07."""
    known = (" ".join(composed(name).split()) for name in names)
    return [each for each in known if each and not any(_is_long(w) for w in _WORD.findall(each))]


def _is_long(word: str) -> bool:
    return len(levelled(word)) >= _SHORTEST


def _stands_in(text: str, name: str) -> bool:
    """As it is written, whole: "Au" is no "au"."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _is_form_of(word: str, stem: str) -> bool:
    return word.startswith(stem) and len(word) <= len(stem) + _ENDINGS + _ENDINGS


def missing_texts(needed: Iterable[str], checked: Iterable[str]) -> list[str]:
    """The languages in which an answer cannot be read yet."""
    return sorted(set(needed) - set(checked))
