"""The same form posted twice is one act: its key is unique in the act's own transaction."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from litestar.response import Redirect

from advocacy import database
from advocacy.web.pages import go
from advocacy.web.tables import PostedForm


async def once(
    form: Mapping[str, str], act: Callable[[], Awaitable[str]], *, now: datetime
) -> Redirect:
    """Run `act`, which returns the path to go to. A repeat goes where the first went; the same
    page with other words in it is no repeat.

    A form without its key (a hand-made POST) simply acts.
    """
    key = _key(form)
    if not key:
        return go(await act())
    if earlier := await _earlier(key):
        return go(earlier)
    try:
        async with database.transaction():
            await PostedForm(key=key, at=now).save()
            leads_to = await act()
            await PostedForm.update({PostedForm.leads_to: leads_to}).where(PostedForm.key == key)
    except database.DUPLICATE:
        earlier = await _earlier(key)
        if earlier is None:
            raise
        return go(earlier)
    return go(leads_to)


def _key(form: Mapping[str, str]) -> str:
    """Of what was typed, too: who goes back in the browser and chooses otherwise means it."""
    if not form.get("_once"):
        return ""
    said = sorted(field for field in form.items() if field[0] != "_csrf_token")
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


async def _earlier(key: str) -> str | None:
    row = await PostedForm.select(PostedForm.leads_to).where(PostedForm.key == key).first()
    return row["leads_to"] if row else None
