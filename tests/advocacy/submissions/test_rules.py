from datetime import UTC, datetime, timedelta

import pytest

from advocacy.approvals.rules import RoundState
from advocacy.errors import Invalid, NotAllowed, Outdated
from advocacy.submissions import rules
from advocacy.submissions.handlers import disposition
from advocacy.submissions.labels import CHANNELS, LABELS
from advocacy.submissions.rules import Channel, SubmissionState

CLOSES = datetime(2026, 12, 14, 23, tzinfo=UTC)


def test_only_the_very_text_that_was_adopted_goes_out():
    rules.check_text(RoundState.ADOPTED, text_hash="a", current_hash="a")
    with pytest.raises(Outdated):
        rules.check_text(RoundState.ADOPTED, text_hash="a", current_hash="b")
    with pytest.raises(Outdated):
        rules.check_text(RoundState.VOID, text_hash="a", current_hash="a")
    for state in (RoundState.OPEN, RoundState.REJECTED):
        with pytest.raises(NotAllowed):
            rules.check_text(state, text_hash="a", current_hash="a")


def test_the_last_instant_is_in_time_and_the_next_is_late():
    assert not rules.is_late(CLOSES, CLOSES)
    assert rules.is_late(CLOSES + timedelta(microseconds=1), CLOSES)
    assert not rules.is_late(CLOSES, None)


def test_hours_are_whole_and_negative_after_the_deadline():
    assert rules.hours_left(CLOSES, CLOSES - timedelta(minutes=90)) == 1
    assert rules.hours_left(CLOSES, CLOSES - timedelta(minutes=59)) == 0
    assert rules.hours_left(CLOSES, CLOSES + timedelta(seconds=1)) == -1


def hand_in(state: SubmissionState = SubmissionState.PREPARED, **facts: object) -> SubmissionState:
    default = {"at": CLOSES, "adopted": CLOSES - timedelta(days=1), "receipt": "", "now": CLOSES}
    return rules.check_hand_in(state, **(default | facts))


def test_with_a_receipt_it_is_received_at_once():
    assert hand_in() is SubmissionState.SUBMITTED
    assert hand_in(receipt=" ABC-123 ") is SubmissionState.RECEIVED


def test_it_leaves_once_after_the_adoption_and_not_in_the_future():
    with pytest.raises(Outdated):
        hand_in(SubmissionState.SUBMITTED)
    with pytest.raises(Invalid):
        hand_in(at=CLOSES + timedelta(minutes=6))
    with pytest.raises(Invalid):
        hand_in(at=CLOSES - timedelta(days=2))
    with pytest.raises(Invalid):
        hand_in(receipt="x" * 1001)


def test_a_translation_that_is_not_finished_does_not_go_out():
    rules.check_language("de", "de", 7)
    rules.check_language("fr", "de", 0)
    with pytest.raises(Invalid):
        rules.check_language("fr", "de", 1)


def test_every_state_is_reached_and_has_its_words():
    reached = {after for steps in rules.ALLOWED.values() for after in steps}
    assert reached | {SubmissionState.PREPARED} == set(SubmissionState) == set(LABELS)
    assert all(rules.ALLOWED[each] or each in rules.ENDS for each in SubmissionState)
    assert set(CHANNELS) == set(Channel)


def test_the_name_of_a_file_is_one_header_in_every_browser():
    assert disposition("2026-014-v3-sl.pdf") == (
        "attachment; filename=\"2026-014-v3-sl.pdf\"; filename*=UTF-8''2026-014-v3-sl.pdf"
    )
    assert (
        disposition('č".pdf') == "attachment; filename=\"--.pdf\"; filename*=UTF-8''%C4%8D%22.pdf"
    )
