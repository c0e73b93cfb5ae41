"""Who may enter a route. Every route has one of these, or says `public` about itself."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any  # Litestar's connection is generic over what we do not use

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from advocacy.errors import NotFound
from advocacy.people.rules import EVERYBODY, STAFF, Role

Connection = ASGIConnection[Any, Any, Any, Any]
Guard = Callable[[Connection, BaseRouteHandler], Awaitable[None]]
LONGEST_KEPT = 1024 * 1024  # bytes of a form that is shown again to who has been signed out


class SignInFirst(NotFound):
    """Nobody is signed in: the sign-in page, then back here.

    `typed`: name and value of each field of the form that came, files left out.
    """

    def __init__(self, message: str, *, typed: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.typed = typed


def requires(*roles: Role) -> Guard:
    """Signed in with one of these roles. For anybody else the page is not there: 404."""

    async def guard(connection: Connection, _: BaseRouteHandler) -> None:
        person = connection.scope.get("user")
        if person is None:
            raise SignInFirst("Please sign in", typed=await _typed(connection))
        if person.role not in roles:
            raise NotFound("There is no such page")

    guard.__name__ = "requires_" + "_".join(sorted(roles))
    return guard


async def _typed(connection: Connection) -> list[tuple[str, str]]:
    length = connection.headers.get("content-length", "")
    if not isinstance(connection, Request) or connection.method != "POST":
        return []
    if not length.isdecimal() or int(length) > LONGEST_KEPT:
        return []
    form = await connection.form()
    # In the order of the page: `multi_items` goes by a set of the names.
    return [
        (name, text)
        for name in dict.fromkeys(form)
        for text in form.getall(name)
        if isinstance(text, str)
    ]


signed_in = requires(*EVERYBODY)
secretariat = requires(Role.SECRETARIAT)
staff = requires(*STAFF)
house = requires(Role.SECRETARIAT, Role.COORDINATOR, Role.PRESIDENCY)
