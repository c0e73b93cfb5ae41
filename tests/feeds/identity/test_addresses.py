import pytest

from feeds.identity.addresses import canonical, in_language, languages, place

PAGE = "https://www.musterdorf.example/17"


@pytest.mark.parametrize(
    "address",
    [
        "http://www.musterdorf.example/17",
        "https://musterdorf.example/17",
        "https://WWW.musterdorf.example:443/17/",
        "https://www.musterdorf.example/17?utm_source=rss&utm_medium=x",
        "https://www.musterdorf.example/17?from=rss",
        "https://www.musterdorf.example/17;jsessionid=ABC?fbclid=1",
        "https://www.musterdorf.example/17#xtor=RSS-1",
        "https://www.musterdorf.example/%31%37",
    ],
)
def test_the_same_page_under_another_address(address: str) -> None:
    assert canonical(address) == canonical(PAGE)


def test_addresses_that_differ_in_more() -> None:
    pages = ["/17?id=1", "/17?id=2", "/17?ref=2026-12", "/18", "/17#a", "/17#b", "/A", "/a"]
    pages += ["/a%2", "/?p=17", "/a?b=1%26c=2", "/a?b=1&c=2"]
    assert len({canonical(f"https://example.org{page}") for page in pages}) == len(pages)


def test_order_and_escapes_of_parameters_make_no_difference() -> None:
    assert canonical("https://example.org/?b=2&a=1") == canonical("https://example.org?a=1&b=2")
    assert canonical("https://example.org/?a=%C3%A4+b") == canonical("https://example.org/?a=ä%20b")


def test_an_address_that_is_none_stays_what_it_is() -> None:
    assert canonical("http://[broken") == "http://[broken"
    assert canonical("") == ""


def test_the_place_is_the_same_at_every_host_and_a_front_page_is_none() -> None:
    assert place("https://alt.example/a/b?x=1#c") == place("http://neu.example/a/b/?x=1#c")
    assert place("https://alt.example/?p=17") == "?p=17"
    assert [place(address) for address in ("", "https://alt.example", "https://alt.example/")] == [
        ""
    ] * 3


def test_an_address_or_an_id_names_its_language_and_is_turned_to_another() -> None:
    for german, french in (
        ("20261123IPR1_DE", "20261123IPR1_FR"),
        ("https://comune.it/de/news/1", "https://comune.it/fr/news/1"),
        ("https://x.example/1?id=2&lang=de", "https://x.example/1?id=2&lang=fr"),
        ("https://x.example/datei_de.pdf", "https://x.example/datei_fr.pdf"),
    ):
        assert list(languages(german)) == ["de"]
        assert in_language(german, "fr") == french
    assert list(languages("https://comune.it/")) == []
    assert in_language("https://comune.it/1", "de") == "https://comune.it/1"
