"""What we write back: how a mail was understood, whether it is theirs, that it was kept."""

from dataclasses import dataclass
from typing import Any  # values of a letter's template

from advocacy.calls import labels, queries, rules
from advocacy.calls.answering import reply_to
from advocacy.calls.mails import Addressee
from advocacy.calls.queries import Personal
from advocacy.calls.rules import Stance
from advocacy.errors import Message
from advocacy.letterbox.notes import note_in
from advocacy.letterbox.rules import Why
from advocacy.letterbox.tables import Received
from advocacy.mail.letters import Written, write
from advocacy.people.tables import Person


@dataclass(frozen=True, slots=True)
class Reader:
    """`end` is that of the letter's key: two people may get one."""

    name: str
    email: str
    language: str
    end: str = "contact"


@dataclass(frozen=True, slots=True)
class Understood:
    """`text` is what was taken as the answer, `enclosed` the names of its files."""

    contribution: int
    version: int
    stance: Stance
    text: str
    language: str
    late: bool
    enclosed: tuple[str, ...] = ()
    left_out: tuple[Message, ...] = ()
    larger: bool = False


def key(received: int, kind: str) -> str:
    return f"mail/{received}/{kind}"


def key_of_understood(contribution: int, version: int) -> str:
    """What the letters about one version begin with: the same words again are not told again."""
    return f"understood/{contribution}/{version}/"


def confirm_link(received: int, invitation: int) -> str:
    return f"{queries.link_of(invitation)}/reply/{received}"


def understood(
    received: Received,
    personal: Personal,
    who: Reader,
    coordinator: Person | None,
    said: Understood,
) -> Written:
    """`who`: whom it goes to; the link leads to the receipt, which can be had as a paper there."""
    link = queries.link_of(personal.invitation.id)
    return write(
        "understood",
        key=key_of_understood(said.contribution, said.version) + who.end,
        recipient=who.email,
        recipient_name=who.name,
        said=said,
        stance=labels.STANCES[said.stance],
        stated=said.stance is not Stance.NOT_STATED,
        answers=[(labels.STANCES[each], f"{link}?a={each.value}") for each in rules.OFFERED],
        link=f"{link}?change=1" if said.stance is not Stance.NOT_STATED else link,
        who=who,
        **_common(received, personal, coordinator, who.language),
    )


def to_confirm(
    received: Received, personal: Personal, who: Addressee, coordinator: Person | None
) -> Written:
    """To the municipality: somebody whom we do not know answered for it."""
    return write(
        "to_confirm",
        key=key(received.id, "to-confirm"),
        recipient=who.contact.email,
        recipient_name=who.contact.name,
        received=received,
        sender=name_of(received),
        stance=labels.STANCES[Stance(received.stance)],
        stated=received.stance != Stance.NOT_STATED,
        unproven=note_in(received.note).why is Why.UNPROVEN,
        link=confirm_link(received.id, personal.invitation.id),
        who=who,
        **_common(None, personal, coordinator, who.language),
    )


def kept(
    received: Received, personal: Personal, coordinator: Person | None, why: Why, *, known: bool
) -> Written:
    """To the sender, whoever that is: nothing is lost, and what happens next. Their own words are
    not repeated: an address that was put in by somebody else must not be written to with them.
    `known`: they were written to before, and so have the link.
    """
    return write(
        "kept",
        key=key(received.id, "kept"),
        recipient=received.sender,
        recipient_name=received.sender_name,
        why=why,
        link=queries.link_of(personal.invitation.id) if known else "",
        **_common(received, personal, coordinator, personal.invitation.language),
    )


def name_of(received: Received) -> str:
    return received.sender_name or received.sender


def _common(
    received: Received | None, personal: Personal, coordinator: Person | None, language: str
) -> dict[str, Any]:
    """`received`: the mail that this letter answers, so that both stand in one thread."""
    spoken, words = personal.whole.words_in(language)
    address = reply_to.address(personal.invitation.id) or (coordinator.email if coordinator else "")
    headers = {"Reply-To": address} if address else {}
    if received is not None and received.message_id:
        headers["In-Reply-To"] = received.message_id
    return {
        "language": language,
        "headers": headers,
        "dossier": personal.whole.dossier.id,
        "call": personal.whole.call,
        "municipality": personal.municipality.name,
        "words": words,
        "words_language": spoken,
        "coordinator": coordinator,
    }
