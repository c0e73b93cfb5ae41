"""The letter that asks an organisation to sign beside the network."""

from advocacy.approvals.queries import Ground
from advocacy.approvals.tables import Round
from advocacy.mail.letters import Written, write
from advocacy.people.tokens import derived_token
from advocacy.settings import settings
from advocacy.submissions.tables import CoSignatory

PURPOSE = "co-signatory"


def token_of(signatory_id: int) -> str:
    return derived_token(PURPOSE, signatory_id)


def prefix_of(signatory_id: int) -> str:
    return f"co-sign/{signatory_id}/"


def asking(held: Round, ground: Ground, row: CoSignatory, *, title: str, body: str) -> Written:
    """One letter for one text: its hash is in the key."""
    return write(
        "co_sign",
        key=f"{prefix_of(row.id)}{held.text_hash[:16]}",
        recipient=row.email,
        recipient_name=row.name or row.organisation,
        language=row.language,
        dossier=ground.dossier.id,
        ground=ground,
        signatory=row,
        title=title,
        body=body,
        address=f"{settings().base_url}/s/{token_of(row.id)}",
    )
