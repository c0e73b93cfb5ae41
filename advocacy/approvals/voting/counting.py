"""Who has to agree, and has it been agreed? Pure: votes in, the state of the round out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from advocacy.approvals.rules import Choice, Policy, RoundState
from advocacy.errors import Message


class Vote(NamedTuple):
    """`country` counts where countries vote; `is_chair` where a tie has to be broken."""

    choice: Choice
    text_hash: str
    country: str = ""
    is_chair: bool = False


class RoundResult(NamedTuple):
    """`have` of `needed` approvals; in a round by silence `have` counts objections."""

    state: RoundState
    needed: int
    have: int
    reason: Message


class Terms(NamedTuple):
    """`countries`: the members of each where countries vote, else empty. `quorum` counts voices:
    members, or countries.
    """

    policy: Policy
    members: int
    quorum: int
    countries: Mapping[str, int]

    @property
    def voices(self) -> int:
        return len(self.countries) or self.members


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
    terms: Terms,
    *,
    over: bool,
    text_hash: str,
    current_hash: str,
    objections: int = 0,
) -> RoundResult:
    """Where the round stands. A vote for another text than the round's counts nothing.

    By vote: adopted as soon as the approvals suffice whatever the silent members do; otherwise
    decided when all have voted or the round is `over`. Then a majority and two thirds are taken
    of those who chose yes or no, once the quorum (abstentions too) took part; "all" is all but
    those who abstain. A majority that ends in a tie is what the chair chose, where one is named.
    By silence: adopted unless somebody objects before it is over; `objections` are those of
    municipalities.
    """
    if text_hash != current_hash:
        return RoundResult(RoundState.VOID, 0, 0, Message("The text has changed"))
    counted = [vote for vote in votes if vote.text_hash == text_hash]
    if terms.policy is Policy.SILENCE:
        own = sum(vote.choice is Choice.CHANGE for vote in counted)
        return _by_silence(own + objections, over=over)
    return _by_vote(counted, terms, over=over)


def voices(votes: Sequence[Vote], countries: Mapping[str, int], *, over: bool) -> dict[str, Choice]:
    """By country what most of its members who chose yes or no have chosen; abstaining at a tie.

    A country speaks as soon as more than half of its members say the same, when all have voted,
    or when the round is over and one of them has.
    """
    return {
        country: voice
        for country, members in countries.items()
        if (voice := _voice([v.choice for v in votes if v.country == country], members, over=over))
    }


def _voice(choices: Sequence[Choice], members: int, *, over: bool) -> Choice | None:
    for_it, against = choices.count(Choice.APPROVE), choices.count(Choice.CHANGE)
    ended = bool(choices) and (over or len(choices) >= members)
    if 2 * for_it > members or (ended and for_it > against):
        return Choice.APPROVE
    if 2 * against > members or (ended and against > for_it):
        return Choice.CHANGE
    return Choice.ABSTAIN if ended else None


def _choices(votes: Sequence[Vote], terms: Terms, *, over: bool) -> list[Choice]:
    if terms.countries:
        return list(voices(votes, terms.countries, over=over).values())
    return [vote.choice for vote in votes]


def _by_vote(votes: Sequence[Vote], terms: Terms, *, over: bool) -> RoundResult:
    choices = _choices(votes, terms, over=over)
    for_it, against = choices.count(Choice.APPROVE), choices.count(Choice.CHANGE)
    enough = needed(terms.policy, terms.voices - choices.count(Choice.ABSTAIN))
    took_part = len(choices) >= terms.quorum
    ended = over or len(choices) >= terms.voices
    if ended and took_part and terms.policy is not Policy.ALL:
        enough = needed(terms.policy, for_it + against)
    if for_it >= enough and took_part:
        return RoundResult(RoundState.ADOPTED, enough, for_it, Message("Enough have approved"))
    if not ended:
        return RoundResult(RoundState.OPEN, enough, for_it, Message("Some have not decided yet"))
    if took_part and terms.policy is Policy.MAJORITY and for_it == against:
        cast = next(_of_chair(votes), None)
        if cast is not None:
            return RoundResult(cast, enough, for_it, Message("A tie: the chair's vote decides"))
    why = Message("Too few have approved") if took_part else Message("Too few took part")
    return RoundResult(RoundState.REJECTED, enough, for_it, why)


def _of_chair(votes: Iterable[Vote]) -> Iterator[RoundState]:
    """Empty: no chair is named, or the chair abstains too."""
    decided = {Choice.APPROVE: RoundState.ADOPTED, Choice.CHANGE: RoundState.REJECTED}
    return (decided[vote.choice] for vote in votes if vote.is_chair and vote.choice in decided)


def _by_silence(objections: int, *, over: bool) -> RoundResult:
    if not over:
        reason = Message("It is adopted unless somebody objects")
        return RoundResult(RoundState.OPEN, 0, objections, reason)
    if objections:
        return RoundResult(RoundState.REJECTED, 0, objections, Message("Somebody has objected"))
    return RoundResult(RoundState.ADOPTED, 0, 0, Message("Nobody has objected"))
