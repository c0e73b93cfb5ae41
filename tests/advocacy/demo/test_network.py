from collections import Counter
from math import cos, pi, radians, sin, tan

from advocacy.demo.network import MUNICIPALITIES, NUTS3, PEOPLE

TOPICS = {
    "spatial",
    "nature",
    "farming",
    "forest",
    "tourism",
    "energy",
    "soil",
    "transport",
    "population",
    "climate",
    "water",
    "carnivores",
    "hazards",
}


def test_there_are_sixty_municipalities_in_seven_countries():
    assert Counter(each.country for each in MUNICIPALITIES) == {
        "AT": 14,
        "CH": 9,
        "DE": 5,
        "FR": 9,
        "IT": 13,
        "LI": 1,
        "SI": 9,
    }


def test_codes_names_and_addresses_are_unique():
    for values in (
        [each.code for each in MUNICIPALITIES],
        [each.name for each in MUNICIPALITIES],
        [each.mayor for each in MUNICIPALITIES],
        [each.phone for each in MUNICIPALITIES] + [each.phone for each in PEOPLE],
        [each.email for each in MUNICIPALITIES] + [each.email for each in PEOPLE],
    ):
        assert len(values) == len(set(values))


def test_no_letter_can_reach_a_real_address():
    for each in (*MUNICIPALITIES, *PEOPLE):
        assert each.email.isascii()
        assert each.email.endswith(".example")


def test_the_standing_characters_live_here():
    names = {each.code: each.name for each in MUNICIPALITIES}
    assert names["SI-07"] == "Vzorčna vas"
    assert names["AT-01"] == "Musterdorf"
    assert names["IT-01"] == "Valdesempio"
    assert names["FR-01"] == "Villexemple"
    mayors = {each.code: each.mayor for each in MUNICIPALITIES}
    assert mayors["SI-07"] == "Janez Primer"


def test_a_region_belongs_to_the_country_of_the_code():
    for each in MUNICIPALITIES:
        assert each.code[:2] == each.country == each.nuts3[:2] == each.map_region[:2]
        assert (each.region, each.map_region) == NUTS3[each.nuts3]


def test_every_region_of_the_table_is_used():
    assert {each.nuts3 for each in MUNICIPALITIES} == set(NUTS3)


def test_languages_are_those_spoken_there():
    spoken = {
        "AT": {"de"},
        "CH": {"de", "fr", "it"},
        "DE": {"de"},
        "FR": {"fr"},
        "IT": {"de", "it"},
        "LI": {"de"},
        "SI": {"sl"},
    }
    for country, languages in spoken.items():
        assert {each.language for each in MUNICIPALITIES if each.country == country} == languages


def test_german_in_italy_is_spoken_in_south_tyrol_only():
    german = [each for each in MUNICIPALITIES if each.country == "IT" and each.language == "de"]
    assert {each.map_region for each in german} == {"IT.BZ"}


def test_the_municipalities_are_small_and_have_topics():
    for each in MUNICIPALITIES:
        assert 180 <= each.population <= 9000
        assert set(each.topics) <= TOPICS
        assert len(set(each.topics)) == len(each.topics) >= 2
    assert {topic for each in MUNICIPALITIES for topic in each.topics} == TOPICS


def test_every_dot_lies_within_the_map():
    for each in MUNICIPALITIES:
        x, y = _project(each.latitude, each.longitude)
        assert 0 <= x <= 1600
        assert 0 <= y <= 1154


def test_every_country_has_a_coordinator_who_speaks_its_languages():
    for each in MUNICIPALITIES:
        speaking = [
            person
            for person in PEOPLE
            if person.role == "coordinator"
            and each.country in person.countries
            and each.language in person.languages
        ]
        assert len(speaking) == 1


def test_three_sit_in_the_presidency_and_three_in_the_secretariat():
    roles = Counter(person.role for person in PEOPLE)
    assert roles == {"secretariat": 3, "coordinator": 5, "presidency": 3}


def test_the_presidency_are_mayors_of_members():
    mayors = {each.mayor for each in MUNICIPALITIES}
    assert {person.name for person in PEOPLE if person.role == "presidency"} <= mayors


def _project(latitude: float, longitude: float) -> tuple[float, float]:
    """The map's Lambert conformal conic; constants as in the notes to the map."""
    n, f, rho0 = 0.7212556783883242, 1.850899752706484, 0.9627278938547652
    left, top, scale = -0.07627028596945622, -0.06284253376604931, 10166.993773360378
    rho = f / tan(pi / 4 + radians(latitude) / 2) ** n
    theta = n * radians(longitude - 10.5)
    return (rho * sin(theta) - left) * scale, (rho * cos(theta) - rho0 - top) * scale
