"""The link of a municipality in a round by silence: read, say so, object. No account."""

from collections.abc import Mapping

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.approvals import actions, labels
from advocacy.approvals.notices.asked import notice_by_token
from advocacy.approvals.notices.leaf import leaf_of
from advocacy.approvals.rules import RoundState
from advocacy.approvals.tables import Notice
from advocacy.errors import Invalid, Message
from advocacy.positions.forms import clean
from advocacy.web.pages import Web, go, page, typed

PUBLIC = {"public": True}  # the link itself is the key


@get("/o/{token:str}", opt=PUBLIC)
async def by_notice(request: Web, token: FromPath[str]) -> Template:
    """Mail scanners open links: this page records nothing, its buttons do."""
    notice = await notice_by_token(token)
    _speak(request, notice)
    return await _leaf(request, notice, token)


@post("/o/{token:str}", opt=PUBLIC, status_code=200)
async def answer_notice(request: Web, token: FromPath[str]) -> Template | Redirect:
    """`act` is what button was pressed: seen, object, back."""
    notice = await notice_by_token(token)
    _speak(request, notice)
    form, now = await typed(request), clock.now()
    remark, seal = clean(form.get("remark", "")), form.get("text_hash", "")

    async def act() -> None:
        match form.get("act", ""):
            case "seen":
                await actions.mark_noticed(token, seal, now=now)
            case "object":
                await actions.object_to(token, remark, seal, now=now)
            case "back":
                await actions.take_objection_back(token, seal, now=now)
            case _:
                raise Invalid({"remark": Message("Choose one of the buttons")})

    try:
        await act()  # not `once`: the same again is nothing, and who goes back may say otherwise
        return go(f"/o/{token}#answer")
    except Invalid as error:
        return await _leaf(request, notice, token, status=422, problems=error.fields, form=form)


def _speak(request: Web, notice: Notice) -> None:
    chosen = request.query_params.get("language", "")
    contact = notice.contact
    own = contact.language if contact else notice.municipality.language
    texts.speak(chosen if chosen in texts.LANGUAGES else own)


async def _leaf(
    request: Web,
    notice: Notice,
    token: str,
    *,
    status: int = 200,
    problems: Mapping[str, object] | None = None,
    form: Mapping[str, str] | None = None,
) -> Template:
    now = clock.now()
    leaf = await leaf_of(notice, language=texts.language(), now=now)
    return page(
        request,
        "approvals/notice.html",
        status=status,
        now=now,
        leaf=leaf,
        action=f"/o/{token}",
        labels=labels,
        may_answer=leaf.result.state is RoundState.OPEN,
        problems=problems or {},
        typed=form or {},
    )


handlers = [by_notice, answer_notice]
