"""Papers of a call: the sheet for the council, the receipt, a country's sheets. Only looked at:
nothing is recorded.
"""

from litestar import Response, get
from litestar.params import FromPath

from advocacy import clock, texts
from advocacy.calls import queries
from advocacy.calls.asking.whole_calls import whole
from advocacy.calls.handlers.personal import PUBLIC, speak
from advocacy.calls.papers import printing
from advocacy.calls.queries import Personal
from advocacy.calls.rules import CallState, Reception, has_left
from advocacy.errors import NotAllowed, NotFound
from advocacy.municipalities.rules import may_edit
from advocacy.people.guards import staff
from advocacy.people.rules import COUNTRIES
from advocacy.web.pages import Web, person_of

NOT_YET = "This call has not begun yet"


def _paper(content: bytes, name: str) -> Response[bytes]:
    """Opens in the browser, to be looked at and printed; kept nowhere on the way."""
    return Response(
        content,
        media_type="application/pdf",
        headers={
            "content-disposition": f'inline; filename="{name}.pdf"',
            "cache-control": "private, no-store",
        },
    )


async def _begun(request: Web, token: str) -> Personal:
    personal = await queries.invitation_by_token(token)
    speak(request, personal)
    if personal.reception(now=clock.now()) is Reception.NOT_YET:
        raise NotAllowed(NOT_YET)
    return personal


def _name(personal: Personal) -> str:
    return personal.reference.replace("/", "-")


@get("/a/{token:str}/sheet.pdf", opt=PUBLIC)
async def council_sheet(request: Web, token: FromPath[str]) -> Response[bytes]:
    personal = await _begun(request, token)
    content = await printing.sheet(personal, language=texts.language())
    return _paper(content, f"{_name(personal)}-sheet")


@get("/a/{token:str}/receipt.pdf", opt=PUBLIC)
async def receipt(request: Web, token: FromPath[str]) -> Response[bytes]:
    personal = await _begun(request, token)
    content = await printing.receipt(personal, language=texts.language())
    return _paper(content, _name(personal))


@get("/{lang:str}/c/{number:str}/sheets/{name:str}", guards=[staff])
async def sheets(request: Web, number: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """The name is that of the country: si.pdf."""
    country, found, me = name.removesuffix(".pdf").upper(), await whole(number), person_of(request)
    call = found.call
    if country not in COUNTRIES:
        raise NotFound("There is no such page")
    if not may_edit(me.role, me.countries.split(","), country=country):
        raise NotAllowed("Only the secretariat and the coordinator of the country answer for it")
    if not has_left(CallState(call.state), leaves=call.leaves, now=clock.now()):
        raise NotAllowed(NOT_YET)
    return _paper(await printing.sheets(found, country), f"{call.number}-{country}")


handlers = [council_sheet, receipt, sheets]
