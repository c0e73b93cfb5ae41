from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from advocacy.approvals.rules import Choice, Policy, RoundState
from advocacy.approvals.voting.counting import RoundResult, Terms, Vote, result, voices

ENDS = datetime(2026, 11, 26, 17, tzinfo=UTC)
TEXT, OTHER = "a" * 64, "b" * 64
APPROVE, CHANGE, ABSTAIN = (Vote(choice, TEXT) for choice in Choice)

choices = st.lists(st.sampled_from(list(Choice)), max_size=9)
mostly_for_it = st.lists(
    st.sampled_from([Choice.APPROVE] * 5 + [Choice.CHANGE, Choice.ABSTAIN]), min_size=3, max_size=9
)
policies = st.sampled_from(list(Policy))
instants = st.sampled_from([ENDS - timedelta(hours=1), ENDS, ENDS + timedelta(seconds=1)])


def outcome(
    votes: list[Vote],
    *,
    policy: Policy = Policy.MAJORITY,
    members: int = 3,
    quorum: int = 2,
    now: datetime = ENDS - timedelta(hours=1),
    current: str = TEXT,
    countries: dict[str, int] | None = None,
) -> RoundResult:
    terms = Terms(policy, members, quorum, countries or {})
    return result(votes, terms, over=now > ENDS, text_hash=TEXT, current_hash=current)


def state(votes: list[Vote], **facts: object) -> RoundState:
    return outcome(votes, **facts).state


def test_two_of_three_are_a_majority_at_once():
    assert outcome([APPROVE]).state is RoundState.OPEN
    decided = outcome([APPROVE, APPROVE])
    assert (decided.state, decided.have, decided.needed) == (RoundState.ADOPTED, 2, 2)


def test_a_request_for_change_does_not_end_a_round_that_others_can_still_carry():
    assert state([APPROVE, CHANGE]) is RoundState.OPEN
    assert state([APPROVE, CHANGE, APPROVE]) is RoundState.ADOPTED
    assert state([APPROVE, CHANGE, CHANGE]) is RoundState.REJECTED


def test_a_round_is_decided_only_after_its_last_instant():
    assert state([APPROVE], quorum=1, now=ENDS) is RoundState.OPEN
    assert state([APPROVE], quorum=1, now=ENDS + timedelta(seconds=1)) is RoundState.ADOPTED


def test_without_its_quorum_nothing_is_adopted():
    late = ENDS + timedelta(days=1)
    few = outcome([APPROVE], now=late)
    assert (few.state, few.reason.text) == (RoundState.REJECTED, "Too few took part")
    assert state([APPROVE, ABSTAIN], now=late) is RoundState.ADOPTED


def test_two_thirds_of_nine_are_six():
    assert state([APPROVE] * 5, policy=Policy.TWO_THIRDS, members=9) is RoundState.OPEN
    assert state([APPROVE] * 6, policy=Policy.TWO_THIRDS, members=9) is RoundState.ADOPTED
    late = ENDS + timedelta(days=1)
    six_of_nine = [APPROVE] * 4 + [CHANGE] * 2
    assert state(six_of_nine, policy=Policy.TWO_THIRDS, members=9, now=late) is RoundState.ADOPTED
    assert (
        state([APPROVE] * 3 + [CHANGE] * 2, policy=Policy.TWO_THIRDS, members=9, now=late)
        is RoundState.REJECTED
    )


def test_all_means_all_who_do_not_abstain():
    assert state([APPROVE, APPROVE, ABSTAIN], policy=Policy.ALL) is RoundState.ADOPTED
    assert state([APPROVE, APPROVE, CHANGE], policy=Policy.ALL) is RoundState.REJECTED
    late = ENDS + timedelta(days=1)
    assert state([APPROVE, APPROVE], policy=Policy.ALL, now=late) is RoundState.REJECTED


def test_nobody_adopts_nothing():
    assert state([ABSTAIN] * 3, policy=Policy.ALL) is RoundState.REJECTED
    assert state([ABSTAIN] * 3) is RoundState.REJECTED


def test_silence_adopts_and_one_objection_does_not():
    late = ENDS + timedelta(seconds=1)
    assert state([], policy=Policy.SILENCE, now=ENDS) is RoundState.OPEN
    assert state([], policy=Policy.SILENCE, now=late) is RoundState.ADOPTED
    assert state([APPROVE, CHANGE], policy=Policy.SILENCE, now=late) is RoundState.REJECTED
    assert state([APPROVE, ABSTAIN], policy=Policy.SILENCE, now=late) is RoundState.ADOPTED


@given(choices, choices, policies, st.integers(0, 9), instants)
def test_a_vote_never_counts_for_another_text(
    mine: list[Choice], others: list[Choice], policy: Policy, quorum: int, now: datetime
):
    members = 9
    assume(len(mine) + len(others) <= members)
    votes = [Vote(choice, TEXT) for choice in mine]
    strayed = [Vote(choice, OTHER) for choice in others]
    facts = {"policy": policy, "members": members, "quorum": quorum, "now": now}
    assert outcome(votes + strayed, **facts) == outcome(votes, **facts)


@given(choices, policies, instants)
def test_a_changed_text_makes_every_round_void(mine: list[Choice], policy: Policy, now: datetime):
    votes = [Vote(choice, TEXT) for choice in mine]
    assert state(votes, policy=policy, members=9, now=now, current=OTHER) is RoundState.VOID


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(mostly_for_it, policies, st.integers(1, 4), instants, st.integers(0, 8))
def test_one_more_approval_never_turns_adopted_into_rejected(
    mine: list[Choice], policy: Policy, quorum: int, now: datetime, place: int
):
    """Whether a silent member approves or one changes its choice to approval."""
    facts = {"policy": policy, "members": 9, "quorum": quorum, "now": now}
    votes = [Vote(choice, TEXT) for choice in mine]
    assume(state(votes, **facts) is RoundState.ADOPTED)
    more = [*votes, APPROVE] if len(votes) < 9 else votes
    changed = [APPROVE if n == place else vote for n, vote in enumerate(votes)]
    assert state(more, **facts) is RoundState.ADOPTED
    assert state(changed, **facts) is RoundState.ADOPTED


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(
    mostly_for_it, policies.filter(lambda policy: policy is not Policy.SILENCE), st.integers(1, 4)
)
def test_what_is_adopted_early_would_be_adopted_at_the_end(
    mine: list[Choice], policy: Policy, quorum: int
):
    facts = {"policy": policy, "members": 9, "quorum": quorum}
    votes = [Vote(choice, TEXT) for choice in mine]
    assume(state(votes, **facts) is RoundState.ADOPTED)
    rest = [CHANGE] * (9 - len(votes))
    assert state(votes, **facts, now=ENDS + timedelta(days=1)) is RoundState.ADOPTED
    assert state(votes + rest, **facts) is RoundState.ADOPTED


def cast(*choices: str, chair: int = 0) -> list[Vote]:
    """By members of the countries of `choices` ("AT approve"); the chair is the one with `chair`."""
    return [
        Vote(Choice(choice), TEXT, country, number == chair)
        for number, (country, choice) in enumerate((each.split() for each in choices), 1)
    ]


LATE = ENDS + timedelta(seconds=1)


def test_each_country_has_one_voice_however_many_members_it_has():
    countries = {"AT": 3, "FR": 1, "IT": 1}
    votes = cast("AT approve", "AT approve", "AT approve", "FR change", "IT change")
    decided = outcome(votes, members=5, countries=countries)
    assert (decided.state, decided.have, decided.needed) == (RoundState.REJECTED, 1, 2)
    assert state(votes, members=5) is RoundState.ADOPTED


def test_a_country_speaks_when_more_than_half_of_its_members_say_the_same():
    countries = {"AT": 3}
    assert voices(cast("AT approve"), countries, over=False) == {}
    assert voices(cast("AT approve", "AT approve"), countries, over=False) == {"AT": "approve"}
    assert voices(cast("AT approve"), countries, over=True) == {"AT": "approve"}
    assert voices(cast("AT approve", "AT change"), countries, over=True) == {"AT": "abstain"}
    assert voices([], countries, over=True) == {}


def test_a_tie_is_what_the_chair_chose():
    tie = ["AT approve", "FR change"]
    without = outcome(cast(*tie), members=2)
    assert (without.state, without.reason.text) == (RoundState.REJECTED, "Too few have approved")
    with_chair = outcome(cast(*tie, chair=1), members=2)
    assert (with_chair.state, with_chair.reason.text) == (
        RoundState.ADOPTED,
        "A tie: the chair's vote decides",
    )
    assert state(cast(*tie, chair=2), members=2) is RoundState.REJECTED
    assert state(cast(*tie, chair=1), members=2, policy=Policy.TWO_THIRDS) is RoundState.REJECTED


def test_a_chair_who_abstains_or_a_round_without_quorum_adopts_nothing():
    assert state(cast("AT abstain", "FR abstain", chair=1), members=2) is RoundState.REJECTED
    tie = cast("AT approve", "FR change", chair=1)
    assert state(tie, members=9, quorum=3, now=LATE) is RoundState.REJECTED
    assert state(tie, members=9) is RoundState.OPEN
    assert state(tie, members=9, now=LATE) is RoundState.ADOPTED


def test_an_objection_of_a_municipality_breaks_the_silence():
    terms = Terms(Policy.SILENCE, 3, 1, {})
    ended = result([], terms, over=True, text_hash=TEXT, current_hash=TEXT, objections=1)
    assert (ended.state, ended.have) == (RoundState.REJECTED, 1)
    running = result([], terms, over=False, text_hash=TEXT, current_hash=TEXT, objections=1)
    assert running.state is RoundState.OPEN


ballots = st.lists(
    st.tuples(st.sampled_from(["AT", "FR", "IT"]), st.sampled_from(list(Choice))), max_size=9
)


def _votes(cast_: list[tuple[str, Choice]], chair: int) -> list[Vote]:
    return [Vote(choice, TEXT, country, n == chair) for n, (country, choice) in enumerate(cast_)]


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(ballots, st.integers(0, 8), st.booleans(), st.integers(1, 4))
def test_neither_country_nor_chair_turns_one_more_approval_into_a_rejection(
    cast_: list[tuple[str, Choice]], place: int, over: bool, quorum: int
):
    """Whoever changes to approval, with a vote that breaks a tie or without."""
    terms = Terms(Policy.MAJORITY, 9, quorum, {"AT": 9, "FR": 9, "IT": 9})
    facts = {"over": over, "text_hash": TEXT, "current_hash": TEXT}
    before = result(_votes(cast_, place), terms, **facts).state
    better = [(c, Choice.APPROVE if n == place else choice) for n, (c, choice) in enumerate(cast_)]
    if before is RoundState.ADOPTED:
        assert result(_votes(better, place), terms, **facts).state is RoundState.ADOPTED


@given(
    ballots, st.integers(0, 8), st.sampled_from([Policy.MAJORITY, Policy.TWO_THIRDS, Policy.ALL])
)
def test_what_countries_adopt_early_they_adopt_in_the_end(
    cast_: list[tuple[str, Choice]], chair: int, policy: Policy
):
    terms = Terms(policy, 9, 1, {"AT": 9, "FR": 9, "IT": 9})
    facts = {"text_hash": TEXT, "current_hash": TEXT}
    early = result(_votes(cast_, chair), terms, over=False, **facts).state
    if early is RoundState.ADOPTED:
        assert result(_votes(cast_, chair), terms, over=True, **facts).state is RoundState.ADOPTED
