"""What a web page is that came where something else was meant. Pure.

A page is judged by what dominates it. The words of a wall stand in articles too, and a login form
in the head of many pages: what has much to read or many links besides is a page.

    blocked    a wall's own marks, or its words in the title or in a page that says little else
    login      a password, a single sign-on, or the demand for one, and little besides; and a
               consent to cookies without which nothing is shown
    shell      hardly a word, and scripts that would bring some
    page       any other
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree, html

from feeds.parsing import refusals
from feeds.parsing.entry import Trouble
from feeds.parsing.text import one_line, without_illegal

# Characters of visible text, numbers of links.
LITTLE_TEXT, LITTLE_LINKS = 600, 5
SMALL_TEXT, SMALL_LINKS = 1500, 8
NO_TEXT, NO_LINKS = 200, 2
BESIDES_LOGIN = 12
BESIDES_NAMED_LOGIN = 40
BANNERS = 20
QUOTE = 100

_UNSEEN = ("script", "style", "template", "noscript", "head", "select", "svg", etree.Comment)
_MOUNTS = {"root", "app", "__next", "__nuxt", "___gatsby", "main-app", "q-app", "svelte"}
_BANNER = re.compile(
    r"cookie|consent|gdpr|cmp-|onetrust|usercentrics|didomi|iubenda", re.IGNORECASE
)
_SSO = re.compile(
    r"name=.(?:SAMLRequest|SAMLResponse|RelayState|wresult)\b|wa=wsignin|id=.kc-form-login"
    r"|http-equiv=.?refresh[^>]{1,200}(?:login|signin|sso|oauth|saml|/cas/|anmeld|prijava)"
    r"|location(?:\.href)?\s*=\s*.[^\"'<>]{0,200}(?:/login|signin|/sso|/oauth|saml|/cas/)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Page:
    """What somebody without scripts sees: the cookie banner apart, and the login form apart."""

    source: str
    title: str
    heads: str
    text: str
    links: int
    text_besides: int
    links_besides: int
    has_password: bool
    has_scripts: bool
    has_mount: bool
    unscripted: str
    banner: str

    @property
    def name(self) -> str:
        name = self.title or self.heads or self.text
        name = name if len(name) <= QUOTE else f"{name[: QUOTE - 1].rstrip()}…"
        return f" («{name}»)" if name else ""

    @property
    def said(self) -> str:
        return f"{self.title} | {self.heads}"

    def has_at_most(self, text: int, links: int) -> bool:
        return len(self.text) <= text and self.links <= links


def judged(text: str) -> tuple[Trouble, str] | None:
    """What the page is, and one sentence; None when there is no page in it at all."""
    page = _seen(text)
    if page is None:
        return None
    for judge in (_blocked, _login, _consent, _shell):
        found = judge(page)
        if found:
            return found
    return "page", f"The answer is a web page{_titled(page)}, not a feed."


def _titled(page: _Page) -> str:
    return page.name if page.title else ""


def _blocked(page: _Page) -> tuple[Trouble, str] | None:
    if not page.has_at_most(SMALL_TEXT, SMALL_LINKS):
        return None
    says_little = page.has_at_most(LITTLE_TEXT, LITTLE_LINKS)
    words = f"{page.said} | {page.text}" if says_little else page.said
    if refusals.RATE.search(words):
        return "blocked", f"The source says that we ask too often{page.name}."
    if refusals.WALL.search(page.source) or refusals.ROBOT.search(page.said):
        wall = next((name for name, mark in refusals.WALLS if mark.search(page.source)), "")
        whose = f" of {wall}" if wall else ""
        return "blocked", f"A wall{whose} against robots answers for the source{page.name}."
    if refusals.DENIED.search(words):
        return "blocked", f"The source refuses to answer{page.name}."
    if says_little and page.has_scripts and refusals.ROBOT.search(words + page.unscripted):
        return "blocked", f"A wall against robots answers for the source{page.name}."
    return None


def _login(page: _Page) -> tuple[Trouble, str] | None:
    asked = refusals.ASKS_FOR_LOGIN.search(f"{page.said} | {page.text}") is not None
    named = refusals.LOGIN.search(page.said) is not None
    if page.has_password:
        stands_alone = page.text_besides <= LITTLE_TEXT and page.links_besides <= BESIDES_LOGIN
        is_short = page.text_besides <= 4 * LITTLE_TEXT
        is_named = named and is_short and page.links_besides <= BESIDES_NAMED_LOGIN
        is_login = stands_alone or is_named
    else:
        is_login = page.has_at_most(LITTLE_TEXT, LITTLE_LINKS) and (
            asked or _SSO.search(page.source) is not None
        )
    return ("login", f"The source asks for a login{page.name}.") if is_login else None


def _consent(page: _Page) -> tuple[Trouble, str] | None:
    is_titled = refusals.CONSENT.search(page.title) and page.has_at_most(
        2 * SMALL_TEXT, SMALL_LINKS
    )
    is_headed = refusals.CONSENT.search(page.heads) and page.has_at_most(LITTLE_TEXT, NO_LINKS)
    is_all = page.banner and page.has_at_most(NO_TEXT, NO_LINKS) and not page.has_mount
    if (is_titled or is_headed or is_all) and refusals.ACCEPT.search(f"{page.text} {page.banner}"):
        sentence = f"The source asks for consent to cookies before it shows anything{page.name}."
        return "login", sentence
    return None


def _shell(page: _Page) -> tuple[Trouble, str] | None:
    if not page.has_at_most(NO_TEXT, NO_LINKS):
        return None
    says_so = "javascript" in f"{page.unscripted} {page.text}".replace(" ", "").lower()
    is_bare = page.has_scripts and not page.heads and len(page.text) < NO_TEXT // 5
    if not (is_bare or (page.has_scripts and (says_so or page.has_mount))):
        return None
    return "shell", f"The answer is an empty page that only JavaScript would fill{_titled(page)}."


def _seen(text: str) -> _Page | None:
    try:
        root = html.document_fromstring(
            without_illegal(text).encode("utf-8", "replace"),
            parser=html.HTMLParser(encoding="utf-8"),
        )
    except (etree.LxmlError, ValueError):
        return None
    title = one_line(root.findtext(".//title") or "")
    has_scripts = next(root.iter("script"), None) is not None
    unscripted = " ".join(_words(each) for each in root.iter("noscript"))
    etree.strip_elements(root, *_UNSEEN, with_tail=False)
    banner = " ".join([_taken_out(each) for each in [*islice(_banners(root), BANNERS)]])
    heads = " | ".join(_words(each) for each in root.iter("h1", "h2"))[:500]
    seen, links = _words(root), _links(root)
    has_mount = _has_mount(root)
    password = next(filter(_asks_password, root.iter("input")), None)
    if password is not None:
        _taken_out(next(password.iterancestors("form"), password))
    return _Page(
        source=text,
        title=title,
        heads=heads,
        text=seen,
        links=links,
        text_besides=len(_words(root)),
        links_besides=_links(root),
        has_password=password is not None,
        has_scripts=has_scripts,
        has_mount=has_mount,
        unscripted=unscripted,
        banner=banner,
    )


def _banners(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The outermost elements that are named for cookies and are not the page itself."""
    for element in root.iter("div", "section", "aside", "dialog", "form"):
        name = f"{element.get('id') or ''} {element.get('class') or ''}"
        if _BANNER.search(name) and _links(element) <= SMALL_LINKS:
            yield element


def _taken_out(element: html.HtmlElement) -> str:
    words = _words(element)
    if element.getparent() is not None:
        element.drop_tree()
    return words


def _asks_password(field: html.HtmlElement) -> bool:
    return (field.get("type") or "").strip().lower() == "password"


def _has_mount(root: html.HtmlElement) -> bool:
    named = (each for each in root.iter("div", "main", "body") if each.get("id") in _MOUNTS)
    mounts = [*named, *root.iter("app-root", "ng-app", "app")]
    return any(len(_words(each)) < NO_TEXT for each in mounts)


def _links(element: html.HtmlElement) -> int:
    addresses = {each.get("href") or "#" for each in element.iter("a")}
    return sum(not each.startswith(("#", "javascript:")) for each in addresses)


def _words(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())
