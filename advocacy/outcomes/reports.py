"""What each municipality is told: its own words beside what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any  # a row is what its table says

from advocacy.approvals.queries import Ground
from advocacy.calls.queries import link_of
from advocacy.calls.rules import ContributionState
from advocacy.calls.tables import Contribution
from advocacy.municipalities.tables import Contact
from advocacy.positions import quotations
from advocacy.positions.quotations import Original, PassageRow
from advocacy.positions.rules import Disposition
from advocacy.provenance import Fate, FateKind, Paragraphs, Stance, fate_of


@dataclass(frozen=True, slots=True)
class Told:
    """A passage and its fate; `fate.paragraphs` are the numbers (§) that cite it."""

    text: str
    language: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class Report:
    """For one invitation. `email` empty: nobody is known to write to. `told` empty: the answer
    was not split into passages; then `answer` is what it said as a whole.
    """

    invitation: int
    municipality: str
    country: str
    contact: str
    email: str
    language: str
    link: str
    answer: str
    answer_language: str
    told: Sequence[Told]


async def reports_of(ground: Ground) -> list[Report]:
    """One for each contribution that stands, as the handed-in version answers it."""
    rows = await _invitations(ground.dossier.id)
    fallback = await _contacts([row["municipality"] for row in rows if not row["email"]])
    originals = {each.id: each for each in await quotations.originals(ground.dossier.id)}
    return [
        _report(row, originals[row["id"]], fallback, ground.paragraphs)
        for row in rows
        if row["id"] in originals
    ]


async def _invitations(dossier_id: int) -> list[dict[str, Any]]:
    here: Any = Contribution.invitation
    return await (
        Contribution.select(
            Contribution.id,
            here.id.as_alias("invitation"),
            here.language.as_alias("language"),
            here.municipality.id.as_alias("municipality"),
            here.contact.name.as_alias("contact"),
            here.contact.email.as_alias("email"),
        )
        .where(
            here.call.window.dossier == dossier_id, Contribution.state == ContributionState.GIVEN
        )
        .order_by(Contribution.id)
    )


async def _contacts(municipalities: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Name and address of the first contact, where the invitation's own has gone."""
    if not municipalities:
        return {}
    rows = await (
        Contact.select(Contact.municipality, Contact.name, Contact.email)
        .where(Contact.municipality.is_in(list(municipalities)))
        .order_by(Contact.id, ascending=False)
    )
    return {row["municipality"]: (row["name"], row["email"]) for row in rows}


def _report(
    row: dict[str, Any],
    original: Original,
    fallback: dict[int, tuple[str, str]],
    paragraphs: Paragraphs,
) -> Report:
    own = (row["contact"], row["email"])
    contact, email = own if row["email"] else fallback.get(row["municipality"], ("", ""))
    return Report(
        invitation=row["invitation"],
        municipality=original.municipality,
        country=original.country,
        contact=contact,
        email=email,
        language=row["language"],
        link=link_of(row["invitation"]),
        answer=original.text,
        answer_language=original.language,
        told=[_told(passage, paragraphs) for passage in original.passages if passage.stands],
    )


def _told(passage: PassageRow, paragraphs: Paragraphs) -> Told:
    decided = {}
    if passage.disposition != Disposition.OPEN:
        kind = FateKind(passage.disposition)
        decided = {passage.mark: Fate(kind, reason=passage.reason)}
    fate = fate_of(passage.mark, paragraphs, decided, stance=Stance(passage.stance))
    return Told(passage.text, passage.language, fate)
