"""Files of the look, the way into a language, health."""

import mimetypes
from datetime import timedelta
from functools import cache
from pathlib import PurePosixPath

from litestar import MediaType, Response, get
from litestar.datastructures import Cookie
from litestar.params import FromPath
from litestar.response import Redirect

from advocacy import clock, texts
from advocacy.errors import NotFound
from advocacy.templating import ASSETS, asset
from advocacy.web.health import health
from advocacy.web.languages import COOKIE
from advocacy.web.pages import Web, go

YEAR = 31_536_000
PUBLIC = {"public": True}

mimetypes.add_type("text/javascript", ".mjs")
mimetypes.add_type("font/woff2", ".woff2")


@cache
def _files() -> dict[str, tuple[bytes, str]]:
    """Every file of the look by its name: what is not in this list cannot be asked for."""
    return {
        str(PurePosixPath(path.relative_to(ASSETS))): (
            path.read_bytes(),
            mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        )
        for path in ASSETS.rglob("*")
        if path.is_file()
    }


@get("/assets/{digest:str}/{name:path}", opt=PUBLIC)
async def file_of_the_look(name: FromPath[str]) -> Response[bytes]:
    found = _files().get(name.lstrip("/"))
    if found is None:
        raise NotFound("There is no such page")
    content, media_type = found
    headers = {"cache-control": f"public, max-age={YEAR}, immutable"}
    return Response(content, media_type=media_type, headers=headers)


@get("/", opt=PUBLIC)
async def front_door() -> Redirect:
    return go(f"/{texts.language()}/")


@get("/language/{code:str}", opt=PUBLIC)
async def remember_language(request: Web, code: FromPath[str]) -> Redirect:
    """For pages whose address has no language: the letter's link."""
    if code not in texts.LANGUAGES:
        raise NotFound("There is no such page")
    back = request.query_params.get("to", "/")
    answer = go(back if back.startswith("/a/") else "/")
    year = int(timedelta(days=365).total_seconds())
    answer.set_cookie(Cookie(COOKIE, code, max_age=year, httponly=True, samesite="lax"))
    return answer


@get("/health", opt=PUBLIC)
async def health_page() -> Response[dict[str, object]]:
    report = await health(now=clock.now())
    status = 200 if report["state"] == "up" else 503
    return Response(report, status_code=status, media_type=MediaType.JSON)


@get("/favicon.ico", opt=PUBLIC)
async def icon() -> Redirect:
    """Asked for by browsers that show something which is no page."""
    return go(asset("icon.svg"))


handlers = [icon, file_of_the_look, front_door, remember_language, health_page]
