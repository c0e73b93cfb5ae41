"""Search."""

from litestar import get
from litestar.response import Redirect, Template

from advocacy.overview.search import LONGEST_QUERY, jump, search
from advocacy.web.pages import Web, page, to


@get("/{lang:str}/search", opt={"public": True})
async def search_page(request: Web) -> Template | Redirect:
    query = request.query_params.get("q", "")[:LONGEST_QUERY].strip()
    if query and (path := await jump(query, by=request.user)):
        return to(path)
    groups = await search(query, by=request.user) if query else []
    return page(request, "overview/search.html", searched=query, groups=groups)


handlers = [search_page]
