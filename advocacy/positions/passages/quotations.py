"""What pages need to know of contributions and the passages they were split into."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple  # a row is what its table says; a joined column is not typed

from advocacy.calls.rules import ContributionState
from advocacy.calls.tables import Contribution, ContributionVersion, OfficialParagraph
from advocacy.positions import rules
from advocacy.positions.tables import Passage
from advocacy.provenance import CitedPassage, Stance

# Built once: Piccolo copies every column of a table on the way through it
_asked: Any = Contribution.invitation
_call = _asked.call
_dossier = _call.window.dossier
_municipality = _asked.municipality
_answer: Any = Passage.contribution
_passed_to = _answer.invitation.call.window.dossier
_STANCES = {each.value: each for each in Stance}


class PassageRow(NamedTuple):
    """A tuple: six thousand of them are made for one page."""

    id: int
    contribution: int
    number: int
    version: int
    text: str
    language: str
    tag: str
    stance: str
    place: str
    disposition: str
    reason: str
    name_public: bool
    late: bool
    municipality_id: int
    municipality: str
    code: str
    country: str
    withdrawn: bool
    answered_anew: bool
    """A later version of the answer has been split, and this passage is no longer in it."""
    mark: str

    @property
    def stands(self) -> bool:
        return not self.withdrawn and not self.answered_anew


class Comment(NamedTuple):
    """What was said of one paragraph of the official text; `place` is how the text counts it."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Original:
    """A contribution of the dossier, in its current version, with its passages."""

    id: int
    version: int
    stance: str
    text: str
    language: str
    channel: str
    municipality: str
    code: str
    country: str
    late: bool
    withdrawn: bool
    passages: Sequence[PassageRow]
    comments: Sequence[Comment] = ()

    @property
    def is_split(self) -> bool:
        """In the version that stands now, not only in an earlier one."""
        return any(each.version == self.version for each in self.passages)

    @property
    def waits(self) -> bool:
        """It has words that nobody has split yet."""
        return bool(self.text or self.comments) and not self.is_split and not self.withdrawn

    def rewords(self, passage: PassageRow) -> bool:
        """Somebody has changed the municipality's words: the page says so."""
        is_current = passage.version == self.version
        said = (self.text, *(each.text for each in self.comments))
        return is_current and not any(rules.is_verbatim(passage.text, text) for text in said)


async def passages(dossier_id: int, *, only: int | None = None) -> list[PassageRow]:
    """Every passage of the dossier, by contribution and number; withdrawn ones say so.

    `only`: of this contribution.
    """
    said_by = await _said_by(dossier_id, only)
    if not said_by:
        return []
    rows = (
        await Passage.select(
            Passage.id,
            Passage.contribution,
            Passage.number,
            Passage.contribution_version.as_alias("version"),
            Passage.text,
            Passage.language,
            Passage.tag,
            Passage.stance,
            Passage.place,
            Passage.disposition,
            Passage.disposition_reason.as_alias("reason"),
        )
        .where(Passage.contribution.is_in(list(said_by)))
        .order_by(Passage.contribution, Passage.number)
    )
    latest: dict[int, int] = {}
    for row in rows:
        latest[row["contribution"]] = max(latest.get(row["contribution"], 0), row["version"])
    return [
        PassageRow._make(
            (
                *row.values(),
                *said_by[row["contribution"]],
                row["version"] < latest[row["contribution"]],
                rules.mark(row["contribution"], row["number"]),
            )
        )
        for row in rows
    ]


async def _said_by(dossier_id: int, only: int | None) -> dict[int, tuple[Any, ...]]:
    """By contribution what all its passages share, in the order of PassageRow: asked once, not
    for each of them.
    """
    rows = await Contribution.select(
        Contribution.id,
        Contribution.name_public,
        Contribution.late,
        _municipality.id.as_alias("municipality_id"),
        _municipality.name.as_alias("municipality"),
        _municipality.code.as_alias("code"),
        _municipality.country.as_alias("country"),
        Contribution.state,
    ).where(
        _dossier == dossier_id,
        *([] if only is None else [Contribution.id == only]),
    )
    return {
        row.pop("id"): (*row.values(), state == ContributionState.WITHDRAWN)
        for row in rows
        if (state := row.pop("state"))
    }


async def known_words(dossier_id: int) -> tuple[list[str], list[str]]:
    """Tags and places that passages of the dossier have, to be offered again."""
    rows = await (
        Passage.select(Passage.tag, Passage.place)
        .where(_passed_to == dossier_id)
        .group_by(Passage.tag, Passage.place)
    )
    tags, places = ({row[name] for row in rows} - {""} for name in ("tag", "place"))
    return sorted(tags), sorted(places)


async def originals(dossier_id: int, *, only: int | None = None) -> list[Original]:
    """Every contribution of the dossier as the municipality last typed it, or `only` this one."""
    answers = await _answers(dossier_id, only)
    if not answers:
        return []
    versions = await ContributionVersion.select(
        ContributionVersion.contribution,
        ContributionVersion.number.as_alias("version"),
        ContributionVersion.stance,
        ContributionVersion.text,
        ContributionVersion.answers,
        ContributionVersion.language,
        ContributionVersion.channel,
        ContributionVersion.comments,
    ).where(ContributionVersion.contribution.is_in([answer["id"] for answer in answers]))
    current = {(row.pop("contribution"), row["version"]): row for row in versions}
    of: dict[int, list[PassageRow]] = {}
    for passage in await passages(dossier_id, only=only):
        of.setdefault(passage.contribution, []).append(passage)
    places = await _places({answer["call"] for answer in answers})
    return [
        _original(
            answer | current[answer["id"], answer["version"]], of.get(answer["id"], []), places
        )
        for answer in answers
        if (answer["id"], answer["version"]) in current
    ]


async def _answers(dossier_id: int, only: int | None) -> list[dict[str, Any]]:
    """Asked apart from their versions: PostgreSQL cuts the long names of so many joins."""
    return await (
        Contribution.select(
            Contribution.id,
            Contribution.version,
            Contribution.late,
            Contribution.state,
            _call.id.as_alias("call"),
            _municipality.name.as_alias("municipality"),
            _municipality.code.as_alias("code"),
            _municipality.country.as_alias("country"),
        )
        .where(
            _dossier == dossier_id,
            *([] if only is None else [Contribution.id == only]),
        )
        .order_by(Contribution.id)
    )


async def _places(calls: Collection[int]) -> dict[tuple[int, int], str]:
    """By call and number of the paragraph: how the official text itself counts it."""
    official: Any = OfficialParagraph.official
    rows = await OfficialParagraph.select(
        OfficialParagraph.number, OfficialParagraph.label, official.call.as_alias("call")
    ).where(official.call.is_in(sorted(calls)))
    return {(row["call"], row["number"]): row["label"] or f"§ {row['number']}" for row in rows}


def _original(
    row: dict[str, Any], passages: Sequence[PassageRow], places: Mapping[tuple[int, int], str]
) -> Original:
    text = whole_text(row.pop("text"), row.pop("answers"))
    withdrawn = row.pop("state") == ContributionState.WITHDRAWN
    call = row.pop("call")
    typed = {int(number): said for number, said in json.loads(row.pop("comments")).items()}
    comments = [
        Comment(places.get((call, number), f"§ {number}"), said)
        for number, said in sorted(typed.items())
    ]
    return Original(**row, text=text, withdrawn=withdrawn, passages=passages, comments=comments)


def whole_text(text: str, answers: str) -> str:
    """The free text and every other answer of more than one word, each once."""
    typed = json.loads(answers or "{}")
    further = [value for value in typed.values() if isinstance(value, str) and " " in value.strip()]
    texts = [part.strip() for part in dict.fromkeys([text, *further])]
    return "\n\n".join(part for part in texts if part)


def cited(rows: Iterable[PassageRow]) -> dict[str, CitedPassage]:
    """By citation, only what still stands."""
    return {
        row.mark: CitedPassage(
            row.municipality_id, row.municipality, row.country, _STANCES[row.stance]
        )
        for row in rows
        if row.stands
    }
