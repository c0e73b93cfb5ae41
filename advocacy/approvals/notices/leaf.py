"""What a municipality reads behind its link: the text, until when, what it has said."""

from dataclasses import dataclass
from datetime import datetime

from advocacy.approvals import queries
from advocacy.approvals.notices.asked import Tally, tally_of
from advocacy.approvals.queries import Ground
from advocacy.approvals.tables import Notice, Round
from advocacy.approvals.voting.counting import RoundResult
from advocacy.positions import queries as positions
from advocacy.positions.writing.merging import Ask
from advocacy.provenance import without_citations
from advocacy.translations import queries as translations


@dataclass(frozen=True, slots=True)
class Leaf:
    notice: Notice
    held: Round
    ground: Ground
    body: str
    language: str
    title: str
    paragraphs: list[str]
    asks: list[Ask]
    result: RoundResult
    tally: Tally


async def leaf_of(notice: Notice, *, language: str, now: datetime) -> Leaf:
    """In `language` where a checked translation exists, else in the lead language. The text of
    the round, even when there is a newer one: that one is not what was put to anybody.
    """
    held = await queries.round_by_id(notice.round)
    position = await queries.position_by_id(held.position)
    ground = await queries.ground_of(position, version=held.version)
    is_current = position.version == held.version and language != position.language
    other = await translations.whole_in(position.id, language) if is_current else None
    paragraphs = list(other.paragraphs) if other else ground.paragraphs
    tally = await tally_of(held)
    return Leaf(
        notice=notice,
        held=held,
        ground=ground,
        body=await queries.name_of_body(ground, language),
        language=language if other else position.language,
        title=other.title if other else ground.version.title,
        paragraphs=[without_citations(text) for _, text in paragraphs],
        asks=list(other.asks if other else positions.asks_of(ground.version)),
        result=queries.result_of(
            held,
            await queries.ballots_of([held.id]),
            current_hash=await queries.current_hash(position, held),
            now=now,
            objections=tally.objections,
        ),
        tally=tally,
    )
