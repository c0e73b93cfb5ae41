"""Letters about a draft: to look at it, and what became of a proposal or a remark."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any  # a template's values are what its letter shows

from advocacy.calls.queries import link_of
from advocacy.dossiers.tables import Dossier
from advocacy.mail.letters import Written, write
from advocacy.municipalities import links
from advocacy.municipalities.tables import Contact
from advocacy.people.tokens import derived_token, hashed
from advocacy.positions import queries
from advocacy.positions.labels import PROPOSALS
from advocacy.positions.rules import Consent
from advocacy.positions.tables import Position, PositionVersion, Proposal, Remark
from advocacy.positions.word.lines import shown
from advocacy.settings import settings


def prefix(proposal_id: int) -> str:
    return f"proposal/{proposal_id}/"


def consent_token(row: Proposal) -> str:
    """Another one for each answer: a link to earlier words leads nowhere."""
    return derived_token(f"consent {_stamp(row)}", row.id)


def _stamp(row: Proposal) -> int:
    return int(row.answered.timestamp()) if row.answered else 0


def consent_hash(row: Proposal) -> str:
    return hashed(consent_token(row))


def member_check_prefix(position_id: int, opened: datetime) -> str:
    return f"member-check/{position_id}/{int(opened.timestamp())}/"


def member_check(
    position: Position,
    dossier: Dossier,
    version: PositionVersion,
    contact: Contact,
    *,
    invitation: int,
    language: str,
    municipality: str,
    until: datetime,
    zone: str,
    opened: datetime,
) -> Written:
    """A municipality that answered may look at the draft and propose other words."""
    return write(
        "member_check",
        key=f"{member_check_prefix(position.id, opened)}{invitation}",
        recipient=contact.email,
        recipient_name=contact.name,
        language=language,
        dossier=dossier.id,
        contact=contact,
        municipality=municipality,
        number=dossier.number,
        title=version.title,
        until=until,
        zone=zone,
        address=f"{link_of(invitation)}/draft",
        own_page=links.own_page(contact.id),
    )


@dataclass(frozen=True, slots=True)
class Author:
    """Whoever can be written to about `row`. `invitation`: the municipality's, else None."""

    row: Proposal | Remark
    name: str
    email: str
    language: str
    invitation: int | None = None


def answered(author: Author, dossier: Dossier, version: PositionVersion) -> Written:
    """To a proposal (a modified one with the link to agree, or not), or to a remark."""
    row = author.row
    if isinstance(row, Remark):
        key = f"remark/{row.id}/answered"
        return _to(author, "remark_answered", dossier, version, key=key)
    is_asked = row.consent == Consent.ASKED
    return _to(
        author,
        "consent" if is_asked else "proposal_answered",
        dossier,
        version,
        key=f"{prefix(row.id)}{_stamp(row)}",
        state=PROPOSALS[row.state],
        proposed=shown(row.text),
        became=shown(row.taken_text),
        address=f"{settings().base_url}/consent/{consent_token(row)}" if is_asked else "",
    )


def _to(
    author: Author, kind: str, dossier: Dossier, version: PositionVersion, *, key: str, **more: Any
) -> Written:
    place = author.row.paragraph
    numbers = {key: n for n, (key, _) in enumerate(queries.paragraphs_of(version), 1)}
    return write(
        kind,
        key=key,
        recipient=author.email,
        recipient_name=author.name,
        language=author.language,
        dossier=dossier.id,
        author=author.name,
        number=dossier.number,
        title=version.title,
        paragraph=numbers.get(place),
        row=author.row,
        page=_page(author, dossier),
        **more,
    )


def _page(author: Author, dossier: Dossier) -> str:
    """Where all that this author proposed stands."""
    if author.invitation:
        return f"{link_of(author.invitation)}/draft"
    return f"{settings().base_url}/{author.language}/p/{dossier.number}/proposals"
