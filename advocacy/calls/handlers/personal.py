"""What every page of the personal link knows: whose it is, its language, what its form holds.

No page under /a asks for the key against forgery that other forms carry. That key protects the
rights that a cookie gives; here no cookie gives any. The secret address itself is the right:
whoever can write it into a forged form could as well open it. And a key that ends would cost
somebody their words who opened the page yesterday and sends it today, or who takes no cookies.
"""

from typing import Any  # values of a page

from litestar.datastructures import UploadFile

from advocacy import clock, texts
from advocacy.calls import labels
from advocacy.calls.answering import delegating, enclosing, forms
from advocacy.calls.answering.drafts import as_typed, stamp
from advocacy.calls.queries import Personal
from advocacy.calls.rules import OFFERED
from advocacy.errors import Invalid, Message
from advocacy.municipalities.labels import ROLES
from advocacy.municipalities.queries import coordinators
from advocacy.web.pages import Web

PUBLIC = {"public": True}


def speak(request: Web, personal: Personal) -> str:
    """The language of the person, or the one chosen on this page; returns the address's end."""
    wished = request.query_params.get("language", "")
    chosen = wished if wished in texts.LANGUAGES else ""
    texts.speak(chosen or personal.invitation.language)
    return f"?language={chosen}" if chosen else ""


def before_typing(personal: Personal) -> dict[str, str]:
    """What the form holds when nobody has typed yet: the answer that stands, else the person."""
    if personal.contribution and personal.version:
        return as_typed(personal.contribution, personal.version)
    contact = personal.contact
    mayor = contact is None or contact.role == "mayor"
    return {
        "answered_by": contact.name if contact else "",
        "role": contact.role if contact else "mayor",
        "basis": "mayor" if mayor else "office",
        "name_public": "1",
    }


def answer_values(personal: Personal, language: str) -> dict[str, Any]:
    """What the form shows in every place: the questions in a language that there is."""
    whole = personal.whole
    spoken, words = whole.words_in(language)
    return {
        "personal": personal,
        "call": whole.call,
        "words": words,
        "words_language": spoken,
        "main": forms.main_text(whole.questions),
        "besides": forms.asked_besides(whole.questions),
        "official": whole.official,
        "stances": {each: labels.STANCES[each] for each in OFFERED},
        "bases": labels.BASES,
        "roles": ROLES,
    }


async def link_values(personal: Personal, token: str, end: str) -> dict[str, Any]:
    """What the pages of the link show besides."""
    carers = await coordinators()
    return {
        "here": f"/a/{token}",
        "end": end,
        "seen": stamp(personal.invitation.draft_saved),
        "base": personal.contribution.version if personal.contribution else 0,
        "coordinator": carers.get(personal.municipality.country),
        "reception": personal.reception(now=clock.now()),
        "asked": await delegating.of_invitation(personal.invitation.id),
        "enclosing": enclosing,
    }


async def take_files(
    request: Web, personal: Personal, *, channel: str = "web"
) -> dict[str, Message]:
    """Each chosen file is kept at once, whatever the rest of the form says.

    Returns what is wrong with the others: `files`, `files-2` …
    """
    chosen = (await request.form()).getall(enclosing.FIELD, [])
    wrong: dict[str, Message] = {}
    for each in chosen:
        if not isinstance(each, UploadFile):
            continue
        content = await each.read(enclosing.LARGEST + 1)
        try:
            file = (each.filename, content)
            await enclosing.keep(personal.invitation.id, [file], channel=channel, now=clock.now())
        except Invalid as error:
            place = f"{enclosing.FIELD}-{len(wrong) + 1}" if wrong else enclosing.FIELD
            wrong[place] = error.fields[enclosing.FIELD]
    return wrong
