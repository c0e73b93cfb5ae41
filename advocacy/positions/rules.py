"""The states of a position and of what municipalities said; who may see and change which."""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from advocacy.errors import Invalid, Message, NotAllowed
from advocacy.people.rules import Role
from advocacy.provenance import Paragraphs, parse, without_citations


class PositionState(StrEnum):
    DRAFT = "draft"
    IN_ROUND = "in_round"
    ADOPTED = "adopted"
    SUBMITTED = "submitted"


ALLOWED: Mapping[PositionState, frozenset[PositionState]] = {
    PositionState.DRAFT: frozenset({PositionState.IN_ROUND}),
    PositionState.IN_ROUND: frozenset({PositionState.ADOPTED, PositionState.DRAFT}),
    PositionState.ADOPTED: frozenset({PositionState.SUBMITTED, PositionState.DRAFT}),
    PositionState.SUBMITTED: frozenset({PositionState.ADOPTED}),  # taken back from the body
}
ENDS = frozenset({PositionState.SUBMITTED})


class PassageStance(StrEnum):
    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    MENTIONS = "mentions"


class Disposition(StrEnum):
    OPEN = "open"
    TAKEN_UP = "taken_up"
    PARTLY = "partly"
    NOT_TAKEN_UP = "not_taken_up"
    NOTED = "noted"


DISPOSITION_ALLOWED: Mapping[Disposition, frozenset[Disposition]] = {
    each: frozenset(Disposition) - {each} for each in Disposition
}
DISPOSITION_ENDS = frozenset(Disposition) - {Disposition.OPEN}

DISPOSED_WITH_REASON = frozenset({Disposition.PARTLY, Disposition.NOT_TAKEN_UP})
"""The municipality reads the reason in its report-back: "not taken up" without one is no answer."""


class ProposalSource(StrEnum):
    PAGE = "page"
    LINK = "link"
    WORD = "word"


class ProposalState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    MODIFIED = "modified"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"


PROPOSAL_ALLOWED: Mapping[ProposalState, frozenset[ProposalState]] = {
    ProposalState.OPEN: frozenset(ProposalState) - {ProposalState.OPEN},
    ProposalState.ACCEPTED: frozenset(),
    ProposalState.MODIFIED: frozenset({ProposalState.OPEN}),  # its author does not consent
    ProposalState.NOT_ACCEPTED: frozenset({ProposalState.OPEN}),  # taken back
    ProposalState.WITHDRAWN: frozenset(),
}
PROPOSAL_ENDS = frozenset(ProposalState) - {ProposalState.OPEN}
ANSWERS_WITH_REASON = frozenset({ProposalState.MODIFIED, ProposalState.NOT_ACCEPTED})


class Consent(StrEnum):
    """Of the author of a proposal with what was made of it."""

    NONE = ""
    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"


CONSENT_ALLOWED: Mapping[Consent, frozenset[Consent]] = {
    Consent.NONE: frozenset({Consent.ASKED}),
    Consent.ASKED: frozenset({Consent.GIVEN, Consent.REFUSED}),
    Consent.GIVEN: frozenset({Consent.REFUSED}),
    Consent.REFUSED: frozenset({Consent.GIVEN, Consent.ASKED}),
}
CONSENT_ENDS = frozenset({Consent.GIVEN, Consent.REFUSED})

PUBLIC = frozenset({PositionState.ADOPTED, PositionState.SUBMITTED})
READERS = frozenset({Role.SECRETARIAT, Role.COORDINATOR, Role.PRESIDENCY})

LONGEST_TITLE = 300
LONGEST_PARAGRAPH = 10_000
LONGEST_ASK = 2_000
LONGEST_PASSAGE = 5_000
LONGEST_REASON = 2_000
LONGEST_TAG = 60
LONGEST_PLACE = 120
MOST_PARAGRAPHS = 200
MOST_ASKS = 50

_KEY = re.compile(r"[a-z0-9]{1,16}", re.ASCII)
_TAKEN_KEYS = frozenset({"title"})  # of a translation's rows


def may_read(role: str | None, state: str, *, is_current: bool = True) -> bool:
    """Drafts and earlier versions are for the house; what was adopted is for everybody."""
    return role in READERS or (state in PUBLIC and is_current)


def was_adopted_in(language: str, *, lead: str, binding: str) -> bool:
    """Whether a round was about these words too; any other translation is for information.

    `binding`: the languages declared binding beside the lead, joined with commas.
    """
    return language == lead or language in binding.split(",")


def may_edit(role: str | None, state: str) -> bool:
    return role == Role.SECRETARIAT and state != PositionState.SUBMITTED


def check_answer(state: ProposalState, reason: str) -> None:
    """What a person answers to a proposal. Its author reads the reason."""
    if state in ANSWERS_WITH_REASON and not reason.strip():
        raise Invalid({"reason": Message("Say why. Whoever proposed it will read it.")})
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": too_long(len(reason), LONGEST_REASON)})


def check_members_look(until: datetime | None, *, now: datetime) -> None:
    """Municipalities propose while they are asked to look at the draft."""
    if until is None or until <= now:
        raise NotAllowed("The time to look at this draft is over")


def check_writes(role: str) -> None:
    if role != Role.SECRETARIAT:
        raise NotAllowed("Only the secretariat may do that")


def check_edit(state: str) -> None:
    if state == PositionState.SUBMITTED:
        raise NotAllowed("This text has been handed in. It does not change any more.")


def is_key(key: str) -> bool:
    return _KEY.fullmatch(key) is not None and key not in _TAKEN_KEYS


def sentences(text: str) -> list[str]:
    """Where a contribution is proposed to be cut; joined they are the text, letter by letter."""
    return [sentence.text for sentence in parse(text)]


def is_verbatim(piece: str, original: str) -> bool:
    """Stands so in the original; white space aside, and "[…]" may leave words out."""
    if piece in original:  # as nearly all do, and a page asks it of six thousand
        return True
    whole, at = " ".join(original.split()), 0
    for part in re.split(r"\[(?:…|\.\.\.)\]", piece):
        words = " ".join(part.split())
        found = whole.find(words, at)
        if found < 0:
            return False
        at = found + len(words)
    return True


def mark(contribution: int, number: int) -> str:
    """What a citation of this passage says: @17.2"""
    return f"@{contribution}.{number}"


def text_length(paragraphs: Paragraphs) -> int:
    """Characters as a channel counts them: paragraphs with an empty line between, no citations."""
    texts = [without_citations(text).strip() for _, text in paragraphs]
    return len("\n\n".join(text for text in texts if text))


def check_disposition(disposition: Disposition, reason: str) -> None:
    if disposition in DISPOSED_WITH_REASON and not reason.strip():
        raise Invalid({"reason": Message("Say why. The municipality will read it.")})
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": too_long(len(reason), LONGEST_REASON)})


def too_long(length: int, longest: int) -> Message:
    return Message(
        "%(length)s characters are too many. Please shorten it by %(over)s.",
        {"length": length, "over": length - longest},
    )


def is_number(text: str) -> bool:
    """Of a dossier, and so of its position: 2026-014"""
    return re.fullmatch(r"\d{4}-\d{3,6}", text, re.ASCII) is not None


def version_named(name: str) -> int | None:
    """v3 → 3; anything else is no version."""
    found = re.fullmatch(r"v([1-9]\d{0,5})", name, re.ASCII)
    return int(found[1]) if found else None


def versions_compared(name: str) -> tuple[int, int] | None:
    """v2..v3 → (2, 3)"""
    old, _, new = name.partition("..")
    pair = version_named(old), version_named(new)
    return (pair[0], pair[1]) if pair[0] and pair[1] else None
