"""Letters to the presidency: a round opens, is void, is over."""

from advocacy import texts
from advocacy.approvals.labels import LABELS, POLICIES
from advocacy.approvals.queries import Ground
from advocacy.approvals.rules import Policy, RoundResult
from advocacy.approvals.tables import Round
from advocacy.mail.letters import Written
from advocacy.people.mails import write_to
from advocacy.people.tables import Person
from advocacy.people.tokens import derived_token
from advocacy.settings import settings


def ballot_address(ballot_id: int) -> str:
    return f"{settings().base_url}/r/{derived_token('ballot', ballot_id)}"


def letter_prefix(round_id: int) -> str:
    return f"round/{round_id}/"


def opened(
    held: Round,
    ground: Ground,
    person: Person,
    *,
    title: str,
    ballot_id: int,
    body: str,
    changes: int | None,
    members: int,
) -> Written:
    """`changes` since this person last read the text; None: never read."""
    return write_to(
        person,
        "round",
        key=f"{letter_prefix(held.id)}{person.id}",
        dossier=ground.dossier.id,
        held=held,
        ground=ground,
        title=title,
        body=body,
        changes=changes,
        members=members,
        policy=POLICIES[Policy(held.policy)],
        address=ballot_address(ballot_id),
    )


def void(held: Round, ground: Ground, person: Person, *, title: str) -> Written:
    """The round's text is not the text any more."""
    return write_to(
        person,
        "round_void",
        key=f"round-void/{held.id}/{person.id}",
        dossier=ground.dossier.id,
        held=held,
        ground=ground,
        title=title,
    )


def over(
    held: Round,
    ground: Ground,
    person: Person,
    *,
    title: str,
    result: RoundResult,
    ballot_id: int | None,
) -> Written:
    """`ballot_id` None: to the secretariat, which is led to the position."""
    with texts.speaking(person.language):
        page = f"{settings().base_url}/{texts.language()}/p/{ground.dossier.number}/rounds"
    return write_to(
        person,
        "round_over",
        key=f"round-over/{held.id}/{person.id}",
        dossier=ground.dossier.id,
        held=held,
        ground=ground,
        title=title,
        result=result,
        state=LABELS[result.state],
        address=ballot_address(ballot_id) if ballot_id else page,
    )
