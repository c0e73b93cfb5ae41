"""What is typed about a gathering, and what is said of what is wrong."""

from datetime import datetime

import pytest

from advocacy.errors import Invalid
from advocacy.events.forms import gathering


def test_what_is_wrong_is_named_in_the_order_of_the_page_each_in_its_own_words(now: datetime):
    typed = {"kind": "workshop", "language": "de", "zone": "Mars", "places": "viele"}
    with pytest.raises(Invalid) as refused:
        gathering(typed, now=now)
    said = refused.value.fields
    assert list(said) == ["title_de", "begins", "ends", "zone", "places"]
    assert len({message.text for message in said.values()}) == len(said)


def test_a_summary_asks_for_a_title_in_its_language(now: datetime):
    typed = {"language": "de", "title_de": "Zäune", "summary_sl": "Ograje", "summary_fr": "\r\n"}
    with pytest.raises(Invalid) as refused:
        gathering(typed, now=now)
    titles = [name for name in refused.value.fields if name.startswith("title")]
    assert titles == ["title_sl"]
