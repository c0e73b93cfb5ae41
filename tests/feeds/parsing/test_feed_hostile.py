"""What strangers may send, and what becomes of it. None of it takes long; a process guards that."""

import pytest

from feeds.parsing import Document, Parsed, feed

ADDRESS = "https://www.musterdorf.example/feeds/rss"
RSS = "<rss version='2.0'><channel><title>t</title><item><title>ok</title>{}</item></channel></rss>"
TEXT = RSS.format("<description>{}</description>")
BOMB = (
    '<!DOCTYPE rss [<!ENTITY a "lol">'
    + "".join(
        f'<!ENTITY {to} "{f"&{of};" * 10}">' for of, to in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
    + TEXT.format("&i;")
)


def read(text: str | bytes) -> Parsed:
    return feed.parse(Document(text if isinstance(text, bytes) else text.encode(), ADDRESS))


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + TEXT.format("&x;"), "&x;"),
        ('<!DOCTYPE rss [<!ENTITY x SYSTEM "http://127.0.0.1:1/">]>' + TEXT.format("&x;"), "&x;"),
        ('<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:1/">%p;]>' + TEXT.format("x"), "x"),
        ('<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd">' + TEXT.format("x"), "x"),
        (
            TEXT.format(
                '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
            ),
            "",
        ),
        ('<?xml-stylesheet href="http://127.0.0.1:1/x.xsl"?>' + TEXT.format("x"), "x"),
        (BOMB, "&i;"),
        (BOMB.encode("utf-16"), "&i;"),
        (BOMB.encode("utf-16-be"), "&i;"),
        ("<!DOCTYPE rss [" + "<!--x" * 50_000 + TEXT.format("x"), "x"),
        ("<!-- x -->" * 100_000 + TEXT.format("x"), "x"),
        (TEXT.format("a\x00b"), "ab"),
        (TEXT.format("&#xD800;b"), "\ufffdb"),
        (TEXT.format("\ue000\U0001000b"), "\ue000\U0001000b"),
        (TEXT.format("&lt;div class=ad&gt;" * 20_000 + "x"), "x"),
    ],
)
def test_what_is_smuggled_in_stays_out(body: str | bytes, shown: str) -> None:
    [entry] = read(body).entries
    assert (entry.title, entry.text) == ("ok", shown)


@pytest.mark.parametrize(
    ("body", "begins"),
    [
        (
            '<!DOCTYPE rss [<!ENTITY a "' + "A" * 50_000 + '">]>' + TEXT.format("&a;" * 50_000),
            "&a;&a;",
        ),
        (TEXT.format("<div>" * 50_000 + "</div>" * 50_000), ""),
        (TEXT.format("&lt;b&gt;" * 100_000 + "x" + "&lt;/b&gt;" * 100_000), ""),
        (TEXT.format("&lt;" * 200_000), "<<<"),
        (TEXT.format("&lt;a href=" + " " * 200_000), ""),
        (TEXT.format("&lt;!--" * 50_000), ""),
        (TEXT.format("<![CDATA[" * 50_000), ""),
        (RSS.format("<category>c</category>" * 20_000), ""),
        (RSS.format("<author>" + "a." * 50_000 + "</author>"), ""),
        (RSS.format("<pubDate>" + "1 " * 100_000 + "</pubDate>"), ""),
        (RSS.format("".join(f"<a{n}:b xmlns:a{n}='urn:{n}'/>" for n in range(4_000))), ""),
    ],
)
def test_what_is_too_much_is_cut_and_the_item_stays(body: str, begins: str) -> None:
    [entry] = read(body).entries
    assert entry.title == "ok"
    assert entry.text.startswith(begins)
    assert len(entry.received) <= 64 * 1024


def test_a_title_of_twenty_megabytes_is_cut() -> None:
    [entry] = read(
        "<rss><channel><item><title>" + "A" * 20_000_000 + "</title></item></channel></rss>"
    ).entries
    assert entry.title == "A" * 1000


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (
            "<rss><channel " + " ".join(f"a{n}='1'" for n in range(100_000)) + "/></rss>",
            "The document holds a tag longer than anything that is meant.",
        ),
        (
            "<rss><channel " + " ".join(f"a{n}='1'" for n in range(300)) + "/></rss>",
            "The document holds an element with hundreds of attributes.",
        ),
        (
            "<rss " + " ".join(f"xmlns:a{n}='urn:{n}'" for n in range(1_000)) + "/>",
            "The document uses more namespaces than anything that is meant.",
        ),
        (
            "<rss " + " ".join(f"xmlns:a{n}='urn:{n}'" for n in range(20_000)) + "/>",
            "The document holds a tag longer than anything that is meant.",
        ),
        ("<!--" * 100_000, "The document is broken XML, and nothing in it can be read."),
    ],
)
def test_what_is_only_a_bomb_is_said(body: str, problem: str) -> None:
    parsed = read(body)
    assert (parsed.problem, parsed.entries) == (problem, ())


@pytest.mark.parametrize(
    ("inside", "author"),
    [
        ("<author>" + "a." * 20_000 + "</author>", 1000),
        ("<author><![CDATA[" + "a." * 20_000 + "]]></author>", 1000),
        ("".join(f"<category>{n}</category>" for n in range(20_000)), 0),
        ("".join(f"<category term='{n}'/>" for n in range(20_000)), 0),
        ("".join(f"<dc:subject><![CDATA[{n}]]></dc:subject>" for n in range(20_000)), 0),
    ],
)
def test_broken_xml_has_no_traps_either(inside: str, author: int) -> None:
    [entry] = read(RSS.format(f"<description>x<br>y</description>{inside}")).entries
    assert (entry.title, entry.text, len(entry.author)) == ("ok", "x\ny", author)


@pytest.mark.parametrize("inside", ["<b>" * 300_000, "<![CDATA[" + "<b>" * 300_000 + "]]>"])
def test_only_markup_makes_broken_xml_too_long(inside: str) -> None:
    parsed = read(RSS.format(f"<br><description>{inside}</description>"))
    too_long = "The document is broken, and too long to be mended."
    assert parsed.problem == (None if "CDATA" in inside else too_long)
    assert len(parsed.entries) == ("CDATA" in inside)


def test_more_items_than_a_poll_takes_are_left_to_the_next() -> None:
    body = "<rss><channel>" + "<item><title>x</title></item>" * 6_000 + "</channel></rss>"
    parsed = read(body)
    assert (len(parsed.entries), parsed.left) == (feed.ITEM_LIMIT, 1_000)


PAYLOADS = (
    "<script>alert(1)</script>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<img src=x onerror=alert(1)>",
    "<IMG SRC=JaVaScRiPt:alert(1)>",
    "<a href='jAvAsCrIpT:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href=' java\tscript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:alert(1)'>x</a>",
    "<a href='blob:https://x.example/1'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<form action=https://evil.example><input autofocus onfocus=alert(1)></form>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)><embed src=javascript:alert(1)></object>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href='https://evil.example/'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<p style='background:url(javascript:alert(1))' onmouseover=alert(1)>x</p>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<template><img src=x onerror=alert(1)></template>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<select><option><img src=x onerror=alert(1)></select>",
    "<xmp><p title='</xmp><svg/onload=alert(1)>'></xmp>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<body onload=alert(1)><frameset onload=alert(1)>",
)
ACTIVE = (
    "<script",
    "<svg",
    "<img",
    "<form",
    "<iframe",
    "<meta",
    "<base",
    "<object",
    "<embed",
    "<math",
)
ACTIVE += (
    "<style",
    "<link",
    "<video",
    "<body",
    "<template",
    'href="javascript',
    'href="data:',
    "<input",
)
ACTIVE += ('href="vbscript', 'href="blob', 'href="file', "evil.example/'", '" on')


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("around", ["<![CDATA[{}]]>", "escaped"])
def test_no_payload_is_active_wherever_it_stands(payload: str, around: str) -> None:
    escaped = payload.replace("&", "&amp;").replace("<", "&lt;")
    inside = around.format(payload) if "{}" in around else escaped
    names = ("title", "description", "author", "category", "comments")
    items = "".join(f"<{name}>{inside}</{name}>" for name in names)
    body = (
        f"<rss version='2.0'><channel><title>{inside}</title><item>{items}</item></channel></rss>"
    )
    parsed = read(body)
    [entry] = parsed.entries
    shown = entry.html.lower()
    assert [active for active in ACTIVE if active in shown] == []
    # These three are plain text, shown escaped; their tags are gone nevertheless.
    assert "<script" not in (entry.title + entry.author + parsed.title).lower()


@pytest.mark.parametrize("scheme", ["javascript", "JaVaScRiPt", "data", "vbscript", "file", "blob"])
def test_no_link_leads_elsewhere_than_to_the_web(scheme: str) -> None:
    link = f"{scheme}:alert(1)"
    rss = RSS.format(
        f"<link>{link}</link><guid>{link}</guid><comments>{link}</comments>"
        f"<enclosure url='{link}' type='text/html'/><source url='{link}'>x</source>"
    )
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>ok</title>"
        f"<link href='{link}'/><link rel='enclosure' href='{link}'/></entry></feed>"
    )
    for body in (rss, atom, rss.replace("ok", "ok<br>")):
        [entry] = read(body).entries
        assert (entry.address, entry.enclosures) == ("", ())
