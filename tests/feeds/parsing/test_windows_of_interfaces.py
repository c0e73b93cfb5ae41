from datetime import UTC, datetime
from pathlib import Path

from feeds.parsing import Document, StatedDeadline, kind_of, parse
from feeds.parsing.entry import Parsed


def parsed(samples: Path, name: str) -> Parsed:
    body = (samples / name).read_bytes()
    address = f"https://example.org/{name}"
    return parse(kind_of(Document(body, address)), body, address=address)


def brussels(at: datetime, precision: str, quote: str) -> StatedDeadline:
    return StatedDeadline(at, "Europe/Brussels", precision, "input", quote)


def test_each_open_window_of_an_initiative_is_a_deadline(samples: Path) -> None:
    found = parsed(samples, "search.hys.json")
    first, second = found.entries
    assert (first.id, first.title) == ("initiative/20001", "Noise on transit routes")
    assert first.address == "https://have-your-say.ec.europa.eu/initiatives/20001"
    # The end of the day in Brussels, in winter and in summer time.
    assert first.deadlines == (
        brussels(
            datetime(2027, 1, 15, 22, 59, 59, tzinfo=UTC),
            "day",
            "Public consultation: open until 2027/01/15 23:59:59",
        ),
        brussels(
            datetime(2027, 7, 27, 21, 59, 59, tzinfo=UTC),
            "day",
            "Draft act: open until 2027/07/27 23:59:59",
        ),
    )
    assert [(each.at, each.precision) for each in second.deadlines] == [
        (datetime(2026, 12, 1, 11, tzinfo=UTC), "exact")
    ]
    # One of the three was not open, although it came.
    assert found.complete is True


def test_the_detail_of_an_initiative_has_the_same_key_and_deadlines(samples: Path) -> None:
    [detail] = parsed(samples, "detail.hys.json").entries
    [searched, _] = parsed(samples, "search.hys.json").entries
    assert detail.id == searched.id
    assert [each.at for each in detail.deadlines] == [each.at for each in searched.deadlines]
    assert "<p>Limits at night.</p>" in detail.html
    assert "<p>Tell us.</p>" in detail.html
    assert "script" not in detail.html
    assert detail.published == datetime(2026, 10, 26, 7, tzinfo=UTC)


def test_the_older_shape_and_what_closes_soon_are_understood() -> None:
    older = b'{"_embedded": {"initiativeResultDtoes": [{"id": 5.0, "shortTitle": "Old", "currentStatuses": [{"receivingFeedbackStatus": "OPEN", "feedbackEndDate": "2026/12/01 23:59:59"}]}]}}'
    soon = b'[{"initiativeId": 5, "shortTitle": "Soon", "daysLeft": 8, "endDate": "2026/12/01 23:59:59"}]'
    for body in (older, soon):
        assert kind_of(Document(body, "https://example.org/")) == "have-your-say"
        [entry] = parse("have-your-say", body, address="https://example.org/").entries
        assert entry.id == "initiative/5"
        assert [each.at for each in entry.deadlines] == [
            datetime(2026, 12, 1, 22, 59, 59, tzinfo=UTC)
        ]


def test_a_swiss_consultation_ends_with_its_day_in_zurich_whatever_the_status(
    samples: Path,
) -> None:
    found = parsed(samples, "consultations.fedlex.json")
    first, withdrawn = found.entries
    assert (found.complete, found.skipped) == (True, 1)
    assert (first.title, first.language) == ("Seilbahngesetz", "de")
    assert first.address == "https://www.fedlex.admin.ch/eli/dl/proj/2026/90/cons_1"
    assert first.author == "Bundesamt für Verkehr"
    assert first.deadlines == (
        StatedDeadline(
            datetime(2027, 1, 22, 22, 59, 59, tzinfo=UTC),
            "Europe/Zurich",
            "day",
            "input",
            "2026-10-01 – 2027-01-22",
        ),
    )
    assert withdrawn.deadlines == ()


def test_meetings_are_entries_with_their_date(samples: Path) -> None:
    found = parsed(samples, "meetings.ics")
    committee, week = found.entries
    assert (found.title, found.skipped, found.complete) == ("Meetings", 1, True)
    assert committee.id == "pc-80@example.org"
    assert committee.title == "80th meeting of the Permanent Committee"
    assert committee.address == "https://www.example.org/pc80"
    assert committee.updated == datetime(2026, 11, 1, 12, tzinfo=UTC)
    [meeting] = committee.deadlines
    assert (meeting.at, meeting.zone) == (datetime(2027, 3, 10, 9, tzinfo=UTC), "Europe/Vienna")
    assert (meeting.kind, meeting.precision) == ("meeting", "exact")
    assert committee.text == (
        "2027-03-10 10:00 – 2027-03-11 15:00\nInnsbruck\nAgenda, documents & minutes"
    )
    assert week.deadlines[0].precision == "day"
    assert "CANCELLED" in week.text


def test_what_is_none_of_it_is_said() -> None:
    for kind in ("ical", "have-your-say", "fedlex"):
        found = parse(kind, b"<html>nothing", address="https://example.org/")
        assert found.entries == ()
        assert found.problem is not None
