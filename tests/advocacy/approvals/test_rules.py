from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from advocacy.approvals import rules
from advocacy.approvals.labels import CHOICES, LABELS, POLICIES
from advocacy.approvals.rules import Choice, Policy, RoundState, Vote, result
from advocacy.errors import Invalid, NotAllowed, Outdated
from advocacy.provenance import Problem, Wrong

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
) -> rules.RoundResult:
    return result(
        votes, policy=policy, members=members, quorum=quorum, ends=ENDS, now=now, text_hash=TEXT, current_hash=current,
    )  # fmt: skip


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


def check(**facts: object) -> Choice:
    given_ = {
        "choice": "approve", "remark": "", "voted_hash": TEXT, "text_hash": TEXT, "current_hash": TEXT,
        "ends": ENDS, "now": ENDS,
    }  # fmt: skip
    state_ = facts.pop("state", RoundState.OPEN)
    return rules.check_vote(state_, **(given_ | facts))


def test_a_vote_is_taken_until_the_last_instant():
    assert check() is Choice.APPROVE
    with pytest.raises(NotAllowed):
        check(now=ENDS + timedelta(microseconds=1))


@pytest.mark.parametrize("which", ["voted_hash", "text_hash", "current_hash"])
def test_a_vote_for_another_text_is_outdated(which: str):
    with pytest.raises(Outdated):
        check(**{which: OTHER})


def test_a_change_needs_a_remark():
    with pytest.raises(Invalid) as refused:
        check(choice="change", remark="  ")
    assert list(refused.value.fields) == ["remark"]
    assert check(choice="change", remark="§ 4") is Choice.CHANGE
    with pytest.raises(Invalid):
        check(choice="perhaps")


@pytest.mark.parametrize("ended", [RoundState.ADOPTED, RoundState.REJECTED])
def test_nobody_votes_in_a_round_that_is_over(ended: RoundState):
    with pytest.raises(NotAllowed):
        check(state=ended)


def test_every_obstacle_is_named_with_the_page_where_it_is_mended():
    found = rules.obstacles(
        "2026-014",
        is_draft=True,
        paragraphs=0,
        members=0,
        undecided=["17.2"],
        wrong=[Problem("k1", 1, "@99.1", Wrong.UNKNOWN)],
        missing={"fr": ["k1", "k2"], "it": []},
    )
    assert [(each.kind.value, each.path) for each in found] == [
        ("no_paragraphs", "/p/2026-014/edit"),
        ("passages", "/d/2026-014/passages"),
        ("citations", "/p/2026-014/edit"),
        ("translations", "/p/2026-014/translate/fr"),
        ("no_members", "/people"),
    ]
    assert str(found[1].message).endswith("17.2")
    assert len({each.key for each in found}) == len(found)


def test_a_round_ends_ahead_and_before_the_deadline():
    now = ENDS - timedelta(days=1)
    rules.check_opening(quorum=2, members=3, ends=ENDS, closes=ENDS + timedelta(days=1), now=now)
    for wrong in ({"ends": now}, {"closes": ENDS}, {"quorum": 0}, {"quorum": 4}):
        facts = {"quorum": 2, "members": 3, "ends": ENDS, "closes": None, "now": now} | wrong
        with pytest.raises(Invalid):
            rules.check_opening(**facts)
    late = {
        "closes": now - timedelta(days=1)
    }  # the window is over already: late is better than never
    rules.check_opening(quorum=2, members=3, ends=ENDS, now=now, **late)


def test_every_state_is_reached_and_has_its_words():
    reached = {after for steps in rules.ALLOWED.values() for after in steps} | {RoundState.OPEN}
    assert reached == set(RoundState) == set(LABELS)
    assert all(rules.ALLOWED[each] or each in rules.ENDS for each in RoundState)
    assert set(POLICIES) == set(Policy)
    assert set(CHOICES) == set(Choice)
