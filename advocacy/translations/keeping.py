"""The rows of one language of a position, held while they are written; its acts in the history."""

from collections.abc import Mapping
from datetime import datetime

from advocacy import database
from advocacy.dossiers.tables import Dossier
from advocacy.errors import NotFound
from advocacy.history.actions import record
from advocacy.people.rules import LANGUAGES
from advocacy.people.tables import Person
from advocacy.positions.rules import check_edit
from advocacy.positions.tables import Position
from advocacy.translations import queries
from advocacy.translations.tables import Translation


async def rows_of(position_id: int, language: str) -> dict[str, Translation]:
    rows = await Translation.objects().where(
        Translation.position == position_id, Translation.language == language
    )
    return {row.paragraph: row for row in rows}


async def locked(position_id: int, language: str) -> Position:
    await database.one_at_a_time(f"translation {position_id} {language}")
    position = await queries.position_of(position_id)
    if language == position.language or language not in LANGUAGES:
        raise NotFound("There is no such page")
    if language in position.binding_languages.split(","):
        check_edit(position.state)  # it went out with the original
    return position


async def record_act(
    action: str,
    position: Position,
    details: Mapping[str, object],
    *,
    by: Person,
    now: datetime,
    undoes: int | None = None,
) -> int:
    return await record(
        action,
        kind="position",
        object=position.id,
        dossier=position.dossier,
        by=by,
        now=now,
        details=details,
        undoes=undoes,
    )


async def page_of(position: Position, language: str) -> str:
    """Where it is translated, without the language of the page."""
    row = await Dossier.select(Dossier.number).where(Dossier.id == position.dossier).first()
    return f"/p/{row['number'] if row else ''}/translate/{language}"
