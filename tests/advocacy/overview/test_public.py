from datetime import datetime

import pytest

from advocacy.positions.rules import PositionState
from tests.advocacy.overview import matters
from tests.browsing import browser
from tests.characters import ana, musterdorf, vzorcna_vas

pytestmark = pytest.mark.anyio


async def test_everybody_sees_open_calls_with_counts_and_adopted_positions(db: str, now: datetime):
    office = await ana(now)
    of = await matters.dossier(now)
    asked = await matters.call(now, await matters.window(now, of), by=office)
    await matters.invite(asked, await vzorcna_vas(now), state="answered")
    await matters.invite(asked, await musterdorf(now))
    other = await matters.dossier(now, "2026-002", "Geheim")
    await matters.position(now, of, by=office, state=PositionState.ADOPTED)
    await matters.position(now, other, by=office, title="Noch geheim")
    async with browser(now) as web:
        page = await web.get("/en/")
    assert page.status_code == 200
    assert "Schutz der Herden" in page.text
    assert "1 / 1" in page.text
    assert "0 / 1" in page.text
    assert "/en/p/2026-014" in page.text
    for hidden in ("geheim", "Geheim", "Vzorčna vas", "Musterdorf", "Ana Muster"):
        assert hidden not in page.text


async def test_an_empty_office_says_so(db: str, now: datetime):
    async with browser(now) as web:
        page = await web.get("/sl")
        assert page.status_code == 200
        assert "call.title" not in page.text
        assert (await web.get("/en")).text.count("No call is open") == 1
        assert (await web.get("/xx")).status_code == 404


async def test_help_names_a_person_with_a_phone(db: str, now: datetime):
    office = await ana(now)
    office.phone = "+43 1 000"
    await office.save()
    async with browser(now) as web:
        page = await web.get("/de/help")
        assert "Ana Muster" in page.text
        assert 'href="tel:+431000"' in page.text
        assert 'id="barrier"' in page.text
        assert "mailto:" in page.text


async def test_the_statements_can_be_read_in_every_language(db: str, now: datetime):
    async with browser(now) as web:
        for language in ("en", "de", "fr", "it", "sl"):
            for name in ("help", "accessibility", "privacy"):
                page = await web.get(f"/{language}/{name}")
                assert page.status_code == 200
                assert f'<html lang="{language}">' in page.text
