"""What says that two entries are one matter."""

from datetime import date

from feeds.reading.sameness import Matter, Sameness, canonical_address, same_matter


def matter(
    title: str = "", address: str = "", *numbers: str, language: str | None = "de"
) -> Matter:
    return Matter(title, language, numbers, address)


def test_a_shared_number_is_the_first_reason() -> None:
    a = matter("Jagdgesetz", "https://example.org/a", "COM(2026) 12", "EPA 915-IX")
    b = matter("Zakon o lovu", "https://example.org/b", "EPA 915-IX", language="sl")
    assert same_matter(a, b) == Sameness("number", "EPA 915-IX")


def test_the_same_page_in_another_language_is_the_same() -> None:
    a = matter("Rome", "https://www.example.org/en/news/detail/81?utm_source=x#top", language="en")
    b = matter("Roma", "http://example.org/it/news/detail/81/", language="it")
    assert same_matter(a, b) == Sameness("address", "example.org/news/detail/81")


def test_addresses_lose_what_does_not_change_the_page() -> None:
    cases = {
        "https://www.example.org/de/x/": "example.org/x",
        "https://example.org:443/x/index.html?b=2&a=1&fbclid=z": "example.org/x?a=1&b=2",
        "https://example.org/initiatives/14794_it": "example.org/initiatives/14794",
        "https://example.org/de": "",
        "not an address": "",
        "http://[broken": "",
        "https://example.org:99999/x": "",
    }
    assert {address: canonical_address(address) for address in cases} == cases


def test_titles_of_nearly_the_same_words_are_the_same() -> None:
    a = matter("Vernehmlassung zur Änderung der Jagdverordnung eröffnet")
    b = matter("Änderung der Jagdverordnung: Vernehmlassung eröffnet")
    found = same_matter(a, b)
    assert found is not None
    assert found.reason == "title"
    assert "jagdverordnung" in found.shared


def test_titles_that_differ_by_a_number_are_not_the_same() -> None:
    a = matter("Interreg Alpine Space call for project proposals 3", language="en")
    b = matter("Interreg Alpine Space call for project proposals 4", language="en")
    assert same_matter(a, b) is None


def test_nothing_in_common_says_nothing() -> None:
    a = matter("Wasserwirtschaft", "https://example.org/de")
    assert same_matter(a, matter("Seilbahn", "https://example.org/fr")) is None
    assert same_matter(a, matter()) is None


def test_the_same_event_in_two_languages_shares_its_numbers_and_names() -> None:
    day = date(2027, 3, 26)
    english = Matter("The 3rd Alpine Forum opens in Trento", "en", (), "", day)
    italian = Matter("Il 3° Forum alpino si apre a Trento", "it", (), "", day)
    assert same_matter(english, italian) == Sameness("figures", "3 forum trento")
    fourth = Matter("Il 4° Forum alpino si apre a Trento", "it", (), "", day)
    assert same_matter(english, fourth) is None
    later = Matter("Il 3° Forum alpino si apre a Trento", "it", (), "", date(2027, 5, 26))
    assert same_matter(english, later) is None
    undated = Matter("Il 3° Forum alpino si apre a Trento", "it", (), "")
    assert same_matter(english, undated) is None


def test_a_year_and_a_name_are_not_enough() -> None:
    day = date(2027, 3, 26)
    budget = Matter("The budget 2027 of the Musterdorf council", "en", (), "", day)
    hunting = Matter("Jagdplan 2027 für Musterdorf", "de", (), "", day)
    assert same_matter(budget, hunting) is None


def test_two_drafts_of_one_ministry_on_one_day_are_two() -> None:
    cable_cars = matter("Entwurf einer Verordnung über die Seilbahnen", "https://example.org/1")
    hunting = matter("Entwurf einer Verordnung über die Jagd", "https://example.org/2")
    assert same_matter(cable_cars, hunting) is None


def test_two_meetings_of_one_body_are_two() -> None:
    address = "https://example.org/{}/news/{}"
    first = matter(
        "81st meeting of the Permanent Committee",
        address.format("en", "81st-meeting-of-the-permanent-committee"),
        language="en",
    )
    second = matter(
        "82. Sitzung des Ständigen Ausschusses (Permanent Committee)",
        address.format("de", "82-meeting-permanent-committee"),
    )
    assert same_matter(first, second) is None


def test_a_law_that_both_cite_says_nothing() -> None:
    a = matter("Jagdgesetz", "", "SR 922.0", "BGBl. I 12/2026")
    b = matter("Seilbahnen", "", "SR 922.0", "BGBl. I 12/2026")
    assert same_matter(a, b) is None
