"""What everybody may know of adopted positions, in five languages."""

from datetime import datetime

import pytest

from advocacy.outcomes import actions as outcomes
from advocacy.outcomes.rules import Fate
from advocacy.submissions import actions
from advocacy.submissions.forms import NewSignatory
from advocacy.submissions.publishing import adopted_positions
from tests.advocacy.approvals.matters import NUMBER, edited, ready, translated
from tests.advocacy.submissions.matters import adopted, handed_in
from tests.browsing import browser
from tests.characters import ana
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio


async def test_a_draft_is_not_published_and_neither_is_what_was_changed_since(
    db: str, now: datetime
):
    matter = await ready(now)
    assert await adopted_positions("de") == []
    await adopted(matter, now)
    assert [each.number for each in await adopted_positions("de")] == [NUMBER]
    await edited(matter, now)
    assert await adopted_positions("de") == []


async def test_it_says_how_many_answered_in_which_country_and_in_whose_language_it_can(
    db: str, now: datetime
):
    matter = await ready(now, binding="fr")
    await translated(matter, "fr", now)
    await adopted(matter, now)
    (french,) = await adopted_positions("fr")
    assert (french.title, french.language) == ("Titre", "fr")
    (italian,) = await adopted_positions("it")
    assert (italian.title, italian.language) == ("Großraubtiere", "de")
    assert italian.countries == (("AT", 1), ("FR", 1), ("IT", 1), ("SI", 1))
    assert await adopted_positions("de", numbers=[]) == []
    assert await adopted_positions("de", numbers=["2026-999"]) == []
    with counted() as asked:
        await adopted_positions("fr")
    assert len(asked) == 4


async def test_the_public_page_can_be_cited_and_names_who_signs_with_the_network(
    db: str, now: datetime
):
    matter = await ready(now)
    await adopted(matter, now)
    new = NewSignatory("Musterverband", "", "", "", "de")
    await actions.add(matter.position.id, new, by=await ana(now), now=now)
    async with browser(now) as web:
        page = await web.get(f"/en/p/{NUMBER}")
        assert "Cite as" in page.text
        assert f"/en/p/{NUMBER}</p>" in page.text
        assert "version 1. Adopted: 23 Nov 2026." in page.text
        assert "Musterverband" in page.text
        page = await web.get("/en/positions")
        assert "4 municipalities answered" in page.text
        assert f"/en/p/{NUMBER}.pdf" in page.text
        for hidden in ("Valdesempio", "Ana Muster", "ana@"):
            assert hidden not in page.text


async def test_the_first_page_says_what_became_of_the_asks(db: str, now: datetime):
    matter = await ready(now)
    submission = await handed_in(matter, now)
    await outcomes.set_outcome(
        submission.id, 1, Fate.ADOPTED, "Wird voll ersetzt.", by=await ana(now), now=now,
        decided=now.date(),
    )  # fmt: skip
    async with browser(now) as web:
        page = await web.get("/en")
        assert "2 asks" in page.text
        assert "Taken over by the body: 1" in page.text
        for hidden in ("Valdesempio", "Vzorčna vas", "Ana Muster"):
            assert hidden not in page.text
    await actions.take_back(submission.id, 1, "x", by=await ana(now), now=now)
    async with browser(now) as web:
        page = await web.get("/en")
        assert NUMBER in page.text
        assert "2 asks" not in page.text
