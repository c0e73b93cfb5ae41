"""Map, calendar, badges, table of a gathering."""

import io
from datetime import UTC, datetime, timedelta

import icalendar
import pypdf
from hypothesis import given
from hypothesis import strategies as st

from advocacy.calls.covering.map import HEIGHT, WIDTH, project
from advocacy.events.showing.badges import Badge, badges
from advocacy.events.showing.calendar import Appointment, calendar
from advocacy.events.showing.stops import LEAST_WIDTH, Stop, frame, map_of

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
POINTS = st.tuples(st.floats(0, WIDTH), st.floats(0, HEIGHT))


def test_the_map_shows_each_stop_with_its_number_and_its_name():
    stops = [Stop(1, 46.25, 13.95, "Vzorčna vas"), Stop(3, 46.3, 13.58, "<b>Sirarna")]
    drawn = map_of(stops, title="Postaje")
    assert drawn.count('class="mark"') == 2
    assert "<title>&lt;b&gt;Sirarna</title>" in drawn
    assert ">3</text>" in drawn
    assert drawn.count("<svg") == drawn.count("</svg>") == 1


def test_without_a_stop_in_the_alps_there_is_no_map():
    assert map_of([], title="x") == ""
    assert map_of([Stop(1, 60.2, 24.9, "Helsinki")], title="x") == ""


@given(st.lists(POINTS, min_size=1, max_size=12))
def test_all_stops_lie_within_what_is_shown(points: list[tuple[float, float]]):
    left, top, width, height = frame(points)
    slack = 1e-6
    assert width >= LEAST_WIDTH
    for x, y in points:
        assert left - slack <= x <= left + width + slack
        assert top - slack <= y <= top + height + slack
    assert -slack <= left <= WIDTH - width + slack
    assert -slack <= top <= HEIGHT - height + slack


def test_one_stop_is_shown_with_its_surroundings():
    _, _, width, height = frame([project(46.25, 13.95)])
    assert width == LEAST_WIDTH
    assert height < width


def appointment(**other: object) -> Appointment:
    facts = {
        "gathering": 7, "begins": NOW, "ends": NOW + timedelta(hours=8), "title": "Herde, Zaun; Hund",
        "description": "Zeile\nZwei", "place": "Musterdorf", "address": "https://x.example/events/7",
        "sequence": 2, "changed": NOW, "state": "published", "latitude": 47.1, "longitude": 11.4,
    } | other  # fmt: skip
    return Appointment(**facts)


def test_a_calendar_reads_back_with_hours_place_and_sequence():
    [event] = icalendar.Calendar.from_ical(calendar("x", [appointment()])).walk("VEVENT")
    assert (event.start, event.end) == (NOW, NOW + timedelta(hours=8))
    assert (str(event["summary"]), str(event["location"])) == ("Herde, Zaun; Hund", "Musterdorf")
    assert (event["sequence"], str(event["status"])) == (2, "CONFIRMED")
    assert str(event["uid"]).startswith("gathering-7@")


def test_what_is_called_off_is_cancelled_in_every_calendar():
    made = calendar("x", [appointment(state="cancelled", latitude=None)])
    [event] = icalendar.Calendar.from_ical(made).walk("VEVENT")
    assert str(event["status"]) == "CANCELLED"
    assert "geo" not in event


def test_ten_badges_stand_on_a_sheet_and_nothing_in_them_is_markup():
    people = [Badge(f"Name {number} #emoji() $x$", "Občina *Primer*") for number in range(11)]
    made = badges(people, title="Tagung", day="17.12.2026", language="de", made=NOW)
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    assert [page.extract_text().count("Tagung") for page in pages] == [10, 1]
    assert "Občina *Primer*" in pages[0].extract_text()


def test_with_nobody_there_is_a_sheet_to_write_on():
    made = badges([], title="Tagung", day="17.12.2026", language="de", made=NOW)
    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) == 1
