"""Feeds of every dialect, made up by hypothesis out of what real ones are made of."""

from html import escape

from hypothesis import strategies as st

NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:a10="http://www.w3.org/2005/Atom"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    ' xmlns:georss="http://www.georss.org/georss" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    ' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:own="https://www.musterdorf.example/ns"'
)
RDF_NAMESPACES = NAMESPACES.replace(' xmlns:a10="http://www.w3.org/2005/Atom"', "")

WORDS = st.sampled_from(
    (
        *(
            "Begutachtung",
            "Enquête publique",
            "Javna razgrnitev načrta",
            "R&D",
            "a < b",
            "&eacute;",
        ),
        *("<b>Avviso</b> n. 7", "", "  x \n y ", "Ã©tÃ©", "caf\x92s", "AT&amp;T", "<i>offen", "→"),
        *("&#8211; und", "<svg/onload=x>", "javascript:x", "7 &lt; 8", "<!-- x -->Text", "</p>"),
    )
)
HTML = st.lists(
    st.one_of(
        WORDS,
        WORDS.map("<p>{}</p>".format),
        WORDS.map('<a href="/entwurf.pdf">{}</a>'.format),
        WORDS.map('<a href="javascript:x">{}</a><br/>'.format),
        WORDS.map('<div class="ad">{}</div>'.format),
    ),
    max_size=4,
).map(" ".join)
LINKS = st.sampled_from(
    (
        *("https://www.villexemple.example/avis/1", "/avis/2", "avis/3?a=1&b=2", "", "#x"),
        *(
            "javascript:alert(1)",
            "HTTP://WWW.Villexemple.example/A",
            "http:///x.example/",
            "urn:x:1",
        ),
    )
)
DATES = st.sampled_from(
    (
        *("Tue, 03 Nov 2026 09:30:00 +0100", "2026-11-01T08:00:00+01:00", "2026-11-01", ""),
        *(
            "mar, 03 nov 2026 09:30:00 +0100",
            "3. 11. 2026 12:00",
            "2026",
            "bald",
            "11/30/2026 2:15 PM",
        ),
    )
)
ABOUT = '<item rdf:about="https://www.musterdorf.example/1"'
LANGUAGES = st.sampled_from(("", ' xml:lang="sl"', ' xml:lang="de-AT"', ' xml:lang=""'))
BASES = st.sampled_from(
    ("", "", "", ' xml:base="https://www.valdesempio.example/a/"', ' xml:base="b/"')
)


def element(name: str, text: str, attributes: str = "") -> str:
    return f"<{name}{attributes}>{escape(text, quote=False)}</{name}>"


def cdata(name: str, text: str, attributes: str = "") -> str:
    return f"<{name}{attributes}><![CDATA[{text}]]></{name}>"


def texts(name: str, attributes: st.SearchStrategy[str] = LANGUAGES) -> st.SearchStrategy[str]:
    return st.builds(
        lambda made, text, more, base: made(name, text, more + base),
        st.sampled_from((element, cdata)),
        HTML,
        attributes,
        BASES,
    )


def of(name: str, values: st.SearchStrategy[str], attributes: str = "") -> st.SearchStrategy[str]:
    return values.map(lambda value: element(name, value, attributes))


def attribute_link(name: str, *, hrefs: str = "href") -> st.SearchStrategy[str]:
    return st.builds(
        lambda href, rel, kind, base: f'<{name} {hrefs}="{escape(href)}"{rel}{kind}{base}/>',
        LINKS.filter(bool),
        st.sampled_from(
            ("", *(f' rel="{rel}"' for rel in ["alternate", "enclosure", "self", "via"]))
        ),
        st.sampled_from(("", ' type="text/html"', ' type="application/pdf"', ' type="TEXT/HTML"')),
        BASES,
    )


PERSONS = st.builds(
    lambda name, email: f"<author>{name}{email}<uri>https://www.musterdorf.example</uri></author>",
    of("name", WORDS),
    st.sampled_from(("", "<email>eva@musterdorf.example</email>")),
)
XHTML = st.builds(
    lambda name, inside, more: (
        f'<{name} type="xhtml"{more}><div xmlns="http://www.w3.org/1999/xhtml">{inside}</div></{name}>'
    ),
    st.sampled_from(("content", "summary", "title")),
    st.sampled_from(
        (
            "<p>eins<br/>zwei</p>",
            "<a href='x'>y</a> &lt;b&gt;",
            "<p/>a<p>b</p>",
            "x<div>y</div>",
            "",
        )
    ),
    LANGUAGES,
)
TYPES = st.sampled_from(
    ("", *(f' type="{kind}"' for kind in ["text", "html", "text/html", "text/plain"]))
)
ESCAPED = st.sampled_from(
    (' type="text/html" mode="escaped"', ' mode="escaped"', ' type="TEXT/HTML"')
)

OF_NAMESPACES = st.one_of(
    of("dc:creator", WORDS),
    of("dc:title", WORDS),
    of("dc:date", DATES),
    of("dc:language", st.sampled_from(("de", "it", ""))),
    of("dc:subject", WORDS),
    of("dc:publisher", WORDS),
    of("dcterms:created", DATES),
    of("dcterms:modified", DATES),
    of("dcterms:issued", DATES),
    of("dcterms:valid", DATES),
    of("itunes:author", WORDS),
    of("itunes:subtitle", WORDS),
    of("itunes:explicit", st.just("no")),
    of("slash:comments", st.just("3")),
    of("georss:point", st.just("46.5 11.3")),
    of("feedburner:origLink", LINKS),
    of("own:kennung", WORDS),
    of("own:title", WORDS),
    texts("content:encoded"),
    texts("dc:description"),
    texts("itunes:summary"),
    texts("media:description"),
    of("media:title", WORDS),
    st.just(
        '<media:content url="https://x.example/p.jpg"><media:credit>Ana</media:credit></media:content>'
    ),
    WORDS.map(lambda word: f"<media:group>{element('media:description', word)}</media:group>"),
)
OF_RSS = st.one_of(
    of("title", WORDS),
    of("link", LINKS),
    of("guid", LINKS | WORDS),
    of("guid", LINKS, ' isPermaLink="false"'),
    of("guid", LINKS, ' isPermaLink="true"'),
    of("pubDate", DATES),
    of("author", WORDS),
    of("category", WORDS),
    of("comments", LINKS),
    of("source", WORDS, ' url="https://www.musterdorf.example/rss"'),
    of("zeichen", WORDS),
    texts("description"),
    st.just('<enclosure url="/plan.pdf" type="application/PDF" length="12"/>'),
    st.just('<enclosure url="javascript:x" type="text/html" length="viel"/>'),
)
OF_A10 = st.one_of(
    of("a10:updated", DATES),
    st.just("<a10:author><a10:name>Luca</a10:name></a10:author>"),
    attribute_link("a10:link"),
    texts("a10:content", TYPES),
)
OF_ATOM = st.one_of(
    of("id", LINKS),
    of("published", DATES),
    of("updated", DATES),
    PERSONS,
    st.just("<contributor><name>Ana</name></contributor>"),
    attribute_link("link"),
    texts("title", TYPES),
    texts("summary", TYPES),
    texts("content", TYPES),
    XHTML,
    of("rights", WORDS),
    st.just('<category term="wasser"/>'),
    st.just("<source><id>urn:other</id><title>Other</title><updated>2026-01-01</updated></source>"),
)
OF_OLD_ATOM = st.one_of(
    of("id", LINKS),
    of("issued", DATES),
    of("modified", DATES),
    of("created", DATES),
    PERSONS,
    attribute_link("link"),
    texts("title", ESCAPED),
    texts("summary", ESCAPED),
    texts("content", ESCAPED),
)


def items(name: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inside = st.lists(st.one_of(*parts), max_size=7).map("\n".join)
    item = st.builds(
        lambda text, language, base: f"<{name}{language}{base}>{text}</{name}>",
        inside,
        LANGUAGES,
        BASES,
    )
    return st.lists(item, min_size=1, max_size=3).map("\n".join)


CHANNEL = st.lists(
    st.one_of(
        of("title", WORDS),
        of("link", LINKS),
        of("language", st.sampled_from(("de-AT", "fr", "und"))),
        of("description", WORDS),
        of("ttl", st.just("60")),
        st.just(
            "<image><url>x.png</url><title>Wappen</title><link>https://w.example</link></image>"
        ),
        st.just('<a10:link rel="self" href="https://www.musterdorf.example/rss"/>'),
        st.just("<itunes:owner><itunes:name>Eva</itunes:name></itunes:owner>"),
    ),
    max_size=4,
).map("".join)
FEED = st.lists(
    st.one_of(
        of("id", LINKS),
        attribute_link("link"),
        texts("title", TYPES),
        of("updated", DATES),
        PERSONS,
    ),
    max_size=4,
).map("".join)

RSS = st.builds(
    lambda version, more, channel, inside: (
        f"<rss{version}{more} {NAMESPACES}><channel>{channel}{inside}</channel></rss>"
    ),
    st.sampled_from(("", *(f' version="{each}"' for each in ["0.91", "0.92", "0.94", "2.0"]))),
    st.sampled_from(("", ' xmlns="http://backend.userland.com/rss2"', ' xml:lang="de"')),
    CHANNEL,
    items("item", OF_RSS, OF_RSS, OF_NAMESPACES, OF_A10),
)
RDF = st.builds(
    lambda dialect, channel, inside: (
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{dialect}"'
        f' {RDF_NAMESPACES}><channel rdf:about="https://www.musterdorf.example/">{channel}<items>'
        '<rdf:Seq><rdf:li rdf:resource="https://x.example"/></rdf:Seq></items></channel>'
        + inside.replace("<item", ABOUT)
        + "</rdf:RDF>"
    ),
    st.sampled_from(("http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/")),
    CHANNEL.filter(lambda text: "a10:" not in text),
    items("item", OF_RSS, OF_NAMESPACES),
)
ATOM = st.builds(
    lambda more, feed, inside: (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMESPACES}{more}>{feed}{inside}</feed>'
    ),
    st.builds("{}{}".format, LANGUAGES, BASES),
    FEED,
    items("entry", OF_ATOM, OF_ATOM, OF_NAMESPACES),
)
OLD_ATOM = st.builds(
    lambda feed, inside: (
        f'<feed version="0.3" xmlns="http://purl.org/atom/ns#" {RDF_NAMESPACES}>{feed}{inside}</feed>'
    ),
    FEED,
    items("entry", OF_OLD_ATOM, OF_NAMESPACES),
)
DIALECTS = {"rss": RSS, "rdf": RDF, "atom": ATOM, "atom 0.3": OLD_ATOM}
