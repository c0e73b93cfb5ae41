"""Which letters somebody wants, without login: the key in the letter is enough."""

from collections.abc import Mapping
from typing import Any  # values of a page

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Template

from advocacy import clock, texts
from advocacy.errors import NotFound
from advocacy.municipalities import actions, labels, links, queries, rules
from advocacy.municipalities.rules import Rhythm
from advocacy.municipalities.tables import Contact
from advocacy.people.rules import COUNTRIES, LANGUAGES
from advocacy.web.pages import Web, page, typed
from feeds.reading.topics import TOPICS, topic_label

PUBLIC = {"public": True}
ABOUT = {"news_topics": TOPICS, "news_countries": COUNTRIES}
"""Fields of the form, each with what may be ticked in it."""
PATHS = ["/u/{key:str}", "/u/{key:str}/{of:str}"]


@get(PATHS, opt=PUBLIC)
async def mail_settings(request: Web, key: FromPath[str]) -> Template:
    """Opening it changes nothing: programs that look through mail open every link."""
    return _page(request, key, await _contact(key))


async def _contact(key: str) -> Contact:
    number = links.contact_of(key)
    if number is None:
        raise NotFound("This link is not complete. Please open it from the letter once more.")
    return await queries.contact(number)


def _page(request: Web, key: str, contact: Contact, **values: Any) -> Template:
    wished = request.query_params.get("language", "")
    texts.speak(wished if wished in texts.LANGUAGES else contact.language)
    shown: dict[str, Any] = {"before": None, "switched_off": "", "is_done": False} | values
    return page(
        request, "municipalities/mail_settings.html", contact=contact, key=key, labels=labels,
        own_page=links.own_page(contact.id), countries=COUNTRIES,
        topics=[(key, topic_label(key, texts.language())) for key in TOPICS], **shown,
    )  # fmt: skip


def _wishes(contact: Contact) -> dict[str, str]:
    return {each: getattr(contact, each) for each in (*rules.LETTERS, "language", *ABOUT)}


@post(PATHS, opt=PUBLIC, status_code=200)
async def change_mail_settings(
    request: Web, key: FromPath[str], of: FromPath[str] = ""
) -> Template:
    """A form of ours, or the one click of a mail program (RFC 8058): at once, without a cookie."""
    form = await typed(request)
    if of not in ("", *rules.LETTERS):
        raise NotFound("This link is not complete. Please open it from the letter once more.")
    before = await _contact(key)
    one_click = form.get("List-Unsubscribe") == "One-Click"
    wants = _switched_off(of) if one_click else _wanted(form)
    language = form.get("language", "")
    language = language if language in LANGUAGES and not one_click else ""
    about = {} if one_click else _about(form)
    await actions.want_letters(before.id, wants, language=language, about=about, now=clock.now())
    after = await queries.contact(before.id)
    changed = _wishes(before) != _wishes(after)
    return _page(
        request, key, after, before=_wishes(before) if changed else None,
        switched_off=of if one_click else "", is_done=True,
    )  # fmt: skip


def _switched_off(of: str) -> dict[str, Rhythm]:
    return {each: Rhythm.NEVER for each in rules.LETTERS if of in ("", each)}


def _wanted(form: Mapping[str, str]) -> dict[str, Rhythm]:
    return {each: Rhythm(form[each]) for each in rules.LETTERS if form.get(each) in set(Rhythm)}


def _about(form: Mapping[str, str]) -> dict[str, str]:
    """Of which topics and countries news is wanted; what is not in the lists is left out."""
    if not any(name in form for name in (*ABOUT, "chooses")):
        return {}
    return {
        name: ",".join(each for each in known if each in form.get(name, "").split(","))
        for name, known in ABOUT.items()
    }


handlers = [mail_settings, change_mail_settings]
