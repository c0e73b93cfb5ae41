"""What we write to municipalities: the call, the reminder, the receipt."""

from dataclasses import dataclass
from typing import Any  # values of a letter's template

from advocacy.calls import labels, queries, rules
from advocacy.calls.answering import reply_to
from advocacy.calls.asking.whole_calls import WholeCall
from advocacy.calls.rules import Stance
from advocacy.calls.tables import ContributionVersion
from advocacy.mail.letters import Written, unsubscribing, write
from advocacy.municipalities import links
from advocacy.municipalities.tables import Contact
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


def _key_of_call(whole: WholeCall, invitation: int) -> str:
    return f"call/{whole.call.id}/{invitation}"


def _answering(who: Addressee) -> dict[str, Any]:
    """What every letter with the question carries: four links, the short code."""
    link = queries.link_of(who.invitation)
    code = queries.code_of(who.invitation)
    return {
        "link": link,
        "answers": [(labels.STANCES[each], f"{link}?a={each.value}") for each in rules.OFFERED],
        "code": f"{code[:4]}-{code[4:]}",
        "code_page": f"{settings().base_url}/a",
        "settings_link": links.mail_settings(who.contact.id),
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


def reminder(
    whole: WholeCall, who: Addressee, coordinator: Person | None, *, number: int
) -> Written:
    """`number` counts the reminders of this invitation, from 1."""
    key = f"reminder/{whole.call.id}/{who.invitation}/{number}"
    return _with_question("reminder", key, whole, who, coordinator, of="reminders")


def receipt(
    whole: WholeCall, who: Addressee, coordinator: Person | None, version: ContributionVersion
) -> Written:
    """Returns what was said, in its own words."""
    return write(
        "receipt",
        key=f"receipt/{version.contribution}/{version.number}",
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
        "link": queries.link_of(who.invitation),
        "who": who,
        "coordinator": coordinator,
    }
