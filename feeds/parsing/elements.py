"""What the elements of the feed dialects mean: one table for RSS, RDF and Atom. Pure.

The meanings are those that feedparser gives them, which decide what a feed with a mixture of
dialects says. STRANGE is what the fast path (well_formed.py) does not know and leaves to it.
"""

from functools import lru_cache

from lxml import etree

Element = etree._Element

STRANGE = "strange"
IGNORED = "ignored"
# Its children count as if they stood in its place.
TRANSPARENT = "transparent"

ATOM = "http://www.w3.org/2005/Atom"

# Namespaces in lower case. The empty prefix: the dialects themselves.
_PREFIXES = {
    "": "",
    "http://backend.userland.com/rss": "",
    "http://backend.userland.com/rss2": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://purl.org/atom/ns#": "",
    ATOM.lower(): "",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://wellformedweb.org/commentapi/": "wfw",
    "http://www.georss.org/georss": "georss",
    "http://www.opengis.net/gml": "gml",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://webns.net/mvcb/": "admin",
}
# Prefixes that mean something to feedparser whatever they are bound to.
_TAKEN = {"", *_PREFIXES.values(), "cc", "creativecommons", "psc", "xhtml", "svg"}

_OF_DIALECTS = {
    **dict.fromkeys(("rss", "rdf", "feed", "channel"), STRANGE),
    **dict.fromkeys(("item", "entry"), "item"),
    **dict.fromkeys(("guid", "id"), "id"),
    **dict.fromkeys(("published", "issued", "pubdate"), "published"),
    **dict.fromkeys(("updated", "modified", "lastbuilddate"), "updated"),
    **{name: name for name in ("title", "link", "author", "created", "description", "summary")},
    **{name: name for name in ("content", "enclosure", "source", "contributor", "image")},
    **{name: name for name in ("textinput", "language")},
    **dict.fromkeys(("category", "comments", "generator", "rights", "copyright"), IGNORED),
    **dict.fromkeys(("subtitle", "tagline", "uri", "url", "logo", "icon", "info"), IGNORED),
    "name": "name",
    "email": "email",
}
# Names that feedparser acts on or keeps under another name.
_ACTED_ON = set(
    "abstract body channels cloud date entries expirationdate expired feed fullitem georssgeom"  # noqa: SIM905 - read as one
    " height homepage href items license links location managingeditor newlocation pos tags"
    " textinput version where width authors contributors enclosures".split()
)
_OF_NAMESPACES = {
    "dc": {
        **{name: name for name in ("title", "description", "language")},
        "creator": "author",
        "author": "author",
        "date": "updated",
    },
    "dcterms": {"created": "created", "issued": "published", "modified": "updated"},
    "content": {"encoded": "encoded", "items": STRANGE},
    "media": {
        "title": "media title",
        "description": "description",
        "group": TRANSPARENT,
        "content": TRANSPARENT,
    },
    "itunes": {"author": "author", "summary": "summary", "name": "name", "email": "email"},
    "feedburner": {"origlink": "original link"},
    "rdf": {"rdf": STRANGE},
}


def meaning(element: Element) -> str:
    """One of the words of the tables above."""
    known = _meaning(element.tag)
    if known is not None:
        return known
    # Of a vocabulary that nobody here knows; without a prefix it passes for the dialect's own.
    return STRANGE if (element.prefix or "").lower() in _TAKEN else IGNORED


def local_name(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


@lru_cache(maxsize=4096)
def _meaning(tag: str) -> str | None:
    namespace, _, name = tag.rpartition("}")
    prefix = _PREFIXES.get(namespace[1:].lower())
    if prefix is None:
        return None
    if prefix:
        return _OF_NAMESPACES.get(prefix, {}).get(name.lower(), IGNORED)
    return _OF_DIALECTS.get(name.lower()) or _of_unknown(name.lower())


def _of_unknown(name: str) -> str:
    return STRANGE if name in _ACTED_ON or "_" in name else IGNORED
