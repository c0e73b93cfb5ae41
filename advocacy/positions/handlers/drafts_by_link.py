"""A municipality's link: read the draft while it is laid open, propose, agree. No account.

Opening any of these pages records nothing. Those under /a carry no key against forgery, as
calls/handlers/personal.py explains.
"""

from collections.abc import Mapping
from typing import Any  # a page's values are what its template shows

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls.queries import Personal, invitation_by_token
from advocacy.errors import Invalid, NotFound, Outdated
from advocacy.people.tables import Person
from advocacy.positions import forms, labels, queries, rules
from advocacy.positions.proposing import actions, checking, places
from advocacy.positions.proposing import queries as proposing
from advocacy.positions.proposing.queries import proposal_row
from advocacy.positions.proposing.wanted import Spot, spot, wanted
from advocacy.positions.rules import ProposalSource
from advocacy.positions.tables import Position, Proposal
from advocacy.positions.writing.merging import Draft
from advocacy.provenance import citations
from advocacy.translations import queries as translations
from advocacy.web.once import once
from advocacy.web.pages import Web, go, page, say, typed

PUBLIC = {"public": True}  # the link itself is the key


async def _asked(request: Web, token: str) -> tuple[Personal, Position]:
    """404 unless the draft has been laid open to municipalities."""
    personal = await invitation_by_token(token)
    chosen = request.query_params.get("language", "")
    texts.speak(chosen if chosen in texts.LANGUAGES else personal.invitation.language)
    position = await queries.of_dossier(personal.whole.dossier.id)
    if position is None or position.members_until is None:
        raise NotFound("There is no such page")
    return personal, position


async def _read(position: Position) -> tuple[Draft, str, int]:
    """The text as it is read here, its language, its version: translated where all is checked."""
    version = await queries.version(position.id)
    language = texts.language()
    whole = await translations.whole_in(position.id, language)
    if whole is None:
        return queries.draft_of(version), position.language, version.number
    return Draft(whole.title, whole.paragraphs, whole.asks), language, version.number


@get("/a/{token:str}/draft", opt=PUBLIC)
async def draft(request: Web, token: FromPath[str]) -> Template:
    personal, position = await _asked(request, token)
    text, language, _ = await _read(position)
    own = f"@{personal.contribution.id}." if personal.contribution else "@0."
    said, remarks = await proposing.of_invitations(position.id, [personal.invitation.id])
    return page(
        request,
        "positions/draft_for_members.html",
        personal=personal,
        position=position,
        draft=text,
        text_language=language,
        own={
            key
            for key, words in text.paragraphs
            if any(each.startswith(own) for each in citations(words))
        },
        said=[proposal_row(row, row.before, position.language) for row in said],
        remarks=remarks,
        labels=labels,
        is_open=_is_open(position),
        zone=await _zone(position),
        here=f"/a/{token}/draft",
        end=_end(request),
    )


def _is_open(position: Position) -> bool:
    until = position.members_until
    return (
        until is not None
        and until > clock.now()
        and position.state != rules.PositionState.SUBMITTED
    )


async def _zone(position: Position) -> str:
    return await checking.zone_of(position.dossier)


def _end(request: Web) -> str:
    chosen = request.query_params.get("language", "")
    return f"?language={chosen}" if chosen in texts.LANGUAGES else ""


@get("/a/{token:str}/draft/{key:str}", opt=PUBLIC)
async def propose_page(request: Web, token: FromPath[str], key: FromPath[str]) -> Template:
    _, position = await _asked(request, token)
    rules.check_members_look(position.members_until, now=clock.now())
    text, language, version = await _read(position)
    return _form(request, token, position, spot(text, key), language, version)


def _form(  # noqa: PLR0917  what every answer of this page needs
    request: Web,
    token: str,
    position: Position,
    there: Spot,
    language: str,
    version: int,
    *,
    status: int = 200,
    problems: Mapping[str, Any] | None = None,
    form: forms.Typed | None = None,
) -> Template:
    end = _end(request)
    return page(
        request,
        "positions/propose.html",
        status=status,
        by_link=True,
        position=position,
        text_language=language,
        spot=there,
        version=version,
        known=None,
        labels=labels,
        action=f"/a/{token}/draft/{there.path}{end}",
        back=f"/a/{token}/draft{end}",
        problems=problems or {},
        typed=form or {},
    )


@post("/a/{token:str}/draft/{key:str}", opt=PUBLIC, status_code=200)
async def propose(request: Web, token: FromPath[str], key: FromPath[str]) -> Template | Redirect:
    """`do`: "propose", "remark", or "withdraw" with the number of a proposal."""
    personal, position = await _asked(request, token)
    form, now = await typed(request), clock.now()
    rules.check_members_look(position.members_until, now=now)
    invitation = personal.invitation.id
    text, language, version = await _read(position)
    who: dict[str, Any] = {"by": None, "invitation": invitation, "now": now}

    async def act() -> str:
        if form.get("do") == "withdraw":
            await actions.withdraw(forms.number(form.get("proposal", "")), **who)
            return f"/a/{token}/draft{_end(request)}#yours"
        there = spot(text, key)
        who.update(version=version, author=personal.municipality.name, language=language)
        if form.get("do") == "remark":
            who["language"] = texts.language()
            await actions.remark(position.id, there.key, form.get("remark", ""), **who)
            say(request, texts.gettext("The secretariat reads your remark."))
        else:
            await _check_read(position, there, form, version, language)
            await actions.propose(
                position.id, there.key, wanted(there, form.get("text", "")), before=there.words,
                after=there.after, reason=form.get("reason", ""), source=ProposalSource.LINK, **who,
            )  # fmt: skip
            say(request, texts.gettext("The secretariat answers your proposal."))
        return f"/a/{token}/draft{_end(request)}#yours"

    try:
        return await once(form, act, now=now)
    except Invalid as error:
        return _form(
            request, token, position, spot(text, key), language, version,
            status=422, problems=error.fields, form=form,
        )  # fmt: skip


async def _check_read(
    position: Position, there: Spot, form: forms.Typed, current: int, language: str
) -> None:
    """Other words for a text that is not there any more would undo what was done since; and words
    of a translation are none for the original, which is read here since that one is stale.
    """
    read = forms.number(form.get("version", ""), default=current)
    if read == current or there.is_new:
        return
    before, now = [
        places.words_at(queries.draft_of(await queries.version(position.id, number)), there.key)
        for number in (read, current)
    ]
    if before != now or form.get("read_in", language) != language:
        mine = forms.clean(form.get("text", ""))
        raise Outdated("The text has changed meanwhile", theirs=there.shown, mine=mine)


@get("/consent/{token:str}", opt=PUBLIC)
async def consent_page(request: Web, token: FromPath[str]) -> Template:
    """Mail scanners open links: this page records nothing, its buttons do."""
    return await _consent(request, await proposing.by_consent(token), token)


@post("/consent/{token:str}", opt=PUBLIC, status_code=200)
async def consent(request: Web, token: FromPath[str]) -> Template | Redirect:
    row = await proposing.by_consent(token)
    form, now = await typed(request), clock.now()
    await _speak(request, row)

    try:
        # Not `once`: the same again is nothing, and who goes back and says otherwise means it.
        agrees = form.get("act") == "agree"
        await actions.consent(token, agrees=agrees, remark=form.get("remark", ""), now=now)
        return go(f"/consent/{token}{_end(request)}")
    except Invalid as error:
        return await _consent(request, row, token, status=422, problems=error.fields, form=form)


async def _speak(request: Web, row: Proposal) -> None:
    chosen = request.query_params.get("language", "")
    if chosen in texts.LANGUAGES:
        texts.speak(chosen)
    elif row.person:
        person = await Person.objects().where(Person.id == row.person).first()
        texts.speak(person.language if person else row.language)
    elif row.invitation:
        texts.speak((await proposing.language_of(row.invitation)) or row.language)


async def _consent(
    request: Web,
    row: Proposal,
    token: str,
    *,
    status: int = 200,
    problems: Mapping[str, Any] | None = None,
    form: forms.Typed | None = None,
) -> Template:
    await _speak(request, row)
    position = await Position.objects().where(Position.id == row.position).first()
    if position is None:
        raise NotFound("There is no such page")
    version = await queries.version(position.id)
    numbers = {key: n for n, (key, _) in enumerate(queries.paragraphs_of(version), 1)}
    return page(
        request,
        "positions/consent.html",
        status=status,
        row=row,
        shown=proposal_row(row, row.before, position.language),
        title=version.title,
        text_language=position.language,
        paragraph=numbers.get(row.paragraph),
        labels=labels,
        zone=await _zone(position),
        action=f"/consent/{token}{_end(request)}",
        may_answer=position.state != rules.PositionState.SUBMITTED,
        problems=problems or {},
        typed=form or {},
    )


handlers = [draft, propose_page, propose, consent_page, consent]
