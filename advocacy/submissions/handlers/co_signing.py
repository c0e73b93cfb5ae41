"""The link of an organisation that is asked to sign: read, sign or decline. No account."""

from collections.abc import Mapping

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.errors import Invalid, Message
from advocacy.positions.forms import clean, one_line
from advocacy.submissions import actions
from advocacy.submissions.signing.leaf import leaf_of
from advocacy.submissions.signing.signed import by_token
from advocacy.submissions.tables import CoSignatory
from advocacy.web.pages import Web, go, page, typed

PUBLIC = {"public": True}  # the link itself is the key


@get("/s/{token:str}", opt=PUBLIC)
async def by_link(request: Web, token: FromPath[str]) -> Template:
    """Mail scanners open links: this page records nothing, its buttons do."""
    row = await by_token(token)
    _speak(request, row)
    return await _leaf(request, row, token)


@post("/s/{token:str}", opt=PUBLIC, status_code=200)
async def answer(request: Web, token: FromPath[str]) -> Template | Redirect:
    row = await by_token(token)
    _speak(request, row)
    form, now = await typed(request), clock.now()
    seal = form.get("text_hash", "")

    async def act() -> None:
        match form.get("act", ""):
            case "sign":
                name, office = one_line(form.get("name", "")), one_line(form.get("office", ""))
                await actions.sign(token, seal, name=name, office=office, now=now)
            case "decline":
                await actions.decline(token, seal, clean(form.get("remark", "")), now=now)
            case _:
                raise Invalid({"name": Message("Choose one of the buttons")})

    try:
        await act()  # not `once`: the same again is nothing, and who goes back may say otherwise
        return go(f"/s/{token}#answer")
    except Invalid as error:
        return await _leaf(request, row, token, status=422, problems=error.fields, form=form)


def _speak(request: Web, row: CoSignatory) -> None:
    chosen = request.query_params.get("language", "")
    texts.speak(chosen if chosen in texts.LANGUAGES else row.language)


async def _leaf(
    request: Web,
    row: CoSignatory,
    token: str,
    *,
    status: int = 200,
    problems: Mapping[str, object] | None = None,
    form: Mapping[str, str] | None = None,
) -> Template:
    return page(
        request,
        "submissions/co_sign.html",
        status=status,
        leaf=await leaf_of(row, language=texts.language()),
        action=f"/s/{token}",
        problems=problems or {},
        typed=form or {},
    )


handlers = [by_link, answer]
