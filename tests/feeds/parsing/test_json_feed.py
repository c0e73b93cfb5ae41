import json

import pytest

from feeds.parsing import Parsed, parse


def read(feed: object) -> Parsed:
    return parse(
        "feed", json.dumps(feed).encode(), address="https://www.valdesempio.example/f.json"
    )


def test_an_item_may_be_almost_empty() -> None:
    [entry] = read({"version": "https://jsonfeed.org/version/1", "items": [{"id": 7}]}).entries
    assert (entry.id, entry.title, entry.address, entry.published) == ("7", "", "", None)


@pytest.mark.parametrize(
    ("item", "author"),
    [
        ({"author": {"name": "Giulia Esempio"}}, "Giulia Esempio"),
        ({"authors": [{"name": "Giulia Esempio"}, {"name": "Eva"}]}, "Giulia Esempio, Eva"),
        ({"authors": "Giulia"}, ""),
    ],
)
def test_both_versions_name_their_authors(item: dict[str, object], author: str) -> None:
    assert read({"items": [item]}).entries[0].author == author


def test_nothing_active_and_no_other_schemes() -> None:
    item = {
        "url": "javascript:alert(1)",
        "content_html": "<script>x</script><p onclick=x>Avviso</p>",
        "attachments": [{"url": "data:text/html,x"}],
    }
    [entry] = read({"items": [item]}).entries
    assert (entry.address, entry.html, entry.enclosures) == ("", "<p>Avviso</p>", ())
