"""Search."""

from litestar import get
from litestar.response import Redirect, Template

from advocacy.overview.search import KINDS, LONGEST_QUERY, jump, search
from advocacy.triage.forms import identity
from advocacy.web.pages import Web, page, to

SUGGESTED = 3
"""Of each kind, while somebody types."""
SHORTEST = 2


def _query(request: Web) -> str:
    return request.query_params.get("q", "")[:LONGEST_QUERY].strip()


@get("/{lang:str}/search", opt={"public": True})
async def search_page(request: Web) -> Template | Redirect:
    query = _query(request)
    if query and (path := await jump(query, by=request.user)):
        return to(path)
    kind = request.query_params.get("in", "")
    kind = kind if kind in KINDS else ""
    before = identity(request.query_params.get("before", "")) if kind else None
    groups = await search(query, by=request.user, kind=kind, before=before) if query else []
    return page(
        request, "overview/search.html", searched=query, groups=groups, kind=kind, before=before
    )


@get("/{lang:str}/search/suggested", opt={"public": True})
async def suggested(request: Web) -> Template:
    """A plain list for below the box, while somebody types."""
    query = _query(request)
    known = len(query) >= SHORTEST
    groups = await search(query, by=request.user, limit=SUGGESTED) if known else []
    path = await jump(query, by=request.user) if known else None
    return page(request, "overview/suggested.html", searched=query, groups=groups, jumps_to=path)


handlers = [search_page, suggested]
