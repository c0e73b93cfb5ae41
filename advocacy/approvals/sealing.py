"""Which exact text, in which exact translations: what a round is bound to, and whether it holds."""

import hashlib
import json
from collections.abc import Sequence

from advocacy import database
from advocacy.approvals import rules
from advocacy.approvals.tables import Round
from advocacy.history.tables import Event
from advocacy.positions import queries as positions
from advocacy.positions.tables import Position, PositionVersion
from advocacy.provenance import text_hash
from advocacy.translations import queries as translations
from advocacy.translations.queries import TranslatedText

OPENED = "round opened"
DIGEST = 16  # hexadecimal digits: tells two wordings of one paragraph apart

Digests = dict[str, dict[str, str]]
"""By language and part (its key, "title", "ask-1")."""


def binding_languages(position: Position) -> list[str]:
    """Besides the lead language, which the text is written in."""
    languages = [part for part in position.binding_languages.split(",") if part]
    return [language for language in languages if language != position.language]


def bound_languages(held: Round) -> list[str]:
    """Besides the lead: those that the round is about, whatever has been declared since."""
    return [part for part in held.languages.split(",") if part]


async def hold_still(position_id: int, languages: Sequence[str]) -> None:
    """Until the transaction ends nobody saves or checks these translations."""
    for language in sorted(languages):
        await database.one_at_a_time(f"translation {position_id} {language}")


async def seal_of(position: Position, version: PositionVersion, languages: Sequence[str]) -> str:
    """Over the lead and all of `languages`; "" while one of them is not whole and checked.

    Translations are kept for the current version, which `version` has to be.
    """
    others: dict[str, str] = {}
    for language in languages:
        whole = await translations.whole_in(position.id, language)
        if whole is None:
            return ""
        others[language] = _hash_of(whole)
    return rules.seal(version.text_hash, others)


def _hash_of(whole: TranslatedText) -> str:
    return text_hash(whole.paragraphs, whole.title, [(ask.number, ask.text) for ask in whole.asks])


async def current_hash(position: Position, held: Round) -> str:
    """The seal over the text as it stands, in the languages of the round.

    Empty when it cannot be the round's: it is another version, even one that was edited back to
    the same words (who voted has not seen that one); a translation is not whole; a language has
    been declared binding that nobody was asked about.
    """
    text = await positions.version(position.id)
    bound = bound_languages(held)
    if text.number != held.version or not set(binding_languages(position)) <= set(bound):
        return ""
    return await seal_of(position, text, bound)


async def digests_of(position: Position, languages: Sequence[str]) -> Digests:
    """Kept with the opening, so that it can be said later which part of a translation changed."""
    return {language: await _digests(position.id, language) for language in languages}


async def _digests(position_id: int, language: str) -> dict[str, str]:
    rows = await translations.aligned(position_id, language)
    return {
        row.key: hashlib.sha256(f"{row.text}\0{row.is_right}".encode()).hexdigest()[:DIGEST]
        for row in rows
    }


async def digests_at_opening(round_id: int) -> Digests:
    row = await (
        Event.select(Event.details)
        .where(Event.kind == "round", Event.object == round_id, Event.action == OPENED)
        .first()
    )
    found: Digests = json.loads(row["details"]).get("translations", {}) if row else {}
    return found


async def changed_translations(
    position: Position, before: Digests
) -> dict[str, list[translations.AlignedRow]]:
    """By language the parts that do not read as they did then."""
    found = {}
    for language, digests in before.items():
        now = await _digests(position.id, language)
        rows = await translations.aligned(position.id, language)
        found[language] = [row for row in rows if digests.get(row.key) != now[row.key]]
    return {language: rows for language, rows in found.items() if rows}
