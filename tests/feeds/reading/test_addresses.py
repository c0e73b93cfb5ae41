"""When two addresses are one page."""

from feeds.reading.addresses import canonical_address, same_page

SITE = "https://www.example.org"


def test_a_language_anywhere_in_an_address_does_not_count() -> None:
    cases = {
        f"{SITE}/de/plan": "example.org/plan",
        f"{SITE}/docs/plan_EN.pdf": "example.org/docs/plan.pdf",
        f"{SITE}/docs/plan-de.pdf": "example.org/docs/plan.pdf",
        f"{SITE}/docs/plan.sl.html": "example.org/docs/plan.html",
        f"{SITE}/x?lang=sl&id=4": "example.org/x?id=4",
        "https://de.example.org/news/1": "example.org/news/1",
        "https://www.it.example.org/news/1": "example.org/news/1",
    }
    assert {address: canonical_address(address) for address in cases} == cases


def test_words_and_hosts_that_look_like_a_language_stay() -> None:
    cases = {
        "https://it.org/x": "it.org/x",
        f"{SITE}/a/centre-de": "example.org/a/centre-de",
        f"{SITE}/iten/deutsch": "example.org/iten/deutsch",
    }
    assert {address: canonical_address(address) for address in cases} == cases


def test_a_page_in_two_languages_keeps_its_numbers_and_the_stems_of_its_words() -> None:
    english = f"{SITE}/en/news/detail/rome-hosts-81st-permanent-committee-meeting"
    italian = f"{SITE}/it/novita/dettagli/roma-accoglie-l81a-seduta-del-comitato-permanente"
    assert same_page(english, italian) == "example.org 81"
    assert same_page(english, italian.replace("81", "82")) is None
    assert same_page(english, italian.replace("example.org", "example.net")) is None
    assert same_page(english, italian.replace("/it/", "/en/")) is None
    assert same_page(english, f"{SITE}/it/novita/dettagli/strada-81-chiusa-per-lavori") is None


def test_a_page_without_a_number_is_not_guessed_at() -> None:
    english, german = f"{SITE}/en/news/alpine-convention-forum", f"{SITE}/de/news/forum-alpin-konv"
    assert same_page(english, german) is None
    assert same_page("not an address", english) is None
