"""What everybody may read of projects. How to reach people only where they agreed."""

from urllib.parse import urlencode

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Template

from advocacy import clock, texts
from advocacy.dossiers.labels import topic_name
from advocacy.errors import NotFound
from advocacy.people.rules import COUNTRIES, STAFF
from advocacy.projects import labels, queries, rules
from advocacy.projects.rules import ProjectState
from advocacy.web.files import to_save
from advocacy.web.pages import Web, page
from feeds.reading.topics import TOPICS

PUBLIC = {"public": True}


def topics() -> list[tuple[str, str]]:
    """Keys and names, by name."""
    named = [(key, topic_name(key, texts.language())) for key in TOPICS]
    return sorted(named, key=lambda pair: pair[1].casefold())


@get("/{lang:str}/projects", opt=PUBLIC)
async def project_list(request: Web) -> Template:
    wanted = queries.wanted(request.query_params)
    before = request.query_params.get("before", "")
    last = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else 0  # noqa: PLR2004
    rows = await queries.listed(wanted, texts.language(), before=last, today=clock.now().date())
    shown = rows[: rules.PAGE]
    further = {**wanted.query(), "before": shown[-1].id} if len(rows) > rules.PAGE else {}
    return page(
        request, "projects/list.html", rows=shown, wanted=wanted, further=urlencode(further),
        topics=topics(), topic_name=topic_name, countries=COUNTRIES, states=ProjectState,
        labels=labels, may_enter=bool(request.user and request.user.role in STAFF),
    )  # fmt: skip


@get("/{lang:str}/projects/{number:int}", opt=PUBLIC)
async def project_page(request: Web, number: FromPath[int]) -> Template:
    found = await queries.one(number, texts.language(), today=clock.now().date())
    person = request.user
    in_house = person is not None and person.role in rules.HOUSE
    countries = {each["country"] for each in found.members}
    may_edit = person is not None and rules.may_edit(
        person.role, person.countries.split(","), countries
    )
    return page(
        request, "projects/project.html", found=found, project=found.project, row=found.row,
        in_house=in_house, may_edit=may_edit, labels=labels, topic_name=topic_name,
        may_reach=in_house or (found.project.contact_public and not found.project.removed),
    )  # fmt: skip


@get("/{lang:str}/projects/{number:int}/results/{result:int}", opt=PUBLIC)
async def result_file(number: FromPath[int], result: FromPath[int]) -> Response[bytes]:
    kept = await queries.result_file(number, result)
    if kept.content is None:
        raise NotFound("There is no such file")
    return to_save(kept.content, name=kept.name, media_type=kept.media_type)


handlers = [project_list, project_page, result_file]
