"""The year in figures and pictures: for everybody, as page, PDF and XLSX."""

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.errors import NotFound
from advocacy.outcomes import labels
from advocacy.outcomes.years import counting, papers
from advocacy.outcomes.years.bars import bars
from advocacy.outcomes.years.figures import Account
from advocacy.spreadsheets.writing import as_xlsx
from advocacy.typesetting import in_turn
from advocacy.web.pages import Web, page, to

PUBLIC = {"public": True}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def _account(name: str) -> Account:
    known = await counting.years(clock.now())
    if name not in {str(year) for year in known}:
        raise NotFound("There is no account of this year")
    return await counting.account_of(int(name), language=texts.language())


@get("/{lang:str}/years", opt=PUBLIC)
async def newest(request: Web) -> Redirect:
    del request
    return to(f"/years/{(await counting.years(clock.now()))[0]}")


@get("/{lang:str}/years/{year:str}", opt=PUBLIC)
async def year_page(request: Web, year: FromPath[str]) -> Template:
    found = await _account(year)
    answered = [
        (each.key, [("answered", each.answered), ("missing", each.asked - each.answered)])
        for each in found.countries
    ]
    fates = [
        (name, [(fate.value, number) for fate, number in each.fates])
        for _, group, rows in papers.groups(found)
        if group == texts.gettext("By body")
        for name, each in rows
        if each.asks
    ]
    return page(
        request,
        "outcomes/year.html",
        found=found,
        years=await counting.years(clock.now()),
        groups=papers.groups(found),
        heads=papers.heads(),
        explained=papers.explained(),
        answered=bars(answered),
        fates=bars(fates),
        labels=labels,
    )


@get("/{lang:str}/years/{year:str}/year.pdf", opt=PUBLIC)
async def year_pdf(request: Web, year: FromPath[str]) -> Response[bytes]:
    del request
    found, now = await _account(year), clock.now()
    content = await in_turn(lambda: papers.paper(found, now=now))
    name = f'inline; filename="{year}-{texts.language()}.pdf"'
    return Response(content, media_type="application/pdf", headers={"content-disposition": name})


@get("/{lang:str}/years/{year:str}/year.xlsx", opt=PUBLIC)
async def year_xlsx(request: Web, year: FromPath[str]) -> Response[bytes]:
    del request
    found = await _account(year)
    name = f'attachment; filename="{year}-{texts.language()}.xlsx"'
    return Response(
        as_xlsx(papers.sheet(found)), media_type=XLSX, headers={"content-disposition": name}
    )


handlers = [newest, year_page, year_pdf, year_xlsx]
