"""Open a round; all rounds of a position, each with its protocol."""

from collections.abc import Mapping
from dataclasses import asdict

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.approvals import actions, forms, labels, queries
from advocacy.approvals.deputies import standing
from advocacy.approvals.notices import asking
from advocacy.approvals.notices.asked import objections_of, tallies_of
from advocacy.approvals.opening.opening import country_of
from advocacy.approvals.voting.counting import majority
from advocacy.approvals.voting.protocol import protocol
from advocacy.errors import Invalid, NotFound
from advocacy.people.guards import house, secretariat
from advocacy.positions import queries as positions
from advocacy.positions.proposing import queries as proposing
from advocacy.positions.tables import Position
from advocacy.templating import address
from advocacy.web.files import to_save
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, typed


@get("/{lang:str}/p/{number:str}/round", guards=[secretariat])
async def round_page(request: Web, number: FromPath[str]) -> Template:
    return await _opening(request, await positions.by_number(number))


@post("/{lang:str}/p/{number:str}/round", guards=[secretariat], status_code=200)
async def open_round(request: Web, number: FromPath[str]) -> Template | Redirect:
    position = await positions.by_number(number)
    form, now, by = await typed(request), clock.now(), person_of(request)
    ground = await queries.ground_of(position)
    try:
        new = forms.new_round(form, zone=ground.zone)

        async def act() -> str:
            held = await actions.open_round(position.id, **asdict(new), by=by, now=now)
            text = texts.gettext("The round is open. The letters are on their way.")
            say(request, text, undo=await actions.event_of_opening(held.id))
            return address(f"/p/{number}/rounds")

        return await once(form, act, now=now)
    except Invalid as error:
        return await _opening(request, position, status=422, problems=error.fields, form=form)


async def _opening(
    request: Web,
    position: Position,
    *,
    status: int = 200,
    problems: Mapping[str, object] | None = None,
    form: Mapping[str, str] | None = None,
) -> Template:
    ground = await queries.ground_of(position)
    members = await queries.members()
    ends = await queries.proposed_end(ground)
    return page(
        request,
        "approvals/round.html",
        status=status,
        ground=ground,
        members=members,
        obstacles=await queries.obstacles_of(ground, members),
        policies=list(labels.POLICIES.items()),
        ends=ends,
        bound=queries.binding_languages(position),
        unanswered=await proposing.open_count(position.id),
        members_look=position.members_until if _lies_ahead(position) else None,
        quorum=majority(len(members)),
        absent=await standing.shown(members, now=clock.now()),
        asked=await asking.how_many(ground.dossier.id),
        lacking=[person.name for person in members if not country_of(person)],
        problems=problems or {},
        typed=form or {},
    )


def _lies_ahead(position: Position) -> bool:
    """The municipalities may still look at the draft."""
    return position.members_until is not None and position.members_until > clock.now()


@get("/{lang:str}/p/{number:str}/rounds", guards=[house])
async def rounds_page(request: Web, number: FromPath[str]) -> Template:
    position = await positions.by_number(number)
    ground = await queries.ground_of(position)
    rounds = await queries.rounds_of(position.id)
    ids = [row["id"] for row in rounds]
    ballots = await queries.ballots_of(ids)
    return page(
        request,
        "approvals/rounds.html",
        ground=ground,
        rounds=[
            (row, [ballot for ballot in ballots if ballot["round"] == row["id"]]) for row in rounds
        ],
        tallies=await tallies_of(ids),
        objections=await objections_of(ids),
        labels=labels,
    )


@get("/{lang:str}/p/{number:str}/rounds/{round_id:int}/protocol.pdf", guards=[house])
async def protocol_file(number: FromPath[str], round_id: FromPath[int]) -> Response[bytes]:
    position = await positions.by_number(number)
    held = next(
        (row for row in await queries.rounds_of(position.id) if row["id"] == round_id), None
    )
    if held is None:
        raise NotFound("There is no such round")
    content = await protocol(await queries.round_by_id(round_id))
    name = f"{number}-v{held['version']}-{round_id}-{texts.language()}.pdf"
    return to_save(content, name=name, media_type="application/pdf")


handlers = [round_page, open_round, rounds_page, protocol_file]
