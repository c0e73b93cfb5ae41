from datetime import UTC, datetime, timedelta

import pytest

from advocacy.approvals import rules
from advocacy.approvals.labels import CHOICES, LABELS, POLICIES
from advocacy.approvals.opening.obstacles import obstacles
from advocacy.approvals.rules import Choice, Policy, RoundState
from advocacy.errors import Invalid, NotAllowed, Outdated
from advocacy.provenance import Problem, Wrong

ENDS = datetime(2026, 11, 26, 17, tzinfo=UTC)
TEXT, OTHER = "a" * 64, "b" * 64


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
    found = obstacles(
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
    rules.check_opening(quorum=2, voices=3, ends=ENDS, closes=ENDS + timedelta(days=1), now=now)
    for wrong in ({"ends": now}, {"closes": ENDS}, {"quorum": 0}, {"quorum": 4}):
        facts = {"quorum": 2, "voices": 3, "ends": ENDS, "closes": None, "now": now} | wrong
        with pytest.raises(Invalid):
            rules.check_opening(**facts)
    facts = {"quorum": 2, "voices": 3, "ends": ENDS, "closes": None, "now": now}
    for field, wrong in (
        ("voices", {"without_country": ["Ana"]}),
        ("chair", {"chair_votes": False}),
    ):
        with pytest.raises(Invalid) as refused:
            rules.check_opening(**(facts | wrong))
        assert list(refused.value.fields) == [field]
    late = {
        "closes": now - timedelta(days=1)
    }  # the window is over already: late is better than never
    rules.check_opening(quorum=2, voices=3, ends=ENDS, now=now, **late)


def test_every_state_is_reached_and_has_its_words():
    reached = {after for steps in rules.ALLOWED.values() for after in steps} | {RoundState.OPEN}
    assert reached == set(RoundState) == set(LABELS)
    assert all(rules.ALLOWED[each] or each in rules.ENDS for each in RoundState)
    assert set(POLICIES) == set(Policy)
    assert set(CHOICES) == set(Choice)
