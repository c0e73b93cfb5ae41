"""Pages of positions: the list, one position, one version, two compared."""

from typing import Any  # a page's values are what its template shows

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.calls.covering.coverage import of_dossier
from advocacy.dossiers import queries as dossiers
from advocacy.errors import NotFound
from advocacy.people.guards import house, secretariat
from advocacy.people.tables import Person
from advocacy.positions import actions, labels, queries, rules
from advocacy.positions.passages import quotations
from advocacy.positions.proposing import queries as proposing
from advocacy.positions.tables import Position, PositionVersion
from advocacy.positions.writing import evidence
from advocacy.submissions import queries as submissions
from advocacy.translations import queries as translations
from advocacy.translations.rules import may_translate
from advocacy.web.pages import Web, page, person_of, say, to, typed

PUBLIC = {"public": True}
FILES = frozenset({"pdf", "docx", "txt", "json"})
"""/p/2026-014.pdf leads to the file; exports/handlers/papers.py makes it."""


def role_of(request: Web) -> str | None:
    return request.user.role if request.user else None


async def readable(
    number: str, person: Person | None, version: int | None = None
) -> tuple[Position, PositionVersion]:
    """The position of that dossier in one version, or 404 for whoever may not know of it."""
    position = await queries.by_number(number)
    is_current = version in (None, position.version)
    role = person.role if person else None
    if not rules.may_read(role, position.state, is_current=is_current):
        raise NotFound("There is no such position")
    return position, await queries.version(position.id, version)


@get("/{lang:str}/positions", opt=PUBLIC)
async def positions(request: Web) -> Template:
    in_house = role_of(request) in rules.READERS
    before = request.query_params.get("before", "")[:12]
    rows = await queries.listed(public_only=not in_house, before=before)
    public = await submissions.adopted_positions(
        texts.language(), numbers=[row.number for row in rows]
    )
    return page(
        request, "positions/list.html", rows=rows,
        public={each.number: each for each in public}, in_house=in_house, states=labels.STATES,
        further=rows[-1].number if len(rows) == queries.PAGE else "",
    )  # fmt: skip


@get("/{lang:str}/p/{number:str}", opt=PUBLIC)
async def position_page(request: Web, number: FromPath[str]) -> Template | Redirect:
    plain, _, ending = number.rpartition(".")
    if ending in FILES:
        return to(f"/p/{plain}/text.{ending}")
    position, version = await readable(number, request.user)
    values = await _values(request, position, version)
    if request.user and role_of(request) in rules.READERS:
        values["seen"] = await queries.last_seen(position.id, request.user)
        await actions.mark_seen(position.id, request.user, version.number, clock.now())
    return page(request, "positions/position.html", number=number, **values)


@get("/{lang:str}/p/{number:str}/{name:str}", opt=PUBLIC)
async def version_page(request: Web, number: FromPath[str], name: FromPath[str]) -> Template:
    wanted = rules.version_named(name)
    if wanted is None:
        raise NotFound("There is no such version")
    position, version = await readable(number, request.user, wanted)
    values = await _values(request, position, version)
    return page(request, "positions/position.html", number=number, **values)


async def _values(request: Web, position: Position, version: PositionVersion) -> dict[str, Any]:
    """What the page shows; the house sees more than the public."""
    in_house = role_of(request) in rules.READERS
    dossier = await dossiers.by_id(position.dossier)
    rows = await quotations.passages(position.dossier)
    paragraphs = queries.paragraphs_of(version)
    is_current = version.number == position.version
    language = texts.language()
    other = await translations.whole_in(position.id, language) if is_current else None
    values: dict[str, Any] = {
        "position": position,
        "version": version,
        "dossier": dossier,
        "is_current": is_current,
        "in_house": in_house,
        "labels": labels,
        "title": other.title if other else version.title,
        "text_language": language if other else position.language,
        "for_information": other is not None and _for_information(position, language),
        "paragraphs": queries.shown(
            paragraphs,
            rows,
            dict(other.paragraphs) if other else None,
            await evidence.cited(position.dossier, paragraphs, language),
        ),
        "asks": other.asks if other else queries.asks_of(version),
        "may_edit": rules.may_edit(role_of(request), position.state),
        "languages": await translations.overview(position),
        "translates": _translates(request.user),
        "covered": await of_dossier(position.dossier),
        "signed_by": await submissions.signed_by(position),
        "seen": None,
    }
    return values | (await _for_the_house(position, version, rows) if in_house else {})


def _for_information(position: Position, language: str) -> bool:
    return position.state in rules.PUBLIC and not rules.was_adopted_in(
        language, lead=position.language, binding=position.binding_languages
    )


def _translates(person: Person | None) -> list[str]:
    if person is None:
        return []
    countries = person.countries.split(",")
    return [each for each in texts.LANGUAGES if may_translate(person.role, countries, each)]


async def _for_the_house(
    position: Position, version: PositionVersion, rows: list[quotations.PassageRow]
) -> dict[str, Any]:
    paragraphs = queries.paragraphs_of(version)
    problems = await queries.wrong_citations(position.dossier, paragraphs, rows)
    return {
        "proposed": await proposing.open_by_paragraph(position.id),
        "versions": await queries.versions(position.id),
        "unused": queries.unused_of(paragraphs, rows),
        "wrong": [actions.said(each, dict(paragraphs)) for each in problems],
        "length": rules.text_length(paragraphs),
        "limit": await queries.text_limit(position.dossier),
    }


@get("/{lang:str}/p/{number:str}/compare/{pair:str}", opt=PUBLIC)
async def compare(request: Web, number: FromPath[str], pair: FromPath[str]) -> Template:
    wanted = rules.versions_compared(pair)
    if wanted is None or role_of(request) not in rules.READERS:
        raise NotFound("There is no such page")
    position, _ = await readable(number, request.user)
    comparison = await queries.compared(position.id, *wanted)
    return page(
        request, "positions/compare.html", number=number, position=position, labels=labels,
        comparison=comparison, versions=await queries.versions(position.id),
    )  # fmt: skip


@post("/{lang:str}/p/{number:str}/compare", guards=[house], status_code=303)
async def choose_versions(request: Web, number: FromPath[str]) -> Redirect:
    """Any two; the older one stands first, whichever way they were chosen."""
    form = await typed(request)
    pair = sorted(rules.version_named(form.get(name, "")) or 0 for name in ("old", "new"))
    return to(f"/p/{number}/compare/v{pair[0]}..v{pair[1]}")


@post("/{lang:str}/p/{number:str}/binding", guards=[secretariat], status_code=303)
async def binding(request: Web, number: FromPath[str]) -> Redirect:
    form = await typed(request)
    position = await queries.by_number(number)
    chosen = [each for each in form.get("binding", "").split(",") if each]
    await actions.bind(position.id, chosen, by=person_of(request), now=clock.now())
    say(request, texts.gettext("The binding languages are kept."))
    return to(f"/p/{number}")


handlers = [positions, position_page, version_page, compare, choose_versions, binding]
