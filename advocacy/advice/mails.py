"""Letters about questions: that it is here, what we answer, and to whoever has it in hand."""

from advocacy.advice import queries
from advocacy.advice.asking import reply_to
from advocacy.advice.rules import MessageKind
from advocacy.advice.tables import Enquiry, EnquiryMessage
from advocacy.mail.letters import Written, write
from advocacy.people.tables import Person
from advocacy.settings import settings


def prefix(enquiry: int) -> str:
    return f"enquiry/{enquiry}/"


def desk_prefix(enquiry: int, number: int) -> str:
    return f"{prefix(enquiry)}{number}/desk/"


def receipt(
    enquiry: Enquiry, message: EnquiryMessage, owner: Person, *, quoting: bool, about: str
) -> Written:
    """To who asked. `quoting` False: none of their words are repeated, neither their name nor the
    subject, because the address may have been put in by somebody else. `about`: number and title of
    the dossier, if any.
    """
    return write(
        "enquiry_receipt",
        key=f"{prefix(enquiry.id)}{message.number}/receipt",
        recipient=enquiry.email,
        recipient_name=enquiry.asker if quoting else "",
        language=enquiry.language,
        headers=_headers(enquiry),
        asker=enquiry.asker if quoting else "",
        about_what=enquiry.subject if quoting else "",
        text=message.text if quoting else "",
        text_language=message.language or enquiry.language,
        owner=owner,
        about=about,
        link=queries.link_of(enquiry.id),
    )


def answered(
    enquiry: Enquiry, message: EnquiryMessage, by: Person, *, translation: str, asked: str
) -> Written:
    """An answer or a question back. With `translation` (into the language of the municipality)
    the original stands beneath it.
    """
    return write(
        "enquiry_answer",
        key=f"{prefix(enquiry.id)}{message.number}/answer",
        recipient=enquiry.email,
        recipient_name=enquiry.asker,
        language=enquiry.language,
        headers=_headers(enquiry),
        enquiry=enquiry,
        text=translation or message.text,
        text_language=enquiry.language if translation else message.language or enquiry.language,
        original=message.text if translation else "",
        original_language=message.language or enquiry.language,
        asks_back=message.kind == MessageKind.BACK,
        asked=asked,
        by=by,
        link=queries.link_of(enquiry.id),
    )


def at_desk(
    enquiry: Enquiry, message: EnquiryMessage, owner: Person, *, municipality: str, from_whom: str
) -> Written:
    """To who has the question in hand now: new, added to, or handed over by `from_whom`. A reply
    to it becomes the answer.
    """
    return write(
        "enquiry_desk",
        key=f"{desk_prefix(enquiry.id, message.number)}{owner.id}",
        recipient=owner.email,
        recipient_name=owner.name,
        language=owner.language,
        headers=_headers(enquiry),
        enquiry=enquiry,
        message=message,
        handed=message.kind == MessageKind.HANDOVER,
        first=message.number == 1,
        text_language=message.language or enquiry.language,
        owner=owner,
        municipality=municipality or enquiry.asker or enquiry.email,
        from_whom=from_whom,
        address=f"{settings().base_url}/{owner.language}/advice/{enquiry.id}",
    )


def _headers(enquiry: Enquiry) -> dict[str, str]:
    address = reply_to.address(enquiry.id)
    return {"Reply-To": address} if address else {}
