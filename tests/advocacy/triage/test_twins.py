"""Other entries of the same matter."""

from datetime import datetime, timedelta

import pytest

from advocacy.triage import queries, twins
from advocacy.triage.forms import Filters
from feeds.reading.sameness import Matter
from tests.advocacy.triage.sample import NUMBER, entry
from tests.browsing import browser
from tests.characters import ana
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio

TITLE = "Regulation on the protection of herds against wolves"


async def test_the_list_names_what_a_row_repeats(db: str, now: datetime):
    first = await entry(TITLE, now=now, numbers=(NUMBER,))
    second = await entry("Schutz der Herden", now=now, language="de", numbers=(NUMBER,))
    await entry("Water", now=now)
    rows = (await queries.inbox(Filters(), now=now)).rows
    found = await twins.in_list(rows, [])
    assert {row: twin.id for row, twin in found.items()} == {second: first}
    with counted() as again:
        assert await twins.in_list(rows, []) == found
    assert again == []


async def test_a_row_may_repeat_an_entry_that_is_decided(db: str, now: datetime):
    first = await entry(TITLE, now=now)
    second = await entry(f"{TITLE} ", now=now, closes=now + timedelta(days=3))
    rows = (await queries.inbox(Filters(deadline=True), now=now)).rows
    found = await twins.in_list(rows, await twins.before(second))
    assert found[second].id == first


async def test_the_same_matter_is_found_in_a_language_before_and_after(db: str, now: datetime):
    german = await entry("Schutz der Herden", now=now, language="de", numbers=(NUMBER,))
    english = await entry(TITLE, now=now, numbers=(NUMBER,))
    italian = await entry("Protezione delle greggi", now=now, language="it", numbers=(NUMBER,))
    matter = Matter(TITLE, "en", (NUMBER,), "")
    for language, wanted in {"de": german, "it": italian, "fr": None}.items():
        found = await twins.in_language(english, matter, language)
        assert (found.id if found else None) == wanted, language


async def test_the_key_leads_to_the_entry_in_my_language_or_says_that_there_is_none(
    db: str, now: datetime
):
    german = await entry("Schutz der Herden", now=now, language="de", numbers=(NUMBER,))
    english = await entry(TITLE, now=now, numbers=(NUMBER,))
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(f"/de/inbox/{english}/in-my-language?language=en")
        assert str(page.url).endswith(f"/de/inbox?language=en&item={german}")
        page = await web.get(f"/fr/inbox/{english}/in-my-language")
        assert str(page.url).endswith(f"/fr/inbox?item={english}")
        assert 'class="banner info' in page.text
        page = await web.get(f"/en/inbox/{english}/in-my-language")
        assert "This entry is in your language already." in page.text
        assert (await web.get("/en/inbox/424242/in-my-language")).status_code == 404


async def test_each_suggestion_stands_with_its_reason(db: str, now: datetime):
    await entry(TITLE, now=now, numbers=(NUMBER,))
    second = await entry("Schutz der Herden", now=now, language="de", numbers=(NUMBER,))
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = (await web.get(f"/en/inbox?item={second}")).text
    assert f"(same procedure number: {NUMBER})" in page
    assert "Duplicate of “Regulation on the protection of" in page
    assert "perhaps a duplicate:" in page
