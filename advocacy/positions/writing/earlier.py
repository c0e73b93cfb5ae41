"""What the network has adopted before on the same topics: words that need not be found anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any  # columns behind foreign keys

from piccolo.columns.combination import WhereRaw

from advocacy.dossiers.tables import Dossier
from advocacy.positions import queries
from advocacy.positions.rules import PUBLIC
from advocacy.positions.tables import PositionVersion
from advocacy.provenance import without_citations
from feeds.reading.folding import search_words

_position: Any = PositionVersion.position
_dossier = _position.dossier
OFFERED = 5
LOOKED_AT = 200  # of the newest: an office does not go back further than some years


@dataclass(frozen=True, slots=True)
class EarlierParagraph:
    """`number` is its § in that position; `text` has no citations: they are of that dossier."""

    number: int
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class EarlierWording:
    """An adopted position, as it may be cited: dossier number, title, day of adoption."""

    position: int
    number: str
    title: str
    language: str
    adopted: datetime
    topics: Sequence[str]
    """Those that both dossiers have."""
    paragraphs: Sequence[EarlierParagraph]

    def in_language(
        self, language: str, title: str, translated: Mapping[str, str]
    ) -> "EarlierWording":
        """The same in a checked translation, with texts by key."""
        paragraphs = [
            replace(each, text=without_citations(translated[each.key]).strip())
            for each in self.paragraphs
            if each.key in translated
        ]
        return replace(self, language=language, title=title, paragraphs=paragraphs)


async def earlier_wording(dossier_id: int, language: str) -> list[EarlierWording]:
    """Adopted positions of other dossiers with a topic or a word of the title in common.

    First those in `language`, then those that share most, then the newest. Two queries.
    """
    dossier = await Dossier.objects().where(Dossier.id == dossier_id).first()
    if dossier is None:
        return []
    mine = _topics(dossier.topics)
    words = _long_words(dossier.title, dossier.language)
    found = [(row, _shared(row, mine, words)) for row in await _adopted(dossier_id)]
    alike = [(row, shared) for row, shared in found if shared]
    alike.sort(key=lambda each: (each[0]["language"] != language, -each[1]))
    return [_wording(row, mine) for row, _ in alike[:OFFERED]]


async def _adopted(dossier_id: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = await (
        PositionVersion.select(
            _position.id.as_alias("position"),
            _position.language.as_alias("language"),
            _position.adopted.as_alias("adopted"),
            _dossier.number.as_alias("number"),
            _dossier.topics.as_alias("topics"),
            PositionVersion.title,
            PositionVersion.paragraphs,
        )
        .where(
            _position.state.is_in(sorted(PUBLIC)),
            _position.adopted.is_not_null(),
            _dossier != dossier_id,
            WhereRaw(
                "position_version.number = (SELECT p.version FROM position p"
                " WHERE p.id = position_version.position)"
            ),
        )
        .order_by(_position.adopted, ascending=False)
        .limit(LOOKED_AT)
    )
    return rows


def _topics(text: str) -> set[str]:
    return {topic for topic in text.split(",") if topic}


def _long_words(title: str, language: str) -> set[str]:
    """Short ones are in every title."""
    return {word for word in search_words(title, language=language) if len(word) > 4}  # noqa: PLR2004  "over", "alpi"


def _shared(row: Mapping[str, Any], topics: set[str], words: set[str]) -> int:
    """A topic that an office has chosen weighs more than a word that happens to be there."""
    both = topics & _topics(row["topics"])
    return 3 * len(both) + len(words & _long_words(row["title"], row["language"]))


def _wording(row: Mapping[str, Any], topics: set[str]) -> EarlierWording:
    paragraphs = enumerate(queries.paragraphs_in(row["paragraphs"]), 1)
    return EarlierWording(
        *(row["position"], row["number"], row["title"], row["language"], row["adopted"]),
        sorted(topics & _topics(row["topics"])),
        [
            EarlierParagraph(n, key, without_citations(text).strip())
            for n, (key, text) in paragraphs
        ],
    )
