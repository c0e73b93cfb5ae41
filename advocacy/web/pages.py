"""A page for a person: template, common values, what happened just before."""

import secrets
from collections.abc import Mapping
from typing import Any  # a page's values are what its template shows

from litestar import Request
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.people.tables import Person
from advocacy.templating import address

Web = Request[Person | None, Any, Any]


def page(request: Web, name: str, *, status: int = 200, **values: Any) -> Template:
    common = {
        "request": request,
        "me": request.scope.get("user"),
        "language": texts.language(),
        "path": request.url.path,
        "query": request.url.query,
        "banner": request.scope.get("banner"),
        "now": values.pop("now", None) or clock.now(),
        "once": secrets.token_urlsafe(18),
        "problems": {},
        "typed": {},
    }
    return Template(template_name=name, context=common | values, status_code=status)


def go(path: str) -> Redirect:
    """303: the browser fetches the page that shows what came of a POST."""
    return Redirect(path=path, status_code=303)


def to(path: str) -> Redirect:
    """303 to a page in the language in use."""
    return go(address(path))


def say(request: Web, text: str, *, kind: str = "ok", undo: int | None = None) -> None:
    """A banner on the next page; with `undo` the event that its button takes back."""
    request.scope["say"] = {"text": text, "kind": kind, "undo": undo}  # type: ignore[typeddict-unknown-key]


async def typed(request: Web) -> Mapping[str, str]:
    """The form as text. A field that repeats is joined with commas; files are left out.

    U+0000 goes: PostgreSQL refuses it, and nobody types it.
    """
    form = await request.form()
    return {
        name: ",".join(value for value in form.getall(name) if isinstance(value, str)).replace(
            "\0", ""
        )
        for name in form
    }


def person_of(request: Web) -> Person:
    """Behind a guard there is always somebody."""
    assert request.user is not None  # noqa: S101  the guard has looked
    return request.user
