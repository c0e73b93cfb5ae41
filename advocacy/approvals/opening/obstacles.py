"""Everything that stands in the way of a round. Pure: facts in, reasons with their pages out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from advocacy.errors import Message
from advocacy.provenance import Problem


class ObstacleKind(StrEnum):
    NO_PARAGRAPHS = "no_paragraphs"
    PASSAGES = "passages"
    CITATIONS = "citations"
    TRANSLATIONS = "translations"
    NO_MEMBERS = "no_members"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A reason why no round opens, and the page (without language) where it is mended."""

    kind: ObstacleKind
    message: Message
    path: str

    @property
    def key(self) -> str:
        """Also the anchor that the summary of the page leads to."""
        return f"{self.kind}-{self.path.rpartition('/')[2]}"


def obstacles(
    number: str,
    *,
    is_draft: bool,
    paragraphs: int,
    members: int,
    undecided: Sequence[str],
    wrong: Collection[Problem],
    missing: Mapping[str, Sequence[str]],
) -> list[Obstacle]:
    """Everything that stands in the way, not only the first.

    `undecided`: passages cited nowhere and without disposition. `missing`: what each binding
    language lacks, by language.
    """
    found: list[Obstacle] = []
    edit = f"/p/{number}/edit"
    if not is_draft:
        text = Message("A round is open already, or the text is adopted")
        found.append(Obstacle(ObstacleKind.STATE, text, f"/p/{number}/rounds"))
    if not paragraphs:
        text = Message("The position has no paragraphs")
        found.append(Obstacle(ObstacleKind.NO_PARAGRAPHS, text, edit))
    if undecided:
        text = Message(
            "Passages used nowhere and without a decision: %(passages)s",
            {"passages": _some(undecided)},
        )
        found.append(Obstacle(ObstacleKind.PASSAGES, text, f"/d/{number}/passages"))
    if wrong:
        cited = _some([problem.citation for problem in wrong])
        text = Message(
            "Citations that name nothing or a withdrawn answer: %(citations)s", {"citations": cited}
        )
        found.append(Obstacle(ObstacleKind.CITATIONS, text, edit))
    for language in sorted(language for language, lacks in missing.items() if lacks):
        text = Message(
            "Translation to be finished (%(language)s), parts: %(count)s",
            {"language": language, "count": len(missing[language])},
        )
        found.append(Obstacle(ObstacleKind.TRANSLATIONS, text, f"/p/{number}/translate/{language}"))
    if not members:
        text = Message("Nobody belongs to the presidency yet")
        found.append(Obstacle(ObstacleKind.NO_MEMBERS, text, "/people"))
    return found


def _some(names: Sequence[str], most: int = 8) -> str:
    shown = ", ".join(names[:most])
    return shown + (" …" if len(names) > most else "")
