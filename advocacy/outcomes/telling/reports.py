"""What each municipality is told: its own words beside what became of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any  # a row is what its table says

from advocacy.approvals.queries import Ground
from advocacy.calls.queries import link_of
from advocacy.calls.rules import ContributionState
from advocacy.calls.tables import Contribution
from advocacy.municipalities.rules import Rhythm
from advocacy.municipalities.tables import Contact
from advocacy.outcomes.telling.woven import Place, Sentence, Speaker, beside, places
from advocacy.positions.passages import quotations
from advocacy.positions.passages.quotations import Original, PassageRow
from advocacy.positions.rules import Disposition
from advocacy.positions.writing import evidence
from advocacy.provenance import Fate, FateKind, Paragraphs, Stance, fate_of
from advocacy.translations import queries as translations


@dataclass(frozen=True, slots=True)
class Told:
    """A passage and its fate; `fate.paragraphs` are the numbers (§) that cite it, `sentences` what
    it became there. `reworded`: these are not the municipality's own words.
    """

    text: str
    language: str
    fate: Fate
    sentences: Sequence[Sentence] = ()
    reworded: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """For one invitation. `email` empty: nobody is known to write to. `told` empty: the answer
    was not split into passages; then `answer` is what it said as a whole. `rhythm`: how often the
    person wants such letters.
    """

    invitation: int
    municipality: str
    country: str
    contact: str
    contact_id: int
    email: str
    rhythm: Rhythm
    language: str
    link: str
    answer: str
    answer_language: str
    told: Sequence[Told]


async def reports_of(ground: Ground, *, only: Collection[int] | None = None) -> list[Report]:
    """One for each contribution that stands, as the handed-in version answers it.

    `only`: the invitations that are meant; None: all.
    """
    rows = await _invitations(ground.dossier.id)
    rows = [row for row in rows if only is None or row["invitation"] in only]
    fallback = await _contacts([row["municipality"] for row in rows if not row["email"]])
    originals = {each.id: each for each in await quotations.originals(ground.dossier.id)}
    text = await _text(ground, originals.values(), {row["language"] for row in rows})
    return [
        _report(row, originals[row["id"]], fallback, text) for row in rows if row["id"] in originals
    ]


@dataclass(frozen=True, slots=True)
class _Text:
    """The position as letters quote it: by language, where each citation stands."""

    paragraphs: Paragraphs
    places: Mapping[str, Mapping[str, Sequence[Place]]]
    speakers: Mapping[str, Speaker]
    sources: Mapping[str, Mapping[str, str]]


async def _text(ground: Ground, originals: Iterable[Original], languages: Collection[str]) -> _Text:
    lead = ground.position.language
    is_current = ground.position.version == ground.version.number
    wholes = await translations.wholes(ground.position.id) if is_current else {}
    in_language: dict[str, Mapping[str, str] | None] = {
        language: dict(wholes[language].paragraphs) if language in wholes else None
        for language in {lead, *languages}
    }
    speakers = {
        passage.mark: Speaker(
            passage.municipality_id,
            passage.municipality,
            passage.name_public,
            Stance(passage.stance),
        )
        for original in originals
        for passage in original.passages
        if passage.stands
    }
    by_language = {
        language: places(ground.paragraphs, lead, translated, language)
        for language, translated in in_language.items()
    }
    sources = {language: await _sources(ground, language) for language in in_language}
    return _Text(ground.paragraphs, by_language, speakers, sources)


async def _sources(ground: Ground, language: str) -> dict[str, str]:
    """By citation: the projects and entries that the text rests on, with who leads them."""
    found = await evidence.cited(ground.dossier.id, ground.paragraphs, language)
    return {
        mark: f"{each.title} ({each.who})" if each.who else each.title
        for mark, each in found.items()
    }


async def _invitations(dossier_id: int) -> list[dict[str, Any]]:
    here: Any = Contribution.invitation
    return await (
        Contribution.select(
            Contribution.id,
            here.id.as_alias("invitation"),
            here.language.as_alias("language"),
            here.municipality.id.as_alias("municipality"),
            here.contact.id.as_alias("contact_id"),
            here.contact.name.as_alias("contact"),
            here.contact.email.as_alias("email"),
            here.contact.results.as_alias("rhythm"),
        )
        .where(
            here.call.window.dossier == dossier_id, Contribution.state == ContributionState.GIVEN
        )
        .order_by(Contribution.id)
    )


async def _contacts(municipalities: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The first contact, where the invitation's own has gone."""
    if not municipalities:
        return {}
    rows = await (
        Contact.select(
            Contact.municipality,
            Contact.id.as_alias("contact_id"),
            Contact.name.as_alias("contact"),
            Contact.email,
            Contact.results.as_alias("rhythm"),
        )
        .where(Contact.municipality.is_in(list(municipalities)))
        .order_by(Contact.id, ascending=False)
    )
    return {row["municipality"]: row for row in rows}


def _report(
    row: dict[str, Any],
    original: Original,
    fallback: dict[int, dict[str, Any]],
    text: _Text,
) -> Report:
    who = row if row["email"] else fallback.get(row["municipality"], {})
    return Report(
        invitation=row["invitation"],
        municipality=original.municipality,
        country=original.country,
        contact=who.get("contact", ""),
        contact_id=who.get("contact_id", 0),
        email=who.get("email", ""),
        rhythm=Rhythm(who.get("rhythm", Rhythm.NOW)),
        language=row["language"],
        link=link_of(row["invitation"]),
        answer=original.text,
        answer_language=original.language,
        told=[
            _told(passage, text, row["language"], reworded=original.rewords(passage))
            for passage in original.passages
            if passage.stands
        ],
    )


def _told(passage: PassageRow, text: _Text, language: str, *, reworded: bool) -> Told:
    decided = {}
    if passage.disposition != Disposition.OPEN:
        kind = FateKind(passage.disposition)
        decided = {passage.mark: Fate(kind, reason=passage.reason)}
    stance = Stance(passage.stance)
    fate = fate_of(passage.mark, text.paragraphs, decided, stance=stance)
    sentences = [
        beside(
            place,
            text.speakers,
            but=passage.municipality_id,
            stance=stance,
            sources=text.sources[language],
        )
        for place in text.places[language].get(passage.mark, ())
    ]
    return Told(passage.text, passage.language, fate, sentences, reworded)
