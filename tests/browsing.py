"""A browser without pictures: the application on a test's own database, a session, forms."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cache

import httpx
from litestar.types import ASGIApp

from advocacy import clock
from advocacy.people.actions import make_link
from advocacy.people.tables import Person
from advocacy.settings import Settings, settings
from app import create_app

HERE = "http://127.0.0.1:8000"
FIELD = re.compile(r'<input type="hidden" name="(_csrf_token|_once)" value="([^"]*)">')


class Browser:
    """Gets pages and posts forms with the keys that the last page gave."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.page: httpx.Response | None = None

    async def get(self, path: str, **more: object) -> httpx.Response:
        self.page = await self.client.get(path, follow_redirects=True, **more)
        return self.page

    def keys(self) -> dict[str, str]:
        return dict(FIELD.findall(self.page.text)) if self.page is not None else {}

    async def post(
        self, path: str, form: Mapping[str, object] | None = None, **more: object
    ) -> httpx.Response:
        """Follows to the page that shows what came of it."""
        data = self.keys() | dict(form or {})
        self.page = await self.client.post(path, data=data, follow_redirects=True, **more)
        return self.page

    async def sign_in(self, person: Person, now: datetime) -> "Browser":
        token, _, _ = await make_link(person, now=now)
        await self.get(f"/in/{token}")
        await self.post(f"/in/{token}")
        return self


@cache
def _house(_: Settings) -> ASGIApp:
    """Built once for the same settings: it keeps nothing, all that it knows is in the database."""
    return create_app()


@asynccontextmanager
async def browser(now: datetime) -> AsyncIterator[Browser]:
    """`now` stands still for as long as the browser is open."""
    # In this test's own event loop, on its own database: `db` has started it.
    transport = httpx.ASGITransport(_house(settings()), raise_app_exceptions=False)
    with clock.fixed(now):
        async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:
            yield Browser(client)
