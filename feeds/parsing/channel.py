"""Title, link and language of a feed itself, out of the tree of a well-formed one. Pure."""

from dataclasses import dataclass

from feeds.parsing.elements import ATOM, IGNORED, STRANGE, Element, local_name, meaning
from feeds.parsing.values import (
    XHTML,
    StrangeError,
    attributes,
    base_in_force,
    joined,
    language_in_force,
    link_of,
    simple,
    titled,
)

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"

_RDF_DIALECTS = {"http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/"}
_INSIDE = {
    "image": {"title", "link", "description", "url", "width", "height"},
    "textinput": {"title", "link", "description", "name"},
}
_WITH_MARKUP = {"rights", "copyright", "subtitle", "tagline", "info", "description", "summary"}
# Of names that mean something in an item, those that say nothing we ask of a feed.
_HARMLESS_THERE = {"items", "cloud", "managingeditor", "date", "tags", "width", "height"}
_HARMLESS = {IGNORED, "name", "email"}
_TEXT = {"title", "description", "summary", "content", "encoded", "media title"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """What has to be looked for in this document.

    `origin` is where the document is from if it states an xml:base somewhere, else empty.
    """

    is_atom: bool
    unwrapped: bool
    origin: str
    has_languages: bool

    def base(self, element: Element) -> str:
        return base_in_force(element, self.origin) if self.origin else ""


@dataclass(slots=True)
class Feed:
    """What a feed says of itself."""

    title: str = ""
    link: str | None = None
    language: str = ""
    summaries: int = 0


def dialect_of(root: Element, xml: bytes, address: str) -> Dialect:
    """Raises StrangeError for a document whose outermost element is none of those we know."""
    tag, declared = str(root.tag), set(root.nsmap.values())
    name, namespace = local_name(tag), tag.rpartition("}")[0][1:]
    is_atom = name == "feed" and not declared & _RDF_DIALECTS
    known = (
        (is_atom and (namespace == ATOM or ATOM not in declared))
        or (name == "rss" and meaning(root) == STRANGE)
        or (tag == f"{RDF}RDF" and ATOM not in declared)
    )
    has_bases = b"base=" in xml
    if not known or (has_bases and (b" base=" in xml or not address.isascii())):
        raise StrangeError
    origin = address if has_bases else ""
    return Dialect(is_atom, is_atom and namespace == ATOM, origin, b"lang=" in xml)


def feed_of(root: Element, dialect: Dialect) -> Feed:
    feed = Feed()
    if dialect.has_languages and not str(root.tag).startswith(RDF):
        feed.language = language_in_force(root)
    if dialect.is_atom:
        _read(root, feed, dialect)
        return feed
    for child in root:
        name, means = local_name(str(child.tag)), meaning(child)
        if name == "channel" and means == STRANGE:
            if not attributes(child).keys().isdisjoint(("href", "lastmod")):
                raise StrangeError
            _read(child, feed, dialect)
        elif means not in {"item", "image", "textinput"}:
            raise StrangeError
    return feed


def leave_out(element: Element, means: str) -> None:
    """Make sure that nothing inside an element means anything; else StrangeError."""
    if means in _TEXT or means == "item":
        raise StrangeError
    if means == IGNORED and _is_markup(element):
        return
    if means not in {IGNORED, "author", "contributor"}:
        raise StrangeError
    if any(meaning(each) not in _HARMLESS for each in element.iterdescendants()):
        raise StrangeError


def _read(channel: Element, feed: Feed, dialect: Dialect) -> None:
    for child in channel:
        means = meaning(child)
        if means == "item":
            continue
        base = dialect.base(child)
        if means == "title":
            title = titled(child, is_atom=dialect.is_atom, unwrapped=dialect.unwrapped)
            if feed.title and title != feed.title:
                raise StrangeError
            feed.title = title
        elif means == "link":
            link = link_of(child, base)
            feed.link = link.address if link.leads_to_page else feed.link
        elif means == "id":
            _read_id(child, feed, base)
        elif means == "language":
            feed.language = simple(child)
        else:
            _look_at(child, means, feed)


def _read_id(element: Element, feed: Feed, base: str) -> None:
    """An id is a link too where there is no other."""
    if attributes(element).get("ispermalink", "true") == "true" and feed.link is None:
        feed.link = joined(base, simple(element))


def _look_at(element: Element, means: str, feed: Feed) -> None:
    if means in {"content", "encoded", "source", "media title", STRANGE}:
        if local_name(str(element.tag)) not in _HARMLESS_THERE:
            raise StrangeError
        return
    if means in {"summary", "description"} and (means == "summary" or feed.summaries):
        feed.summaries += 1
        if feed.summaries > 1:
            raise StrangeError
    if not len(element):
        return
    if means in _INSIDE:
        if any(local_name(str(each.tag)) not in _INSIDE[means] for each in element):
            raise StrangeError
    elif not _is_markup(element):
        leave_out(element, means)


def _is_markup(element: Element) -> bool:
    kind = attributes(element).get("type", "").lower()
    return kind in {"xhtml", XHTML} and local_name(str(element.tag)) in _WITH_MARKUP
