"""Pages about who stands behind a text: by municipality, by sentence, and on one sheet."""

from collections.abc import Sequence
from typing import Any  # Litestar's responses are generic over their content

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Template

from advocacy import clock, texts
from advocacy.calls.covering.coverage import of_dossier
from advocacy.dossiers import queries as dossiers
from advocacy.people.guards import house
from advocacy.people.tables import Person
from advocacy.positions import labels, queries, rules
from advocacy.positions.handlers.looking import PUBLIC, readable, role_of
from advocacy.positions.passages import quotations
from advocacy.positions.tables import Position, PositionVersion
from advocacy.positions.writing import behind, brief, evidence, standing
from advocacy.positions.writing.blame import blame
from advocacy.settings import settings
from advocacy.spreadsheets.writing import as_csv, as_xlsx
from advocacy.translations import queries as translations
from advocacy.typesetting import in_turn
from advocacy.web.files import to_save
from advocacy.web.pages import Web, page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {"xlsx": (as_xlsx, XLSX), "csv": (as_csv, "text/csv; charset=utf-8")}


@get("/{lang:str}/p/{number:str}/support", opt=PUBLIC)
async def support_page(request: Web, number: FromPath[str]) -> Template:
    """The public sees counts, and the names of those that agreed to be named."""
    position, version = await readable(number, request.user)
    in_house = role_of(request) in rules.READERS
    every = await _behind(position, version)
    # A dot on the map names a place as well as its name does.
    named = every if in_house else [each for each in every if each.name_public]
    covered = await of_dossier(position.dossier)
    countries = behind.by_country(every, covered)
    return page(
        request,
        "positions/support.html",
        number=number,
        position=position,
        version=version,
        in_house=in_house,
        labels=labels,
        every=named,
        hidden=len(every) - len(named),
        countries=countries,
        covered=covered,
        map=await behind.support_map(named, countries),
    )


async def _behind(position: Position, version: PositionVersion) -> list[behind.Behind]:
    rows = await quotations.passages(position.dossier)
    return behind.behind(queries.paragraphs_of(version), rows)


@get("/{lang:str}/p/{number:str}/support.xlsx", guards=[house])
async def support_workbook(request: Web, number: FromPath[str]) -> Response[bytes]:
    return await _table(number, request.user, "xlsx")


@get("/{lang:str}/p/{number:str}/support.csv", guards=[house])
async def support_table(request: Web, number: FromPath[str]) -> Response[bytes]:
    return await _table(number, request.user, "csv")


async def _table(number: str, person: Person | None, extension: str) -> Response[bytes]:
    position, version = await readable(number, person)
    sheet = behind.sheet(number, await _behind(position, version))
    write, media_type = FORMATS[extension]
    return to_save(write(sheet), name=f"{sheet.name}.{extension}", media_type=media_type)


@get("/{lang:str}/p/{number:str}/sentences", opt=PUBLIC)
async def sentences_page(request: Web, number: FromPath[str]) -> Template:
    """Who wrote what is for the house; what each sentence rests on is for whoever may read it."""
    position, version = await readable(number, request.user)
    in_house = role_of(request) in rules.READERS
    rows = await quotations.passages(position.dossier)
    paragraphs = queries.paragraphs_of(version)
    brought = blame(await queries.written(position.id, version.number)) if in_house else {}
    return page(
        request,
        "positions/sentences.html",
        evidence=await evidence.cited(position.dossier, paragraphs, texts.language()),
        number=number,
        position=position,
        version=version,
        in_house=in_house,
        labels=labels,
        quoted={row.mark: row for row in rows if row.stands} if in_house else {},
        paragraphs=standing.sentences(paragraphs, quotations.cited(rows), brought),
    )


@get("/{lang:str}/p/{number:str}/brief.pdf", opt=PUBLIC)
async def brief_pdf(request: Web, number: FromPath[str]) -> Response[bytes]:
    """In the reader's language where the text has been translated into it as a whole."""
    position, version = await readable(number, request.user)
    sheet = await _brief(request, position, version, number)
    content = await in_turn(lambda: brief.as_pdf(sheet))
    return to_save(content, name=f"{number}-{texts.language()}.pdf", media_type="application/pdf")


async def _brief(
    request: Web, position: Position, version: PositionVersion, number: str
) -> brief.Brief:
    language = texts.language()
    other = await translations.whole_in(position.id, language)
    rows = await quotations.passages(position.dossier)
    paragraphs = queries.paragraphs_of(version)
    every = behind.behind(paragraphs, rows)
    asks = other.asks if other else queries.asks_of(version)
    return brief.Brief(
        network=settings().network,
        number=number,
        title=other.title if other else version.title,
        language=language if other else position.language,
        state=_state(position, language if other else position.language),
        messages=brief.messages(
            [ask.text for ask in asks], other.paragraphs if other else paragraphs
        ),
        figures=brief.figures(await of_dossier(position.dossier), every),
        voices=brief.voices(paragraphs, rows, language),
        contact=await _contact(request, position),
        made=clock.now(),
    )


def _state(position: Position, language: str) -> str:
    if position.state not in rules.PUBLIC:
        return texts.gettext("Draft, not adopted yet")
    if rules.was_adopted_in(language, lead=position.language, binding=position.binding_languages):
        return ""
    adopted = {"language": texts.language_name(position.language)}
    return texts.gettext("Translation for information. Adopted in: %(language)s") % adopted


async def _contact(request: Web, position: Position) -> str:
    """Whoever looks after the dossier, for the house; the public has the network's address."""
    dossier = await dossiers.by_id(position.dossier)
    said: Sequence[Any] = ()
    if role_of(request) in rules.READERS and dossier.lead:
        lead = await Person.objects().where(Person.id == dossier.lead).first()
        said = (lead.name, lead.phone, lead.email) if lead else ()
    return " · ".join(each for each in said if each) or settings().sender


handlers = [
    support_page,
    support_workbook,
    support_table,
    sentences_page,
    brief_pdf,
]
