"""The board of hours; the files that left, and what the body answered with."""

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Template

from advocacy import clock
from advocacy.errors import NotFound
from advocacy.people.guards import house, requires
from advocacy.people.rules import Role
from advocacy.positions.labels import STATES
from advocacy.submissions import hours, labels, queries, rules
from advocacy.web.files import to_save
from advocacy.web.pages import Web, page

LARGEST_ID = 2**31 - 1


@get("/{lang:str}/submissions", guards=[house])
async def board(request: Web) -> Template:
    after = hours.number_typed(request.query_params.get("after", ""))
    waiting = await queries.waiting(after=after)
    now = clock.now()
    return page(
        request,
        "submissions/board.html",
        now=now,
        waiting=[row | {"hours": rules.hours_left(row["closes"], now)} for row in waiting],
        further=waiting[-1]["number"] if len(waiting) == queries.PAGE else "",
        gone_out=await queries.gone_out(),
        states=STATES,
        labels=labels,
    )


@get(
    "/{lang:str}/s/{submission:int}/{name:str}",
    guards=[requires(Role.SECRETARIAT, Role.PRESIDENCY)],
)
async def file(submission: FromPath[int], name: FromPath[str]) -> Response[bytes]:
    if not 0 < submission <= LARGEST_ID or not name.isprintable():
        raise NotFound("There is no such file")
    found = await queries.file_named(submission, name)
    return to_save(bytes(found.content), name=found.name, media_type=found.media_type)


handlers = [board, file]
