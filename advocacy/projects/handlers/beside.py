"""A project is suggested beside a dossier: it belongs there, or is not suggested again."""

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect

from advocacy import clock, texts
from advocacy.dossiers import queries as dossiers
from advocacy.dossiers.joining.merged import target_of
from advocacy.errors import Invalid, Message, NotFound
from advocacy.people.guards import secretariat
from advocacy.projects import actions, queries
from advocacy.triage.forms import identity
from advocacy.web.pages import Web, person_of, say, to, typed

ANSWERS = {"belongs": True, "no": False}


@post("/{lang:str}/d/{ref:str}/projects", guards=[secretariat], status_code=303)
async def put_beside(request: Web, ref: FromPath[str]) -> Redirect:
    form = await typed(request)
    dossier = await dossiers.by_ref(ref)
    dossier = await target_of(dossier) or dossier
    project, answer = identity(form.get("project", "").removeprefix("P")), form.get("do", "")
    if answer not in ANSWERS:
        raise Invalid({"do": Message("Choose one of the buttons")})
    if project is None:
        raise NotFound(queries.NOT_THERE)
    belongs = ANSWERS[answer]
    event = await actions.put_beside(
        dossier.id, project, belongs=belongs, by=person_of(request), now=clock.now()
    )
    said = (
        texts.gettext("The project stands beside the dossier and can be cited.")
        if belongs
        else texts.gettext("The project is not suggested here any more.")
    )
    say(request, said, undo=event)
    return to(f"/d/{dossier.number}#projects")


handlers = [put_beside]
