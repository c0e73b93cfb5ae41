"""Who has been asked to sign, and what each has said."""

from dataclasses import dataclass
from datetime import datetime

from advocacy.errors import NotFound
from advocacy.people.tokens import hashed
from advocacy.submissions.rules import STANDS_UNDER, SignatureState
from advocacy.submissions.tables import CoSignatory

TOKEN_LENGTH = 43


@dataclass(frozen=True, slots=True)
class Signatory:
    """`text_hash`: what was signed; of one who was only asked, what it was asked for."""

    id: int
    organisation: str
    name: str
    office: str
    email: str
    language: str
    state: SignatureState
    text_hash: str
    remark: str
    asked: datetime | None
    answered: datetime | None

    @property
    def shown(self) -> str:
        """As under the text: "Musterverband (Eva Musterfrau, Obfrau)"."""
        person = ", ".join(part for part in (self.name, self.office) if part)
        return f"{self.organisation} ({person})" if person else self.organisation

    def stands_under(self, text_hash: str) -> bool:
        return self.state in STANDS_UNDER and self.text_hash == text_hash


async def of_position(position_id: int) -> list[Signatory]:
    """In the order in which they were added."""
    rows = await (
        CoSignatory.objects()
        .where(CoSignatory.position == position_id)
        .order_by(CoSignatory.place)
        .order_by(CoSignatory.id)
    )
    return [signatory(row) for row in rows]


def signatory(row: CoSignatory) -> Signatory:
    return Signatory(
        id=row.id,
        organisation=row.organisation,
        name=row.name,
        office=row.office,
        email=row.email,
        language=row.language,
        state=SignatureState(row.state),
        text_hash=row.text_hash,
        remark=row.remark,
        asked=row.asked,
        answered=row.answered,
    )


async def by_id(signatory_id: int) -> CoSignatory:
    found = await CoSignatory.objects().where(CoSignatory.id == signatory_id).first()
    if found is None:
        raise NotFound("There is no such signatory")
    return found


async def by_token(token: str) -> CoSignatory:
    """NotFound for a link that is not ours, or of somebody who was taken off."""
    found = None
    if len(token) == TOKEN_LENGTH:
        found = await CoSignatory.objects().where(CoSignatory.token_hash == hashed(token)).first()
    if found is None:
        raise NotFound("We do not know this link")
    return found
