"""Dates, links, and code where text should be."""

from tests.feeds.parsing.test_feed_hostile import PAYLOADS
from tests.feeds.polling.hostile.documents import RSS, TITLE
from tests.feeds.polling.hostile.visiting import Case, reads


def dated(stated: str, published: str | None) -> Case:
    return reads(RSS.format(f"<pubDate>{stated}</pubDate>"), published, shows="published")


DATES: dict[str, Case] = {
    "a good one": dated("Mon, 23 Nov 2026 09:00:00 +0100", "2026-11-23T08:00:00+00:00"),
    "none": dated("", None),
    "a word": dated("gestern", None),
    "the 31st of February": dated("Tue, 31 Feb 2026 10:00:00 GMT", None),
    "the 25th hour": dated("Mon, 23 Nov 2026 25:61:61 GMT", None),
    "the year 0": dated("0000-00-00T00:00:00Z", None),
    "the year 9999": dated("9999-12-31T23:59:59Z", None),
    "the year 99999": dated("99999-12-31T23:59:59Z", None),
    "two weeks ahead": dated("Mon, 07 Dec 2026 09:00:00 GMT", "2026-12-07T09:00:00+00:00"),
    "ten years ahead": dated("Mon, 07 Dec 2036 09:00:00 GMT", "2036-12-07T09:00:00+00:00"),
    "a leap second": dated("Sat, 31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59+00:00"),
    "a named zone": dated("Mon, 23 Nov 2026 09:00:00 CET", "2026-11-23T08:00:00+00:00"),
    "summer time": dated("Mon, 22 Jun 2026 09:00:00 CEST", "2026-06-22T07:00:00+00:00"),
    "a zone that nobody knows": dated("Mon, 23 Nov 2026 09:00:00 XYZ", "2026-11-23T08:00:00+00:00"),
    "no zone": dated("2026-11-23T09:00:00", "2026-11-23T08:00:00+00:00"),
    "the hour that does not exist": dated("2026-03-29T02:30:00", "2026-03-29T01:30:00+00:00"),
    "the hour that exists twice": dated("2026-10-25T02:30:00", "2026-10-25T00:30:00+00:00"),
    "in words of another language": dated(
        "Mo, 23 Nov 2026 09:00:00 +0100", "2026-11-23T08:00:00+00:00"
    ),
    "seconds since 1970": dated("1795422000", None),
    "the wrong weekday": dated("Fri, 23 Nov 2026 09:00:00 GMT", "2026-11-23T09:00:00+00:00"),
}


def linked(link: str, address: str = "") -> Case:
    everywhere = (
        f"<link>{link}</link><comments>{link}</comments><enclosure url='{link}' type='text/html'/>"
        f"<source url='{link}'>s</source>"
        f"<description>&lt;a href='{link}'&gt;x&lt;/a&gt;</description>"
    )
    html = '<a rel="noopener noreferrer nofollow">x</a>'
    return reads(RSS.format(everywhere), (address, "[]", html), shows="address enclosures html")


LINKS: dict[str, Case] = {
    each: linked(each)
    for each in (
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java&#9;script:alert(1)",
        "javascript://www.musterdorf.example/%0aalert(1)",
        "data:text/html,alert(1)",
        "vbscript:alert(1)",
        "file:///etc/passwd",
        "blob:https://www.musterdorf.example/1",
        "view-source:https://www.musterdorf.example/",
        "ms-settings:privacy",
        "http://[::1",
    )
}

# Title and author are plain text, shown escaped; what stands in a text is shown as it is.
NOTHING = ("", "", "")
LINK = ("x", "x", '<a rel="noopener noreferrer nofollow">x</a>')
KEPT: dict[str, tuple[str, str, str]] = {
    "<!--><img src=x onerror=alert(1)>-->": ("-->", "-->", "--&gt;"),
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>": ("'>", "'>", "'&gt;"),
    "<p style='background:url(javascript:alert(1))' onmouseover=alert(1)>x</p>": (
        "x",
        "x",
        "<p>x</p>",
    ),
    "<details open ontoggle=alert(1)>x</details>": ("x", "x", "x"),
    "<marquee onstart=alert(1)>x</marquee>": ("x", "x", "x"),
    "<xmp><p title='</xmp><svg/onload=alert(1)>'></xmp>": (
        "<p title=''>",
        "<p title=''>",
        "&lt;p title='",
    ),
    "<scr<script>ipt>alert(1)</scr</script>ipt>": (
        "ipt>alert(1)ipt>",
        "ipt>alert(1)ipt>",
        "ipt&gt;alert(1)ipt&gt;",
    ),
}


def everywhere(payload: str, kept: tuple[str, str, str]) -> Case:
    inside = f"<![CDATA[{payload}]]>"
    names = ("title", "description", "author")
    items = "".join(f"<{name}>{inside}</{name}>" for name in names)
    body = (
        f"<rss version='2.0'><channel><title>{inside}</title><item>{items}</item></channel></rss>"
    )
    return reads(body, kept, shows="title author html")


HTML: dict[str, Case] = {
    payload: everywhere(payload, KEPT.get(payload, LINK if payload.startswith("<a ") else NOTHING))
    for payload in PAYLOADS
}


def titled(title: str) -> Case:
    return reads(TITLE.format(title), title)


INJECTIONS: dict[str, Case] = {
    **{
        each: titled(each)
        for each in (
            "{{ 7 * 7 }}{% include '/etc/passwd' %}${7*7}#{7*7}",
            "{0.__class__.__mro__} %s %(now)s %n",
            "=cmd|' /C calc'!A0",
            "+1+1",
            "@SUM(A1:A9)",
            "-2+3",
            "'; DROP TABLE entry; --",
            "../../../../etc/passwd",
            "..\\..\\windows\\win.ini",
            "${jndi:ldap://127.0.0.1/x}",
            "$(reboot) `reboot` | reboot",
        )
    },
    "a mail header": reads(
        TITLE.format("Meldung&#13;&#10;Bcc: eva@musterdorf.example&#13;&#10;&#13;&#10;x"),
        "Meldung Bcc: eva@musterdorf.example x",
    ),
    "lines of a log": reads(
        TITLE.format("Meldung\n2026-11-23 ERROR x\r\u2028y\u0085z"),
        "Meldung 2026-11-23 ERROR x y…z",
    ),
    "colours of a terminal": reads(TITLE.format("a&#27;[2Jb\x1b]0;x\x07c"), "a\ufffd[2Jb]0;xc"),
}
