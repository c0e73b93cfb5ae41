"""What goes out comes in again: an office edits the member list in its spreadsheet."""

from datetime import datetime

import pytest

from advocacy import texts
from advocacy.exports.sheets import members
from advocacy.municipalities.actions import import_file
from advocacy.municipalities.tables import Contact
from advocacy.spreadsheets.writing import as_csv, as_xlsx
from tests.characters import ana, maja, musterdorf, vzorcna_vas

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("language", texts.LANGUAGES)
async def test_an_exported_list_changes_nothing_when_it_is_imported(
    db: str, now: datetime, language: str
):
    await maja(now)
    await vzorcna_vas(now)
    await musterdorf(now)
    await Contact.update({Contact.phone: "+386 1 234 56 78"}, force=True)
    with texts.speaking(language):
        sheet = await members.municipalities(await ana(now))
    for content, name in ((as_csv(sheet), "members.csv"), (as_xlsx(sheet), "members.xlsx")):
        imported = await import_file(content, name, now=now)
        assert (imported.new, imported.changed) == ((), ())
        assert imported.same == ("AT-01", "SI-07")
        assert {row["phone"] for row in await Contact.select()} == {"+386 1 234 56 78"}
