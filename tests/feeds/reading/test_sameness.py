"""What says that two entries are one matter."""

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
