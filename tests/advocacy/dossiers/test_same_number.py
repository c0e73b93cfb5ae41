from datetime import datetime

import pytest

from advocacy.dossiers import actions
from advocacy.dossiers.forms import NewDossier
from advocacy.dossiers.tables import Dossier
from tests.advocacy.triage.sample import NUMBER
from tests.browsing import browser
from tests.characters import ana

pytestmark = pytest.mark.anyio


async def test_a_procedure_number_that_another_dossier_has_is_said_before_anything_is_created(
    db: str, now: datetime
):
    new = NewDossier(title="Herdenschutz", procedure_number=NUMBER)
    await actions.open_dossier(new, by=await ana(now), now=now)
    form = {"title": "Herds", "procedure_number": NUMBER}
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/dossiers/new")
        page = await web.post("/en/dossiers/new", form)
        assert page.status_code == 422
        assert "Open that one, or create this all the same." in page.text
        assert 'href="/en/d/2026-001"' in page.text
        assert 'name="same" value="2026-001"' in page.text
        assert await Dossier.count() == 1
        page = await web.post("/en/dossiers/new", {**form, "same": "2026-001"})
        assert "Created: 2026-002" in page.text
