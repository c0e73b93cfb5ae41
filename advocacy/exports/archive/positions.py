"""The position: every version as text; the current one, and each whole translation, as papers."""

from collections.abc import AsyncIterator
from zoneinfo import ZoneInfo

from advocacy import texts
from advocacy.approvals.queries import Ground, ground_of
from advocacy.exports.archive.matter import OFFICE_ZONE, Matter, Piece, Section
from advocacy.exports.archive.names import file_name
from advocacy.people.rules import LANGUAGES
from advocacy.positions import queries
from advocacy.positions.labels import STATES
from advocacy.positions.tables import Position, PositionVersion
from advocacy.submissions.documents import SubmissionText
from advocacy.submissions.package import files_of, text_of
from advocacy.texts import gettext
from advocacy.translations import queries as translations
from advocacy.translations.labels import MISSING
from advocacy.translations.labels import STATES as TRANSLATION_STATES
from advocacy.translations.queries import AlignedRow


async def pieces(matter: Matter) -> AsyncIterator[Piece]:
    position = await queries.of_dossier(matter.dossier.id)
    if position is None:
        return
    for version in await _versions(position):
        yield _version(position, version)
    if not position.version:
        return
    ground = await ground_of(position)
    async for piece in _papers(ground, await text_in(ground, position.language)):
        yield piece
    for language in LANGUAGES:
        if language == position.language:
            continue
        async for piece in _translation(ground, language):
            yield piece


async def _versions(position: Position) -> list[PositionVersion]:
    """Without the empty sheet."""
    return await (
        PositionVersion.objects()
        .where(PositionVersion.position == position.id, PositionVersion.number > 0)
        .order_by(PositionVersion.number)
    )


def _version(position: Position, version: PositionVersion) -> Piece:
    """With its citations: they say whose words a sentence rests on."""
    paragraphs = [
        f"{number}. {text}"
        for number, (_, text) in enumerate(queries.paragraphs_of(version), start=1)
    ]
    asks = [f"{ask.number}. {ask.text}" for ask in queries.asks_of(version)]
    with texts.speaking(position.language):
        heading = [texts.label(gettext("Asks")), *asks] if asks else []
    parts = [version.title, *paragraphs, "\n".join(heading), version.note]
    return Piece(
        Section.POSITION,
        f"v{version.number:02d} {position.language}.txt",
        "\n\n".join(part for part in parts if part).encode() + b"\n",
        version.at,
        f"{gettext('Version')} {version.number}: {version.title}",
        position.language,
    )


async def text_in(ground: Ground, language: str) -> SubmissionText:
    """Unsigned: what was signed and handed in stands with the submission."""
    day = ground.version.at.astimezone(ZoneInfo(OFFICE_ZONE)).date()
    return await text_of(ground, language=language, signatories=(), day=day)


async def _papers(ground: Ground, text: SubmissionText) -> AsyncIterator[Piece]:
    """As PDF, Word file and plain text; the name says whether it is only a draft."""
    state = texts.translate(STATES[ground.position.state])
    for made in await files_of(text):
        ending = made.name.rpartition(".")[2]
        yield Piece(
            Section.POSITION,
            file_name(f"{text.number} v{text.version} {text.language}", f"{state}.{ending}", "x"),
            made.content,
            ground.version.at,
            f"{text.title} ({state})",
            text.language,
        )


async def _translation(ground: Ground, language: str) -> AsyncIterator[Piece]:
    rows = await translations.aligned(ground.position.id, language)
    if not any(row.text for row in rows):
        return
    if all(row.is_right for row in rows):
        async for piece in _papers(ground, await text_in(ground, language)):
            yield piece
        return
    title = gettext("Translation that is not finished")
    yield Piece(
        Section.POSITION,
        file_name(
            f"{ground.dossier.number} v{ground.version.number} {language}", f"{title}.txt", "x"
        ),
        "\n\n".join(_part(row) for row in rows).encode() + b"\n",
        ground.version.at,
        f"{title}: {texts.language_name(language)}",
        language,
    )


def _part(row: AlignedRow) -> str:
    state = texts.translate(TRANSLATION_STATES[row.state] if row.state else MISSING)
    number = f"{row.number}. " if row.number else ""
    return f"[{state}]\n{number}{row.text or row.original}"
