"""What an organisation reads behind its link: the text that it is asked to sign."""

from dataclasses import dataclass

from advocacy.approvals import queries as rounds
from advocacy.approvals.queries import Ground
from advocacy.approvals.tables import Round
from advocacy.positions import queries as positions
from advocacy.positions.writing.merging import Ask
from advocacy.provenance import without_citations
from advocacy.submissions.rules import HANDED_IN, SignatureState
from advocacy.submissions.signing.signed import Signatory, signatory
from advocacy.submissions.tables import CoSignatory, Submission
from advocacy.translations import queries as translations


@dataclass(frozen=True, slots=True)
class Leaf:
    """`held` None: the text is being changed, and is put to nobody. `language` is that of title,
    paragraphs and asks.
    """

    signatory: Signatory
    held: Round | None
    ground: Ground
    body: str
    language: str
    title: str
    paragraphs: list[str]
    asks: list[Ask]
    has_left: bool

    @property
    def may_answer(self) -> bool:
        return self.held is not None and not self.has_left

    @property
    def stands(self) -> bool:
        return self.held is not None and self.signatory.stands_under(self.held.text_hash)

    @property
    def declined(self) -> bool:
        return self.signatory.state is SignatureState.DECLINED


async def leaf_of(row: CoSignatory, *, language: str) -> Leaf:
    """In `language` where a checked translation is there, else in the lead language."""
    position = await rounds.position_by_id(row.position)
    held = await rounds.last_opened(position.id)
    if held is not None and await rounds.current_hash(position, held) != held.text_hash:
        held = None
    ground = await rounds.ground_of(position, version=held.version if held else None)
    wanted = held is not None and language != position.language
    other = await translations.whole_in(position.id, language) if wanted else None
    paragraphs = list(other.paragraphs) if other else ground.paragraphs
    sent = (
        await Submission.select(Submission.state).where(Submission.round == held.id).first()
        if held
        else None
    )
    return Leaf(
        signatory=signatory(row),
        held=held,
        ground=ground,
        body=await rounds.name_of_body(ground, language),
        language=language if other else position.language,
        title=other.title if other else ground.version.title,
        paragraphs=[without_citations(text) for _, text in paragraphs] if held else [],
        asks=list(other.asks if other else positions.asks_of(ground.version)) if held else [],
        has_left=bool(sent and sent["state"] in HANDED_IN),
    )
