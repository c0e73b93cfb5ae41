"""The one map from the domain's errors to HTTP: pages for people, RFC 9457 for programs."""

import json
import logging
from typing import Any  # Litestar's connection is generic over what we do not use

from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect, Template

from advocacy import database, texts
from advocacy.errors import DomainError, Invalid, Message, NotAllowed, NotFound, Outdated
from advocacy.people.guards import SignInFirst
from advocacy.templating import address
from advocacy.web.pages import Web, page

log = logging.getLogger("alphorn.web")

STATUS: dict[type[DomainError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    Outdated: 409,
    Invalid: 422,
}
SAYS = {
    400: Message("That request could not be read"),
    401: Message("Please sign in"),
    403: Message("You may not do that"),
    404: Message("There is no such page"),
    405: Message("That cannot be done here"),
    409: Message("Somebody was faster"),
    413: Message("That is too large"),
    422: Message("There is a problem"),
    429: Message("Too many tries. Please wait a while."),
    500: Message("Something went wrong on our side"),
    503: Message("The database cannot be reached at the moment"),
}


def is_for_programs(request: Request[Any, Any, Any]) -> bool:
    return request.url.path.startswith("/api/")


def problem(status: int, title: str, *, errors: dict[str, str] | None = None) -> Response[bytes]:
    """A problem document (RFC 9457); `errors` names each field."""
    body = {"type": "about:blank", "title": title, "status": status}
    content = json.dumps(body | ({"errors": errors} if errors else {}), ensure_ascii=False)
    return Response(content.encode(), status_code=status, media_type="application/problem+json")


def domain_error(request: Web, error: DomainError) -> Response[Any] | Template | Redirect:
    if isinstance(error, SignInFirst) and not is_for_programs(request):
        return _signed_out(request, error)
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    title = texts.translate(error.message)
    if is_for_programs(request):
        fields = error.fields if isinstance(error, Invalid) else {}
        errors = {name: texts.translate(text) for name, text in fields.items()}
        return problem(401 if isinstance(error, SignInFirst) else status, title, errors=errors)
    return _page(request, status, title, error)


def _signed_out(request: Web, error: SignInFirst) -> Template | Redirect:
    """A session ends while somebody writes: the words stand in the answer, to be sent again."""
    sign_in = f"{address('/sign-in')}?to={_back(request)}"
    fields = [(name, text) for name, text in error.typed if name != "_csrf_token"]
    if not any(text.strip() for name, text in fields if not name.startswith("_")):
        return Redirect(sign_in, status_code=303)
    words = [text for _, text in fields if " " in text.strip()]
    return page(
        request, "shared/signed_out.html", status=401, sign_in=sign_in, fields=fields, words=words
    )


def _back(request: Web) -> str:
    """The page; a form's is mostly at its own address."""
    is_page = any(
        "GET" in getattr(route, "methods", ())
        for route in request.app.routes
        if route.path_format == request.scope.get("path_template")
    )
    return request.url.path if is_page else address("/now")


def _page(request: Web, status: int, title: str, error: DomainError | None = None) -> Template:
    return page(request, "shared/error.html", status=status, title=title, code=status, error=error)


def http_error(request: Web, error: HTTPException) -> Response[Any] | Template:
    """What Litestar itself refuses: unknown routes, bad bodies, missing CSRF tokens."""
    code = error.status_code
    title = texts.translate(SAYS.get(code, SAYS[400] if code < 500 else SAYS[500]))  # noqa: PLR2004
    if is_for_programs(request):
        return problem(code, title)
    answer = _page(request, code, title)
    answer.headers.update(error.headers or {})
    return answer


def unexpected(request: Web, error: Exception) -> Response[Any] | Template:
    """Never a traceback for people; always one in the log. A lost database is 503."""
    if isinstance(error, UnicodeDecodeError):
        code = 400  # a multipart field that is not UTF-8
    elif isinstance(error, database.UNFIT):
        code = 404  # nothing has such a number
    elif isinstance(error, database.LOST):
        code = 503
        log.error("database: %s", error)
    else:
        code = 500
        log.error("%s %s", request.method, request.scope["path"], exc_info=error)
    title = texts.translate(SAYS[code])
    return problem(code, title) if is_for_programs(request) else _page(request, code, title)
