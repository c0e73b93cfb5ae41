"""From the address of a page to the feed behind it.

    visit        the address itself; what is no page is taken as it is
    named        <link rel=alternate>, those in the wanted language first, comments last
    linked       links that lead to nothing but a feed or a calendar
    usual        addresses at which the software of such pages has its feeds, on the same host
    believe      only what can be read and holds entries

At most eight addresses are tried, one after the other and with the pause of every visit. Where none
is believed the page itself is watched. What was tried is told. An address that a page names is no
better than any other: fetching refuses it when it leads inside.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin

from feeds.fetching.following import Failed, Fetched, Limits, Unchanged, fetch
from feeds.parsing import Ask, Document, kind_of
from feeds.parsing.isolation import parse_safely
from feeds.parsing.page import FeedLink, feed_links, page_about
from feeds.polling.politeness import PAUSE, turn

TRIED = 8
# By the generator that a page names; `{page}` is the page itself.
USUAL_OF = {
    "plone": ("{page}/RSS",),
    "spip": ("/spip.php?page=backend",),
    "typo3": ("/rss.xml", "/?type=9818"),
    "wordpress": ("/feed/",),
    "drupal": ("/rss.xml",),
}
USUAL = (
    *("/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/rss", "{page}/RSS"),
    *("/spip.php?page=backend", "/feed.json", "/index.xml"),
)
_COMMENTS = ("comment", "kommentar", "commentaire", "commenti", "komentar")


@dataclass(frozen=True, slots=True)
class Tried:
    """An address at which no feed was found, and why."""

    address: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Discovered:
    """What is polled from now on, what it is, and in a sentence how it was found."""

    address: str
    kind: str
    sentence: str
    title: str = ""
    tried: tuple[Tried, ...] = ()


class RefusedError(ValueError):
    """One sentence: the address may never be visited."""


@dataclass(frozen=True, slots=True)
class Finder:
    """How addresses are visited."""

    now: datetime
    limits: Limits
    private_networks: tuple[str, ...] = ()
    pause: float = PAUSE

    async def fetch(self, address: str) -> Fetched | Unchanged | Failed:
        async with turn(address, pause=self.pause):
            return await fetch(
                Ask(address),
                now=self.now,
                limits=self.limits,
                private_networks=self.private_networks,
            )

    async def discover(
        self,
        address: str,
        *,
        language: str | None = None,
        selector: str | None = None,
        otherwise: str = "feed",
    ) -> Discovered:
        """Raises RefusedError. What cannot be visited now is of the kind `otherwise`; its polls
        will say more. A page with a marked part (`selector`) is meant itself.
        """
        answer = await self.fetch(address)
        if isinstance(answer, Failed) and answer.problem in ("address", "network"):
            raise RefusedError(answer.sentence)
        if not isinstance(answer, Fetched):
            why = answer.sentence if isinstance(answer, Failed) else "Nothing came."
            return Discovered(address, otherwise, f"It could not be visited now. {why}")
        document = Document(answer.body, answer.address, answer.content_type)
        kind = kind_of(document)
        if kind != "page":
            return Discovered(address, kind, "The address was visited.")
        if selector:
            return Discovered(address, kind, "The marked part of the page is watched.")
        return await self._behind(address, document, language)

    async def _behind(self, address: str, page: Document, language: str | None) -> Discovered:
        tried: list[Tried] = []
        for link in candidates(page, language=language)[:TRIED]:
            found = await self._believed(link)
            if isinstance(found, Discovered):
                return replace(found, tried=tuple(tried))
            tried.append(found)
        sentence = f"No feed stood at {len(tried)} addresses; the page itself is watched."
        return Discovered(address, "page", sentence, tried=tuple(tried))

    async def _believed(self, link: FeedLink) -> Discovered | Tried:
        answer = await self.fetch(link.address)
        if not isinstance(answer, Fetched):
            sentence = answer.sentence if isinstance(answer, Failed) else "Nothing came."
            return Tried(link.address, sentence)
        document = Document(answer.body, answer.address, answer.content_type)
        kind = kind_of(document)
        if kind == "page":
            return Tried(link.address, "It is a page and no feed.")
        parsed = await parse_safely(kind, document)
        if not parsed.entries:
            return Tried(link.address, parsed.problem or "It holds no entries.")
        sentence = f"A feed with {len(parsed.entries)} entries was found behind the page."
        return Discovered(link.address, kind, sentence, title=link.title or parsed.title)


def candidates(page: Document, *, language: str | None = None) -> list[FeedLink]:
    """Where the feed of a page may be, the likeliest first, each address once. Pure."""
    about = page_about(page)
    wanted = language or about.language
    named = sorted(feed_links(page), key=lambda link: (_is_comments(link), _misfit(link, wanted)))
    usual = [FeedLink(each) for each in _usual(page.address, about.generator)]
    found: dict[str, FeedLink] = {}
    for link in (*named, *usual):
        if link.address != page.address:
            found.setdefault(link.address, link)
    return list(found.values())


def _is_comments(link: FeedLink) -> bool:
    return any(word in f"{link.title} {link.address}".lower() for word in _COMMENTS)


def _misfit(link: FeedLink, wanted: str | None) -> int:
    """0 for the wanted language, 1 for an undeclared one, 2 for another."""
    if wanted is None or link.language == wanted:
        return 0
    said = f"{link.address}/".lower()
    is_told = any(sign in said for sign in (f"/{wanted}/", f"lang={wanted}", f"/{wanted}."))
    if is_told and link.language is None:
        return 0
    return 1 if link.language is None else 2


def _usual(address: str, generator: str) -> Iterator[str]:
    known: Sequence[str] = next(
        (paths for name, paths in USUAL_OF.items() if name in generator.lower()), ()
    )
    bare = address.partition("?")[0].partition("#")[0].rstrip("/")
    for path in (*known, *USUAL):
        yield urljoin(address, path.replace("{page}", bare))
