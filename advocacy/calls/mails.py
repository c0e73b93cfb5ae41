"""What we write to municipalities: the call, the reminder, the receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any  # values of a letter's template

from advocacy.calls import labels, queries, rules
from advocacy.calls.answering import reply_to
from advocacy.calls.answering.enclosures import EnclosureRow
from advocacy.calls.asking.whole_calls import WholeCall
from advocacy.calls.rules import Basis, Stance
from advocacy.calls.tables import ContributionVersion, Delegation
from advocacy.mail.letters import Attachment, Written, unsubscribing, write
from advocacy.municipalities import links
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.tables import Person
from advocacy.settings import settings


@dataclass(frozen=True, slots=True)
class Addressee:
    """One invitation and the person whom its letters go to."""

    invitation: int
    code: str
    municipality: str
    contact: Contact
    language: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A call, and the invitation to it that is still without an answer."""

    whole: WholeCall
    who: Addressee


def _key_of_call(whole: WholeCall, invitation: int) -> str:
    return f"call/{whole.call.id}/{invitation}"


def invitation_of(key: str) -> int:
    """Of the key of a call's letter, also of one that was sent again."""
    return int(key.split("/")[2])


def _answering(who: Addressee) -> dict[str, Any]:
    """What every letter with the question carries: a link for each answer, the short code."""
    link = queries.link_of(who.invitation)
    code = queries.code_of(who.invitation)
    return {
        "link": link,
        "answers": [(labels.STANCES[each], f"{link}?a={each.value}") for each in rules.OFFERED],
        "code": f"{code[:4]}-{code[4:]}",
        "code_page": f"{settings().base_url}/a",
        "settings_link": links.mail_settings(who.contact.id),
        "own_page": links.own_page(who.contact.id),
        "replies": reply_to.address(who.invitation),
    }


def _headers(who: Addressee, coordinator: Person | None, *, of: str) -> dict[str, str]:
    headers = unsubscribing(links.mail_settings(who.contact.id, of=of), settings().sender)
    return headers | _reply_to(who, coordinator)


def _reply_to(who: Addressee, coordinator: Person | None) -> dict[str, str]:
    """The mailbox that reads replies; where there is none, the person who helps."""
    address = reply_to.address(who.invitation) or (coordinator.email if coordinator else "")
    return {"Reply-To": address} if address else {}


def _with_question(
    kind: str, key: str, whole: WholeCall, who: Addressee, coordinator: Person | None, *, of: str
) -> Written:
    spoken, words = whole.words_in(who.language)
    return write(
        kind,
        key=key,
        recipient=who.contact.email,
        recipient_name=who.contact.name,
        language=who.language,
        headers=_headers(who, coordinator, of=of),
        dossier=whole.dossier.id,
        call=whole.call,
        dossier_title=whole.dossier.title,
        words=words,
        words_language=spoken,
        question=words.questions.get(1, words.title),
        who=who,
        coordinator=coordinator,
        **_answering(who),
    )


def call(whole: WholeCall, who: Addressee, coordinator: Person | None) -> Written:
    key = _key_of_call(whole, who.invitation)
    return _with_question("call", key, whole, who, coordinator, of="calls")


def reminder(asked: Sequence[Asked], coordinator: Person | None, *, number: int) -> Written:
    """One letter for all that somebody has not answered, the earliest deadline first.

    `number` counts the reminders of the first invitation, from 1: it makes the key.
    """
    first = asked[0]
    who = first.who
    return write(
        "reminder",
        key=f"reminder/{who.contact.id}/{who.invitation}/{number}",
        recipient=who.contact.email,
        recipient_name=who.contact.name,
        language=who.language,
        headers=_headers(who, coordinator, of="reminders"),
        dossier=first.whole.dossier.id,
        call=first.whole.call,
        who=who,
        coordinator=coordinator,
        asks=[_question(each) for each in asked],
        replies=reply_to.address(who.invitation),
        settings_link=links.mail_settings(who.contact.id),
        own_page=links.own_page(who.contact.id),
    )


def _question(asked: Asked) -> dict[str, Any]:
    """One of several: its own links, its own deadline, its own address for replies."""
    spoken, words = asked.whole.words_in(asked.who.language)
    return {
        "call": asked.whole.call,
        "municipality": asked.who.municipality,
        "title": words.title,
        "question": words.questions.get(1, words.title),
        "words_language": spoken,
        **_answering(asked.who),
    }


def receipt(
    whole: WholeCall,
    who: Addressee,
    coordinator: Person | None,
    version: ContributionVersion,
    *,
    enclosed: Sequence[EnclosureRow] = (),
    attachments: tuple[Attachment, ...] = (),
    typed_by: str = "",
) -> Written:
    """Returns what was said, in its own words. `typed_by`: the colleague who took it down."""
    return write(
        "receipt",
        key=f"receipt/{version.contribution}/{version.number}",
        attachments=attachments,
        official=whole.official,
        enclosed=enclosed,
        typed_by=typed_by,
        **_about_answer(whole, who, coordinator, version),
    )


def withdrawn(
    whole: WholeCall, who: Addressee, coordinator: Person | None, version: ContributionVersion
) -> Written:
    return write(
        "withdrawn",
        key=f"receipt/{version.contribution}/{version.number}/withdrawn",
        **_about_answer(whole, who, coordinator, version),
    )


def key_of_delegation(number: int) -> str:
    """Ends like no other: letters are stopped by the beginning of their key."""
    return f"delegation/{number}/"


def delegation(
    whole: WholeCall,
    municipality: Municipality,
    asked: Delegation,
    who: Addressee | None,
    coordinator: Person | None,
    *,
    asked_by: str,
) -> Written:
    """To a colleague, with the same link; `who` is written to otherwise, if there is somebody."""
    spoken, words = whole.words_in(asked.language)
    address = reply_to.address(asked.invitation) or (who.contact.email if who else "")
    return write(
        "delegation",
        key=key_of_delegation(asked.id),
        recipient=asked.email,
        recipient_name="",
        language=asked.language,
        headers={"Reply-To": address} if address else {},
        dossier=whole.dossier.id,
        call=whole.call,
        words=words,
        words_language=spoken,
        question=words.questions.get(1, words.title),
        municipality=municipality,
        asked_by=asked_by,
        note=asked.note,
        link=f"{queries.link_of(asked.invitation)}?colleague=1",
        coordinator=coordinator,
    )


def language_wished(personal: queries.Personal, language: str, coordinator: Person) -> Written:
    return write(
        "language_wished",
        key=f"language-wished/{personal.invitation.id}/{language}",
        recipient=coordinator.email,
        recipient_name=coordinator.name,
        language=coordinator.language,
        dossier=personal.whole.dossier.id,
        coordinator=coordinator,
        personal=personal,
        words=personal.whole.words_in(coordinator.language)[1],
        wanted=language,
        address=f"{settings().base_url}/{coordinator.language}/c/{personal.whole.call.number}"
        f"/text/{language}",
    )


def _about_answer(
    whole: WholeCall, who: Addressee, coordinator: Person | None, version: ContributionVersion
) -> dict[str, Any]:
    spoken, words = whole.words_in(who.language)
    return {
        "recipient": who.contact.email,
        "recipient_name": who.contact.name,
        "language": who.language,
        "headers": _reply_to(who, coordinator),
        "dossier": whole.dossier.id,
        "call": whole.call,
        "words": words,
        "words_language": spoken,
        "questions": whole.questions,
        "reference": rules.reference(whole.call.number, who.code),
        "version": version,
        "stance": labels.STANCES[Stance(version.stance)],
        "channel": labels.CHANNELS[version.channel],
        "basis": labels.BASES[Basis(version.basis)],
        "link": queries.link_of(who.invitation),
        "who": who,
        "coordinator": coordinator,
    }
