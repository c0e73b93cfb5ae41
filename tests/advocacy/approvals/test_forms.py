from datetime import UTC, datetime

import pytest

from advocacy.approvals.forms import NewRound, instant, new_round
from advocacy.approvals.rules import Policy
from advocacy.errors import Invalid

TYPED = {"policy": "silence", "quorum": "2", "ends_on": "2026-12-08", "ends_at": "00:00"}


def test_the_end_is_read_in_the_zone_of_the_window():
    ends = datetime(2026, 12, 7, 23, tzinfo=UTC)
    assert new_round(TYPED, zone="Europe/Brussels") == NewRound(Policy.SILENCE, 2, ends)
    assert instant("2026-12-08", "00.00", zone="Europe/Brussels") == ends


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("policy", "lottery"),
        ("quorum", "-1"),
        ("quorum", "²"),
        ("quorum", "9999999999999"),
        ("ends_on", "8.12.2026"),
        ("ends_on", ""),
        ("ends_on", "0001-01-01"),
        ("ends_at", "25:00"),
        ("ends_at", ""),
        ("ends_at", "noon"),
    ],
)
def test_what_cannot_be_meant_is_named(field: str, value: str):
    with pytest.raises(Invalid) as refused:
        new_round(TYPED | {field: value}, zone="Europe/Brussels")
    assert list(refused.value.fields) == [field.replace("ends_at", "ends_on")]


def test_an_hour_that_the_clocks_skip_is_none():
    with pytest.raises(ValueError, match="02:30"):
        instant("2027-03-28", "02:30", zone="Europe/Brussels")
