import io
import re
from datetime import UTC, datetime, timedelta

import openpyxl
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.calls.tables import Call, Invitation
from advocacy.outcomes import actions
from advocacy.outcomes.rules import Fate
from advocacy.outcomes.years import counting
from advocacy.outcomes.years.bars import WIDTH, bars
from advocacy.outcomes.years.figures import Asked, Figures, HandedIn, account
from tests.advocacy.approvals.matters import Matter, ready
from tests.advocacy.submissions.matters import handed_in
from tests.browsing import browser
from tests.characters import ana
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio

TOPICS = st.lists(st.sampled_from(["water", "wolf", "energy"]), unique=True).map(tuple)
ASKED = st.builds(
    Asked, st.sampled_from(["AT", "SI"]), st.sampled_from(["", "Commission"]), TOPICS, st.booleans()
)
HANDED = st.builds(
    HandedIn,
    st.sampled_from(["", "Commission"]),
    TOPICS,
    st.booleans(),
    st.lists(st.sampled_from(Fate), max_size=4).map(tuple),
)


@given(st.lists(ASKED, max_size=9), st.lists(HANDED, max_size=5))
def test_countries_add_up_to_the_whole_and_nothing_counts_twice(
    asked: list[Asked], handed: list[HandedIn]
):
    found = account(2026, asked, handed)
    assert sum(each.asked for each in found.countries) == found.whole.asked == len(asked)
    assert sum(each.answered for each in found.countries) == found.whole.answered
    assert found.whole.asks == sum(len(each.fates) for each in handed)
    assert found.whole.in_time == sum(not each.late for each in handed)
    without_body = [each for each in handed if not each.body]
    assert sum(each.handed_in for each in found.bodies) == len(handed) - len(without_body)


@given(
    st.lists(
        st.tuples(st.text(max_size=3), st.lists(st.tuples(st.just("a"), st.integers(0, 999)))),
        max_size=6,
    )
)
def test_bars_stand_one_under_the_other_and_in_scale(rows: list[tuple[str, list[tuple[str, int]]]]):
    found = bars(rows)
    assert [bar.label for bar in found] == [label for label, _ in rows]
    assert [[part.number for part in bar.parts] for bar in found] == [
        [number for _, number in parts if number] for _, parts in rows
    ]
    narrow = 3 * max((len(parts) for _, parts in rows), default=0)
    assert all(bar.end <= WIDTH + narrow for bar in found)


async def of_this_year(now: datetime) -> Matter:
    """Four asked, three answered with words and one without; handed in late by a minute."""
    matter = await ready(now)
    await Call.update({Call.leaves: now}, force=True)
    await Invitation.update({Invitation.state: "answered"}, force=True)
    submission = await handed_in(matter, now)
    await actions.set_outcome(
        submission.id, 1, Fate.ADOPTED, "in voller Höhe", by=await ana(now), now=now
    )
    return matter


async def test_the_year_counts_what_happened_in_it(db: str, now: datetime):
    await of_this_year(now)
    found = await counting.account_of(2026, language="en")
    assert found.whole == Figures("", 4, 4, 1, 1, 1, 0, 0, 1)
    assert [(each.key, each.asked) for each in found.countries] == [
        ("AT", 1), ("FR", 1), ("IT", 1), ("SI", 1),
    ]  # fmt: skip
    assert (await counting.account_of(2025, language="en")).is_empty
    assert await counting.years(now) == [2026]
    assert await counting.years(now + timedelta(days=400)) == [2027, 2026]


async def test_new_year_is_at_midnight_in_brussels(db: str, now: datetime):
    await of_this_year(now)
    for at, year in (
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), 2026),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), 2027),
    ):
        await Call.update({Call.leaves: at}, force=True)
        assert (await counting.account_of(year, language="en")).whole.asked == 4


async def test_the_account_costs_the_same_whatever_the_year(db: str, now: datetime):
    with counted() as empty:
        await counting.account_of(2020, language="en")
    await of_this_year(now)
    with counted() as full:
        await counting.account_of(2026, language="en")
    assert len(full) - len(empty) <= 3


async def test_everybody_reads_the_year_as_page_pdf_and_workbook(db: str, now: datetime):
    await of_this_year(now)
    async with browser(now) as web:
        page = await web.get("/en/years/2026")
        assert "The year 2026 in figures" in page.text
        assert "1 position was handed in." in page.text
        picture = page.text[page.text.index('<svg class="bars"') :].split("</svg>")[0] + "</svg>"
        rects = re.findall(r'<rect class="(\w+)"', picture)
        assert rects == ["answered"] * 4
        box = page.text[: page.text.index('<svg class="bars"')].rstrip().rpartition("<div")[2]
        assert box.startswith(' class="scroll" tabindex="0" role="group"')
        for gone in ("1999", "x", "9" * 30, "9" * 5_000, "2026%00"):
            assert (await web.get(f"/en/years/{gone}")).status_code == 404
        assert "/en/years/2026" in str((await web.get("/en/years")).url)
        pdf = await web.get("/de/years/2026/year.pdf")
        reader = pypdf.PdfReader(io.BytesIO(pdf.content))
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert "2026" in reader.pages[0].extract_text()
        book = openpyxl.load_workbook(
            io.BytesIO((await web.get("/en/years/2026/year.xlsx")).content)
        )
        rows = list(book.worksheets[0].iter_rows(values_only=True))
        assert rows[2][2:10] == (4, 4, 1, 1, 1, 0, 0, 1)
