"""A dossier to take along: everything in one file."""

import asyncio
from collections.abc import AsyncIterator

from litestar import get
from litestar.params import FromPath
from litestar.response import Redirect, Stream

from advocacy import clock
from advocacy.dossiers import queries
from advocacy.dossiers.joining.merged import target_of
from advocacy.exports.archive.packing import Packed, pack
from advocacy.people.guards import house
from advocacy.templating import address
from advocacy.web.pages import Web, person_of

CHUNK = 256 * 1024  # bytes


@get("/{lang:str}/d/{ref:str}/archive.zip", guards=[house])
async def archive(request: Web, ref: FromPath[str]) -> Stream | Redirect:
    dossier = await queries.by_ref(ref)
    if target := await target_of(dossier):
        return Redirect(path=address(f"/d/{target.number}/archive.zip"), status_code=303)
    packed = await pack(dossier, reader=person_of(request), now=clock.now())
    headers = {
        "content-disposition": f'attachment; filename="{packed.name}"',
        "content-length": str(packed.size),
        "cache-control": "private, no-store",
    }
    return Stream(_chunks(packed), media_type="application/zip", headers=headers)


async def _chunks(packed: Packed) -> AsyncIterator[bytes]:
    with packed.file as file:
        while chunk := await asyncio.to_thread(file.read, CHUNK):
            yield chunk


handlers = [archive]
