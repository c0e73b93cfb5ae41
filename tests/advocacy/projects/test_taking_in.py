import asyncio
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy import database, texts
from advocacy.exports.sheets import SHEETS
from advocacy.history.tables import Event
from advocacy.projects import actions, forms, importing, keeping, reading_lists
from advocacy.projects.tables import Project, ProjectText, TakesPart
from advocacy.spreadsheets.reading import BadTable
from advocacy.spreadsheets.writing import as_csv, as_xlsx
from advocacy.undoing.actions import undo
from tests.characters import ana, musterdorf, vzorcna_vas
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio

WHOLE: Mapping[str, str] = {
    "language": "de",
    "title-de": "Hirten, Hunde, Nachtpferch",
    "summary-de": "Wie Herden geschützt werden.",
    "title-sl": "Pastirji, psi, nočna ograda",
    "results-sl": "Izgube so se zmanjšale.",
    "state": "finished",
    "code": "ASP0100771",
    "topics": "carnivores,farming",
    "begins": "2022-03-01",
    "ends": "2025-10-31",
    "programme": "Interreg Alpine Space",
    "partners": "Hochschule Beispielstadt\nKmetijski zavod Vzorec",
    "address": "https://beispiel.example/hirten",
    "led_by": "AT-01",
    "members": "SI-07",
    "contact_name": "Anna Beispiel",
    "contact_email": "hirten@musterdorf.example",
    "contact_languages": "de,sl",
    "contact_public": "yes",
}


async def _entered(now: datetime) -> int:
    await musterdorf(now)
    await vzorcna_vas(now)
    return await actions.enter(forms.project(WHOLE), by=await ana(now), now=now)


async def test_the_table_that_is_taken_out_is_taken_in_again_and_changes_nothing(
    db: str, now: datetime
):
    await _entered(now)
    for language in ("en", "sl"):
        with texts.speaking(language):
            sheet = await SHEETS["projects"].write(await ana(now))
        for content, name in ((as_csv(sheet), "p.csv"), (as_xlsx(sheet), "p.xlsx")):
            rows = reading_lists.read(content, name)
            plan = await importing.plan(rows)
            assert (list(plan.new), list(plan.changed), len(plan.same)) == ([], [], 1)


async def test_a_list_says_nothing_of_what_it_leaves_out(db: str, now: datetime):
    number = await _entered(now)
    before = await keeping.state_of(number)
    rows = reading_lists.read(
        b"code;language;title;programme\nASP0100771;de;Hirten und Hunde;\n", "p.csv"
    )
    done, _ = await importing.take_in(rows, by=await ana(now), now=now)
    assert list(done.changed) == ["Hirten und Hunde"]
    texts_then = before["texts"] | {"de": ["Hirten und Hunde", "Wie Herden geschützt werden.", ""]}
    assert await keeping.state_of(number) == before | {"texts": texts_then}


async def test_the_same_list_twice_changes_nothing_the_second_time(db: str, now: datetime):
    by = await ana(now)
    rows = reading_lists.read(b"code,language,title\nA1,it,Bus a chiamata\n", "p.csv")
    first, event = await importing.take_in(rows, by=by, now=now)
    second, nothing = await importing.take_in(rows, by=by, now=now)
    assert (list(first.new), list(second.same)) == (["Bus a chiamata"],) * 2
    assert event is not None
    assert nothing is None
    assert await Project.count() == 1


async def test_a_list_is_taken_back_as_one(db: str, now: datetime):
    number = await _entered(now)
    before = await keeping.state_of(number)
    by = await ana(now)
    rows = reading_lists.read(
        b"code;language;title\nASP0100771;de;Anders\nNEU;fr;Bus \xc3\xa0 la demande\n", "p.csv"
    )
    _, event = await importing.take_in(rows, by=by, now=now)
    assert event is not None
    await undo(event, by=by, now=now)
    assert await keeping.state_of(number) == before
    assert await Project.count().where(Project.removed.is_null()) == 1


async def test_one_row_that_cannot_be_meant_and_nothing_is_taken_in(db: str, now: datetime):
    await musterdorf(now)
    bad = (
        "code;language;title;members;begins;state\n"
        "A1;de;Gut;AT-01;2024-01-01;running\n"
        "A2;xx;Keine Sprache;AT-01;;\n"
        "A1;de;Zweimal;AT-01;gestern;großartig\n"
    )
    with pytest.raises(BadTable) as refused:
        reading_lists.read(bad.encode(), "p.csv")
    places = {(each.row, each.column) for each in refused.value.problems}
    assert {(3, "language"), (4, "begins"), (4, "state")} <= places
    unknown = reading_lists.read(b"language;title;members\nde;Gut;AT-99\n", "p.csv")
    with pytest.raises(BadTable) as refused:
        await importing.take_in(unknown, by=await ana(now), now=now)
    assert [(each.row, each.column) for each in refused.value.problems] == [(2, "members")]
    assert await Project.count() == 0
    assert await Event.count().where(Event.kind == "project") == 0


async def test_a_longer_list_asks_the_database_no_more_often_before_it_writes(
    db: str, now: datetime
):
    await _entered(now)

    async def asked(rows: int) -> int:
        lines = [f"A{each};de;Vorhaben {each};AT-01" for each in range(rows)]
        content = "\n".join(["code;language;title;members", "ASP0100771;de;Anders;", *lines])
        read = reading_lists.read(content.encode(), "p.csv")
        with counted() as queries:
            await importing.plan(read)
        return len(queries)

    assert await asked(1) == await asked(12)


async def test_a_list_and_a_form_at_the_same_time_leave_one_whole_project(db: str, now: datetime):
    number = await _entered(now)
    by = await ana(now)
    base = keeping.fingerprint(await keeping.state_of(number))
    rows = reading_lists.read(b"code;language;title\nASP0100771;de;Aus der Liste\n", "p.csv")
    form = forms.project({**WHOLE, "title-de": "Aus dem Formular"})
    done = await asyncio.gather(
        importing.take_in(rows, by=by, now=now),
        actions.change(number, form, base=base, by=by, now=now),
        return_exceptions=True,
    )
    assert not [each for each in done if isinstance(each, database.DUPLICATE)]
    told = await ProjectText.select(ProjectText.language).where(ProjectText.project == number)
    assert sorted(each["language"] for each in told) == ["de", "sl"]
    assert await TakesPart.count().where(TakesPart.project == number) == 2
    events = await Event.count().where(
        Event.kind == "project", Event.action.is_in(["project changed", "projects imported"])
    )
    refused = [each for each in done if isinstance(each, Exception)]
    assert events + len(refused) == 2


def test_a_workbook_is_read_like_a_list() -> None:
    book = openpyxl.Workbook()
    book.active.append(["language", "title", "begins"])
    book.active.append(["fr", "Ombre et eau", datetime(2024, 3, 1)])
    out = BytesIO()
    book.save(out)
    [row] = reading_lists.read(out.getvalue(), "p.xlsx")
    assert (row.new.language, row.new.texts["fr"].title) == ("fr", "Ombre et eau")
    assert row.new.begins is not None
    assert row.new.begins.isoformat() == "2024-03-01"


WORDS = st.sampled_from(["", "Hirten", "Hunde"])
KEYS = ("code", "programme", "state", "topics", "contact_name", "title-de", "title-sl")


@st.composite
def states(draw: st.DrawFn) -> keeping.State:
    told = {each: [draw(WORDS), draw(WORDS), draw(WORDS)] for each in draw(st.sets(LANGUAGE))}
    plain = {name: draw(WORDS) for name in (*keeping.COLUMNS, "begins", "ends")}
    members = draw(st.lists(st.integers(1, 9), unique=True).map(sorted))
    led_by = draw(st.sampled_from([None, *members]))
    rest = {"texts": dict(sorted(told.items())), "members": members, "led_by": led_by}
    return plain | rest | {"removed": False}


LANGUAGE = st.sampled_from(["de", "fr", "it", "sl"])


@given(states(), states(), st.sets(st.sampled_from(KEYS)).map(frozenset))
def test_a_row_changes_what_it_says_and_nothing_else(
    before: keeping.State, after: keeping.State, said: frozenset[str]
) -> None:
    assert importing.merged(before, after, frozenset()) == before
    whole = importing.merged(before, after, said)
    for name in ("code", "programme", "state", "topics", "contact_name"):
        assert whole[name] == (after if name in said else before)[name]
    for language, told in before["texts"].items():
        assert whole["texts"][language][1:] == told[1:]
    assert importing.merged(whole, after, said) == whole
