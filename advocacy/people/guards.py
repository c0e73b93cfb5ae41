"""Who may enter a route. Every route has one of these, or says `public` about itself."""

from collections.abc import Callable
from typing import Any  # Litestar's connection is generic over what we do not use

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from advocacy.errors import NotFound
from advocacy.people.rules import EVERYBODY, STAFF, Role

Connection = ASGIConnection[Any, Any, Any, Any]
Guard = Callable[[Connection, BaseRouteHandler], None]


class SignInFirst(NotFound):
    """Nobody is signed in: the sign-in page, then back here."""


def requires(*roles: Role) -> Guard:
    """Signed in with one of these roles. For anybody else the page is not there: 404."""

    def guard(connection: Connection, _: BaseRouteHandler) -> None:
        person = connection.scope.get("user")
        if person is None:
            raise SignInFirst("Please sign in")
        if person.role not in roles:
            raise NotFound("There is no such page")

    guard.__name__ = "requires_" + "_".join(sorted(roles))
    return guard


signed_in = requires(*EVERYBODY)
secretariat = requires(Role.SECRETARIAT)
staff = requires(*STAFF)
house = requires(Role.SECRETARIAT, Role.COORDINATOR, Role.PRESIDENCY)
