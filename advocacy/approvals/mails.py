"""Letters to those who decide: a round opens, is nearly over, is void, is over."""

from datetime import datetime

from advocacy import texts
from advocacy.approvals.labels import LABELS, POLICIES
from advocacy.approvals.queries import Ground
from advocacy.approvals.rules import Policy
from advocacy.approvals.tables import Round
from advocacy.approvals.voting.counting import RoundResult
from advocacy.mail.letters import Written, write
from advocacy.municipalities import links
from advocacy.municipalities.tables import Contact
from advocacy.people.mails import write_to
from advocacy.people.tables import Person
from advocacy.people.tokens import derived_token
from advocacy.settings import settings


def ballot_address(ballot_id: int, *, deputy: int | None = None) -> str:
    """`deputy`: the person who stands in, whose link is another than the member's."""
    token = deputy_token(ballot_id, deputy) if deputy else derived_token("ballot", ballot_id)
    return f"{settings().base_url}/r/{token}"


def deputy_token(ballot_id: int, deputy: int) -> str:
    """The next deputy gets another one."""
    return derived_token(f"deputy {deputy}", ballot_id)


def notice_address(notice_id: int) -> str:
    return f"{settings().base_url}/o/{derived_token('notice', notice_id)}"


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
    stands_in_for: str = "",
) -> Written:
    """`changes` since this person last read the text; None: never read. `stands_in_for`: the
    member whose deputy this person is.
    """
    return write_to(
        person,
        "round",
        key=f"{letter_prefix(held.id)}{f'for/{ballot_id}/' if stands_in_for else ''}{person.id}",
        stands_in_for=stands_in_for,
        dossier=ground.dossier.id,
        held=held,
        ground=ground,
        title=title,
        body=body,
        changes=changes,
        members=members,
        policy=POLICIES[Policy(held.policy)],
        address=ballot_address(ballot_id, deputy=person.id if stands_in_for else None),
    )


def reminder(
    held: Round, ground: Ground, person: Person, *, title: str, address: str, stands_in_for: str
) -> Written:
    """To who has not decided, or in a round by silence not read."""
    return write_to(
        person,
        "round_reminder",
        key=f"round-reminder/{held.id}/{person.id}",
        dossier=ground.dossier.id,
        held=held,
        ground=ground,
        title=title,
        address=address,
        stands_in_for=stands_in_for,
        policy=POLICIES[Policy(held.policy)],
    )


def to_municipality(
    kind: str,
    held: Round,
    ground: Ground,
    contact: Contact,
    *,
    title: str,
    notice_id: int,
    municipality: str,
    result: RoundResult | None = None,
) -> Written:
    """`kind`: notice, notice_reminder, notice_void, notice_over."""
    return write(
        kind,
        key=f"{letter_prefix(held.id)}{kind}/{notice_id}",
        recipient=contact.email,
        recipient_name=contact.name,
        language=contact.language,
        dossier=ground.dossier.id,
        held=held,
        ground=ground,
        title=title,
        municipality=municipality,
        contact=contact,
        address=notice_address(notice_id),
        own_page=links.own_page(contact.id),
        result=result,
        state=LABELS[result.state] if result else None,
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
    link: str,
    now: datetime,
) -> Written:
    """`link` empty: to the secretariat, which is led to the position."""
    return write_to(
        person,
        "round_over",
        key=f"round-over/{held.id}/{person.id}/{now:%Y%m%dT%H%M%S%f}",
        dossier=ground.dossier.id,
        held=held,
        ground=ground,
        title=title,
        result=result,
        state=LABELS[result.state],
        address=link or _rounds(ground, person),
    )


def reopened(
    held: Round, ground: Ground, person: Person, *, title: str, link: str, now: datetime
) -> Written:
    """It was adopted, and is open again. `link` as in `over`."""
    return write_to(
        person,
        "round_reopened",
        key=f"round-reopened/{held.id}/{person.id}/{now:%Y%m%dT%H%M%S%f}",
        dossier=ground.dossier.id,
        held=held,
        ground=ground,
        title=title,
        address=link or _rounds(ground, person),
    )


def _rounds(ground: Ground, person: Person) -> str:
    with texts.speaking(person.language):
        return f"{settings().base_url}/{texts.language()}/p/{ground.dossier.number}/rounds"
