"""One round on one exact text: who has to agree, and has it been agreed?"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from advocacy.errors import Invalid, Message, NotAllowed, Outdated
from advocacy.provenance import Problem


class Policy(StrEnum):
    ALL = "all"
    MAJORITY = "majority"
    TWO_THIRDS = "two_thirds"
    SILENCE = "silence"


class Choice(StrEnum):
    APPROVE = "approve"
    CHANGE = "change"  # with a remark: in a round by silence this is the objection
    ABSTAIN = "abstain"


class RoundState(StrEnum):
    OPEN = "open"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    VOID = "void"  # the text has changed


ALLOWED: Mapping[RoundState, frozenset[RoundState]] = {
    RoundState.OPEN: frozenset({RoundState.ADOPTED, RoundState.REJECTED, RoundState.VOID}),
    RoundState.ADOPTED: frozenset({RoundState.VOID}),
    RoundState.REJECTED: frozenset(),
    RoundState.VOID: frozenset(),
}
ENDS = frozenset({RoundState.ADOPTED, RoundState.REJECTED, RoundState.VOID})
LONGEST_REMARK = 2_000  # characters


class Vote(NamedTuple):
    choice: Choice
    text_hash: str


class RoundResult(NamedTuple):
    """`have` of `needed` approvals; in a round by silence `have` counts objections."""

    state: RoundState
    needed: int
    have: int
    reason: Message


def majority(number: int) -> int:
    return number // 2 + 1


def needed(policy: Policy, number: int) -> int:
    """Approvals out of `number` voices. Nothing is adopted by nobody."""
    if policy is Policy.SILENCE:
        return 0
    wanted = {
        Policy.ALL: number,
        Policy.MAJORITY: majority(number),
        Policy.TWO_THIRDS: -(-2 * number // 3),
    }
    return max(1, wanted[policy])


def result(
    votes: Iterable[Vote],
    *,
    policy: Policy,
    members: int,
    quorum: int,
    ends: datetime,
    now: datetime,
    text_hash: str,
    current_hash: str,
) -> RoundResult:
    """Where the round stands. A vote for another text than the round's counts nothing.

    By vote: adopted as soon as the approvals suffice whatever the silent members do; otherwise
    decided when all have voted or `ends` is over. Then a majority and two thirds are taken of
    those who chose yes or no, once `quorum` members (abstentions too) took part; "all" is all
    but those who abstain. By silence: adopted unless somebody objects until `ends`.
    """
    choices = [vote.choice for vote in votes if vote.text_hash == text_hash]
    if text_hash != current_hash:
        return RoundResult(RoundState.VOID, 0, 0, Message("The text has changed"))
    if policy is Policy.SILENCE:
        return _by_silence(choices.count(Choice.CHANGE), over=now > ends)
    return _by_vote(choices, policy, members=members, quorum=quorum, over=now > ends)


def _by_vote(
    choices: Sequence[Choice], policy: Policy, *, members: int, quorum: int, over: bool
) -> RoundResult:
    for_it, against = choices.count(Choice.APPROVE), choices.count(Choice.CHANGE)
    enough = needed(policy, members - choices.count(Choice.ABSTAIN))
    took_part = len(choices) >= quorum
    ended = over or len(choices) >= members
    if ended and took_part and policy is not Policy.ALL:
        enough = needed(policy, for_it + against)
    if for_it >= enough and took_part:
        return RoundResult(RoundState.ADOPTED, enough, for_it, Message("Enough have approved"))
    if not ended:
        return RoundResult(RoundState.OPEN, enough, for_it, Message("Some have not decided yet"))
    why = Message("Too few have approved") if took_part else Message("Too few took part")
    return RoundResult(RoundState.REJECTED, enough, for_it, why)


def _by_silence(objections: int, *, over: bool) -> RoundResult:
    if not over:
        reason = Message("It is adopted unless somebody objects")
        return RoundResult(RoundState.OPEN, 0, objections, reason)
    if objections:
        return RoundResult(RoundState.REJECTED, 0, objections, Message("Somebody has objected"))
    return RoundResult(RoundState.ADOPTED, 0, 0, Message("Nobody has objected"))


def check_vote(
    state: RoundState,
    *,
    choice: str,
    remark: str,
    voted_hash: str,
    text_hash: str,
    current_hash: str,
    ends: datetime,
    now: datetime,
) -> Choice:
    """The choice, if it may be taken. A vote never slides to another version."""
    if not voted_hash == text_hash == current_hash or state is RoundState.VOID:
        raise Outdated("The text has changed since you opened it. Your vote was not counted.")
    if state is not RoundState.OPEN or now > ends:
        raise NotAllowed("This round is over")
    if choice not in set(Choice):
        raise Invalid({"choice": Message("Choose one of the three")})
    if len(remark) > LONGEST_REMARK:
        raise Invalid({"remark": Message("Shorten the remark to 2000 characters")})
    if choice == Choice.CHANGE and not remark.strip():
        raise Invalid({"remark": Message("Say what should be changed")})
    return Choice(choice)


def check_opening(
    *, quorum: int, members: int, ends: datetime, closes: datetime | None, now: datetime
) -> None:
    """`closes`: the deadline of the window that the text is for."""
    wrong: dict[str, Message] = {}
    if not 1 <= quorum <= max(members, 1):
        wrong["quorum"] = Message(
            "Enter a number from 1 to %(members)s", {"members": max(members, 1)}
        )
    if ends <= now:
        wrong["ends_on"] = Message("Choose an instant that is still ahead")
    elif closes is not None and now < closes <= ends:
        wrong["ends_on"] = Message("The round has to end before the deadline of the window")
    if wrong:
        raise Invalid(wrong)


class ObstacleKind(StrEnum):
    NO_PARAGRAPHS = "no_paragraphs"
    PASSAGES = "passages"
    CITATIONS = "citations"
    TRANSLATIONS = "translations"
    NO_MEMBERS = "no_members"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A reason why no round opens, and the page (without language) where it is mended."""

    kind: ObstacleKind
    message: Message
    path: str

    @property
    def key(self) -> str:
        """Also the anchor that the summary of the page leads to."""
        return f"{self.kind}-{self.path.rpartition('/')[2]}"


def obstacles(
    number: str,
    *,
    is_draft: bool,
    paragraphs: int,
    members: int,
    undecided: Sequence[str],
    wrong: Collection[Problem],
    missing: Mapping[str, Sequence[str]],
) -> list[Obstacle]:
    """Everything that stands in the way, not only the first.

    `undecided`: passages cited nowhere and without disposition. `missing`: what each binding
    language lacks, by language.
    """
    found: list[Obstacle] = []
    edit = f"/p/{number}/edit"
    if not is_draft:
        text = Message("A round is open already, or the text is adopted")
        found.append(Obstacle(ObstacleKind.STATE, text, f"/p/{number}/rounds"))
    if not paragraphs:
        text = Message("The position has no paragraphs")
        found.append(Obstacle(ObstacleKind.NO_PARAGRAPHS, text, edit))
    if undecided:
        text = Message(
            "Passages used nowhere and without a decision: %(passages)s",
            {"passages": _some(undecided)},
        )
        found.append(Obstacle(ObstacleKind.PASSAGES, text, f"/d/{number}/passages"))
    if wrong:
        cited = _some([problem.citation for problem in wrong])
        text = Message(
            "Citations that name nothing or a withdrawn answer: %(citations)s", {"citations": cited}
        )
        found.append(Obstacle(ObstacleKind.CITATIONS, text, edit))
    for language in sorted(language for language, lacks in missing.items() if lacks):
        text = Message(
            "Translation to be finished (%(language)s), parts: %(count)s",
            {"language": language, "count": len(missing[language])},
        )
        found.append(Obstacle(ObstacleKind.TRANSLATIONS, text, f"/p/{number}/translate/{language}"))
    if not members:
        text = Message("Nobody belongs to the presidency yet")
        found.append(Obstacle(ObstacleKind.NO_MEMBERS, text, "/people"))
    return found


def _some(names: Sequence[str], most: int = 8) -> str:
    shown = ", ".join(names[:most])
    return shown + (" …" if len(names) > most else "")
