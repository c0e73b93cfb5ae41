import pytest

from advocacy.calls.covering.map import GROUPS, coverage_map, inside, project

PLACES = (
    ("Nice", 43.7102, 7.2620, 360.0, 1036.7),
    ("Genève", 46.2044, 6.1432, 240.9, 588.0),
    ("Torino", 45.0703, 7.6869, 423.1, 797.6),
    ("Vaduz", 47.1410, 9.5209, 657.3, 435.8),
    ("Innsbruck", 47.2692, 11.3945, 883.1, 413.2),
    ("München", 48.1351, 11.5820, 903.6, 259.3),
    ("Ljubljana", 46.0569, 14.5058, 1268.3, 616.4),
    ("Wien", 48.2082, 16.3738, 1469.6, 221.5),
)


@pytest.mark.parametrize(("name", "latitude", "longitude", "x", "y"), PLACES)
def test_a_place_falls_where_the_map_has_it(
    name: str, latitude: float, longitude: float, x: float, y: float
):
    there = project(latitude, longitude)
    assert (round(there[0], 1), round(there[1], 1)) == (x, y)
    assert inside(*there)


def test_countries_are_coloured_by_their_step_and_dots_show_who_answered():
    drawn = coverage_map(
        {"AT": 0, "SI": 4, "CH": None},
        [(46.05, 14.5, True), (47.27, 11.39, False), (0.0, 0.0, True)],
        counts={"AT": "0/2", "SI": "3/3"},
        title="Answers <by> country",
    )
    assert '<g class="aut" data-step="0">' in drawn
    assert '<g class="svn" data-step="4">' in drawn
    assert '<g class="che">' in drawn
    assert drawn.count("<circle") == 2
    assert drawn.count('class="dot full"') == 1
    assert ">3/3</text>" in drawn
    assert "Answers &lt;by&gt; country" in drawn
    assert drawn.count("<title") == 1


def test_every_country_of_the_network_stands_on_the_map():
    drawn = coverage_map(dict.fromkeys(GROUPS, 2), [], counts={}, title="")
    assert drawn.count('data-step="2"') == len(GROUPS)
    assert ' id="AT.' not in drawn
