"""Bombs, entities, charsets, and what is broken."""

from feeds.fetching import Limits
from tests.feeds.origin import Answer
from tests.feeds.polling.hostile.answered import BROKEN
from tests.feeds.polling.hostile.visiting import Case, is_none, reads

BREAKS_OFF = "The document breaks off; what could be read of it is kept."

RSS = "<rss version='2.0'><channel><title>t</title><item><title>ok</title>{}</item></channel></rss>"
TEXT = RSS.format("<description>{}</description>")
TITLE = "<rss><channel><item><title>{}</title></item></channel></rss>"
LAUGHS = (
    '<!DOCTYPE rss [<!ENTITY a "lol">'
    + "".join(
        f'<!ENTITY {to} "{f"&{of};" * 10}">' for of, to in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
    + TEXT.format("&i;")
)
OURS = "http://127.0.0.1:1024/secret"
SPACES = "".join(f" xmlns:a{n}='urn:{n}'" for n in range(1_000))
HUGE = Limits(bytes=30_000_000)


def both(body: str | bytes, text: str) -> Case:
    """Title and text of its one entry."""
    return reads(body, ("ok", text), shows="title text")


ENTITIES: dict[str, Case] = {
    "a file": both(
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>{TEXT.format("&x;")}', "&x;"
    ),
    "a page": both(f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{OURS}">]>{TEXT.format("&x;")}', "&x;"),
    "a parameter": both(
        f'<!DOCTYPE rss [<!ENTITY % p SYSTEM "{OURS}">%p;]>{TEXT.format("x")}', "x"
    ),
    "a document type": both(f'<!DOCTYPE rss SYSTEM "{OURS}">{TEXT.format("x")}', "x"),
    "an inclusion": both(
        TEXT.format(
            '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
        ),
        "",
    ),
    "a stylesheet": both(f'<?xml-stylesheet href="{OURS}"?>{TEXT.format("x")}', "x"),
    "a billion laughs": both(LAUGHS, "&i;"),
    "a billion laughs in UTF-16": both(LAUGHS.encode("utf-16"), "&i;"),
    "one long entity many times": both(
        f'<!DOCTYPE rss [<!ENTITY a "{"A" * 50_000}">]>{TEXT.format("&a;" * 1_000)}', "&a;" * 1_000
    ),
    "one that holds itself": both(
        f'<!DOCTYPE rss [<!ENTITY a "&b;"><!ENTITY b "&a;">]>{TEXT.format("&a;")}', "&a;"
    ),
    "one that nobody declared": both(TEXT.format("a &nbsp; b &copy; &unknown;"), "a b © &unknown;"),
}

TOO_LONG = "The document holds a tag longer than anything that is meant."
TOO_MANY = "The document holds an element with hundreds of attributes."
TOO_MANY_SPACES = "The document uses more namespaces than anything that is meant."

BOMBS: dict[str, Case] = {
    "elements within elements": both(TEXT.format("<b>" * 50_000 + "</b>" * 50_000), ""),
    "HTML within HTML": both(TEXT.format("&lt;b&gt;" * 40_000 + "x" + "&lt;/b&gt;" * 40_000), "x"),
    "angle brackets": both(TEXT.format("&lt;" * 200_000), "<" * 200_000),
    "a tag without an end": both(TEXT.format("&lt;a href=" + " " * 200_000), ""),
    "comments without an end": both(TEXT.format("&lt;!--" * 50_000), ""),
    "comments": both("<!-- x -->" * 50_000 + TEXT.format("x"), "x"),
    "a hundred thousand attributes": is_none(
        TITLE.format(f"<b {' '.join(f'a{n}=1' for n in range(90_000))}/>"), "unreadable", TOO_LONG
    ),
    "three hundred attributes": is_none(
        "<rss><channel " + " ".join(f"a{n}='1'" for n in range(300)) + "/></rss>",
        "unreadable",
        TOO_MANY,
    ),
    "a thousand namespaces": is_none(f"<rss{SPACES}/>", "unreadable", TOO_MANY_SPACES),
    "a title of twenty megabytes": reads(TITLE.format("A" * 20_000_000), "A" * 1000, limits=HUGE),
    "twenty thousand categories": both(RSS.format("<category>c</category>" * 20_000), ""),
    "a date of megabytes": reads(
        RSS.format(f"<pubDate>{'1 ' * 200_000}</pubDate>"), None, shows="published"
    ),
    "an author of megabytes": reads(
        RSS.format(f"<author>{'a.' * 200_000}</author>"), "a." * 500, shows="author"
    ),
    "a thousand items": reads(
        f"<rss><channel>{'<item><title>x</title></item>' * 1_000}</channel></rss>", "x"
    ),
}

SLOVENE = "<rss><channel><item><title>Občina Žiri: čiščenje</title></item></channel></rss>"
GERMAN = "<rss><channel><item><title>Straße über Öd</title></item></channel></rss>"
GOT, SEEN = "Občina Žiri: čiščenje", "Straße über Öd"


def said(text: str, charset: str, prolog: str = "", header: str = "") -> Answer:
    first = f"<?xml version='1.0' encoding='{prolog}'?>" if prolog else ""
    stated = {"Content-Type": f"application/xml; charset={header}"} if header else {}
    return Answer((first + text).encode(charset), headers=stated)


CHARSETS: dict[str, Case] = {
    "windows-1250 by its prolog": reads(said(SLOVENE, "cp1250", "windows-1250"), GOT),
    "windows-1250 by its header": reads(said(SLOVENE, "cp1250", "", "windows-1250"), GOT),
    "iso-8859-2": reads(said(SLOVENE, "iso-8859-2", "ISO-8859-2"), GOT),
    "UTF-8 without a word": reads(said(SLOVENE, "utf-8"), GOT),
    "UTF-8 with a BOM": reads(said(SLOVENE, "utf-8-sig", "utf-8"), GOT),
    "UTF-16": reads(said(SLOVENE, "utf-16", "utf-16"), GOT),
    "UTF-16 without a BOM": reads(said(SLOVENE, "utf-16-le"), GOT),
    "UTF-32": reads(said(SLOVENE, "utf-32"), GOT),
    "Latin-1 that says UTF-8": reads(said(GERMAN, "latin-1", "utf-8"), SEEN),
    "UTF-8 that says Latin-1": reads(said(GERMAN, "utf-8", "iso-8859-1"), SEEN),
    "UTF-8 that its header calls Latin-1": reads(
        said(GERMAN, "utf-8", "utf-8", "iso-8859-1"), SEEN
    ),
    "Latin-1 that its header calls UTF-8": reads(
        said(GERMAN, "latin-1", "iso-8859-1", "utf-8"), SEEN
    ),
    "a charset that nobody has": reads(said(GERMAN, "utf-8", "x-none", "x-none"), SEEN),
    "a charset that is a codec": reads(said(GERMAN, "utf-8", "hex", "rot13"), SEEN),
    "UTF-7": reads(said(TITLE.format("+ADw-script+AD4-"), "ascii", "utf-7"), "+ADw-script+AD4-"),
    "half a character": reads(
        TITLE.format("č" * 100).encode().replace(b"\xc4\x8d", b"\xc4", 1), "\ufffd" + "č" * 99
    ),
    "control characters": reads(TITLE.format("a\x00b\x01c\x1b[31md\x7f\x85e"), "abc[31md…e"),
    "controls as references": reads(
        TITLE.format("a&#0;b&#1;c&#27;d&#x7f;e"), "a\ufffdb\ufffdc\ufffdde"
    ),
    "surrogates and beyond": reads(
        TITLE.format("a&#xD800;b&#x110000;c&#xFFFF;d"), "a\ufffdb\ufffdc\ufffdd"
    ),
}

BROKENNESS: dict[str, Case] = {
    "cut in the middle": reads(
        RSS.format("<description>text</descr")[:-30], "ok", error=BREAKS_OFF, etag=None
    ),
    "cut after an item": reads(
        RSS.format("").replace("</channel></rss>", ""), "ok", error=BREAKS_OFF, etag=None
    ),
    "bare ampersands": both(TEXT.format("Wald & Wiese &amp; Feld"), "Wald & Wiese & Feld"),
    "nothing before the prolog, but a warning": reads(
        "<br />\n<b>Warning</b>: x<br /><?xml version='1.0'?>" + RSS.format(""), "ok"
    ),
    "two documents": reads(RSS.format("") + RSS.format("").replace("ok", "two"), "two", "ok"),
    "tags in each other's way": both(TEXT.format("<b><i>x</b></i>"), "x"),
    "an item in an item": reads(RSS.format("<item><title>in</title></item>"), "in", "ok"),
    "items without a channel": reads("<rss><item><title>x</title></item></rss>", "x"),
    "an Atom entry in RSS": reads(
        RSS.format("").replace(
            "</channel>",
            "<entry xmlns='http://www.w3.org/2005/Atom'><title>e</title></entry></channel>",
        ),
        "e",
        "ok",
    ),
    "names in capitals": reads(TITLE.format("x").upper().replace("X", "x"), "x"),
    "comments only": is_none("<!--" * 100_000, "unreadable", BROKEN),
    "JSON items that are none": reads(
        '{"version": "https://jsonfeed.org/version/1.1", "items": [1, null, [], {"id": "1", "title": "ok"}]}',
        "ok",
        error="3 items could not be read.",
    ),
}
