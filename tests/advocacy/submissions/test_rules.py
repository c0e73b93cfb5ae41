from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.approvals.rules import RoundState
from advocacy.errors import Invalid, NotAllowed, Outdated
from advocacy.submissions import rules
from advocacy.submissions.labels import CHANNELS, LABELS
from advocacy.submissions.rules import Channel, Left, SubmissionState
from advocacy.web.files import disposition

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


def hand_in(state: SubmissionState = SubmissionState.PREPARED, **facts: object) -> None:
    default = {
        "at": CLOSES, "adopted": CLOSES - timedelta(days=1), "now": CLOSES, "known": 0,
        "number": None,
    }  # fmt: skip
    rules.check_hand_in(state, **(default | facts))


def test_it_leaves_after_the_adoption_and_not_in_the_future():
    hand_in()
    with pytest.raises(Outdated):
        hand_in(SubmissionState.SUBMITTED)
    with pytest.raises(Invalid):
        hand_in(at=CLOSES + timedelta(minutes=6))
    with pytest.raises(Invalid):
        hand_in(at=CLOSES - timedelta(days=2))


def test_once_more_only_as_the_next_time():
    hand_in(SubmissionState.SUBMITTED, known=1, number=2)
    hand_in(SubmissionState.WITHDRAWN, known=1)
    for number in (1, 3):
        with pytest.raises(Outdated):
            hand_in(SubmissionState.SUBMITTED, known=1, number=number)


times = st.lists(
    st.builds(
        Left,
        at=st.integers(0, 500).map(lambda hours: CLOSES + timedelta(hours=hours)),
        receipt=st.sampled_from(["", "ABC"]),
        received=st.booleans(),
        withdrawn=st.booleans(),
    ),
    max_size=6,
)


@given(times)
def test_the_first_time_that_stands_decides_and_what_was_taken_back_says_nothing(left: list[Left]):
    found = rules.standing(left)
    there = [each for each in left if not each.withdrawn]
    assert found == rules.standing(list(reversed(left))) or len({e.at for e in left}) < len(left)
    assert found.submitted == min((each.at for each in there), default=None)
    assert (found.state in rules.HANDED_IN) == bool(there)
    received = any(each.receipt or each.received for each in there)
    assert (found.state is SubmissionState.RECEIVED) == received
    if not there:
        left_once = SubmissionState.WITHDRAWN if left else SubmissionState.PREPARED
        assert found.state is left_once
        assert found.receipt == ""


def test_the_text_goes_with_its_channel_only_where_it_fits():
    assert rules.carried(Channel.PORTAL, fits=True) == ("txt", "pdf", "json")
    assert rules.carried(Channel.PORTAL, fits=False) == ("pdf", "json")
    assert all("pdf" in rules.carried(channel, fits=False) for channel in Channel)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("", ""), ("  ", ""), ("<a.b@x.example>", "<a.b@x.example>"), ("a@b", "<a@b>")],
)
def test_the_id_of_a_mail_is_kept_with_its_brackets(typed: str, kept: str):
    assert rules.check_mail_id(typed) == kept


@pytest.mark.parametrize(
    "typed", ["abc", "<a b@c>", "@", "a@b\r\nBcc: x@y", "č@b", "a@" + "b" * 300]
)
def test_what_is_no_id_of_a_mail_is_refused(typed: str):
    with pytest.raises(Invalid):
        rules.check_mail_id(typed)


def test_a_reason_is_needed_to_take_it_back():
    assert rules.check_reason(" wrong file ") == "wrong file"
    for reason in ("", "  ", "x" * 1001):
        with pytest.raises(Invalid):
            rules.check_reason(reason)


def test_nobody_signs_another_text_than_was_read():
    rules.check_signing(None, signed_hash="a", text_hash="a", current_hash="a")
    rules.check_signing(SubmissionState.WITHDRAWN, signed_hash="a", text_hash="a", current_hash="a")
    for hashes in (("a", "b", "b"), ("a", "a", "b"), ("a", "a", ""), ("", "", "")):
        signed, held, current = hashes
        with pytest.raises(Outdated):
            rules.check_signing(None, signed_hash=signed, text_hash=held, current_hash=current)
    with pytest.raises(NotAllowed):
        rules.check_signing(
            SubmissionState.RECEIVED, signed_hash="a", text_hash="a", current_hash="a"
        )


def test_a_receipt_has_an_end():
    assert rules.check_receipt(" ABC ") == "ABC"
    with pytest.raises(Invalid):
        rules.check_receipt("x" * 1001)


def test_a_translation_that_is_not_finished_does_not_go_out():
    rules.check_language("de", "de", [], 7)
    rules.check_language("fr", "de", ["fr"], 0)
    with pytest.raises(Invalid):
        rules.check_language("fr", "de", ["fr"], 1)


def test_a_translation_that_nobody_was_asked_to_adopt_does_not_go_out():
    with pytest.raises(Invalid):
        rules.check_language("fr", "de", ["it"], 0)


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
