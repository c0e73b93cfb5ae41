"""Statuses, and who answers where a feed was."""

from tests.feeds import strangers
from tests.feeds.origin import Answer
from tests.feeds.polling.hostile.visiting import (
    GOOD,
    UNKNOWN_RHYTHM,
    Case,
    Seen,
    fails,
    is_none,
    reads,
)

FEED = GOOD.encode()
BUSY = "The server is busy or being repaired."
OFTEN = "The server asks us to come less often."


def status(number: int, wait: str = "") -> Answer:
    """A feed all the same."""
    return Answer(FEED, status=number, headers={"Retry-After": wait} if wait else {})


def error(number: int, sentence: str = "") -> Case:
    said = sentence or f"The server answers with error {number}."
    return fails(status(number), "status", said, status=number)


def pause(number: int, wait: str, minutes: float, reason: str = "failed once") -> Case:
    sentence, problem = (OFTEN if number == 429 else BUSY), "limited"
    if number not in (429, 503):
        sentence, problem = f"The server answers with error {number}.", "status"
    return fails(
        status(number, wait), problem, sentence, status=number, minutes=minutes, reason=reason
    )


ASKED = "the server asked for a pause: {}"
WEEK = 7 * 24 * 60

STATUSES: dict[str, Case] = {
    "200 and a Retry-After": reads(status(200, "9999"), "Good again"),
    "204": error(204, "The server answers without content."),
    "205": error(205),
    "206": error(206, "The server sent only a part of the document."),
    "300": error(300),
    "304 that nobody asked for": error(
        304, "The server says that nothing has changed, although we know nothing yet."
    ),
    "400": error(400),
    "401": error(401, "The server wants a password."),
    "402": error(402),
    "403": error(403, "The server refuses to show this to us."),
    "404": error(404, "There is nothing at this address."),
    "405": error(405),
    "418": error(418),
    "451": error(451, "The server may not show this for legal reasons."),
    "500": error(500),
    "502": error(502),
    "520": error(520),
    "999": error(999),
    "410": Case(
        {"": status(410)},
        Seen(
            "gone 410 gone",
            "The server says that this is gone for good.",
            (),
            None,
            5,
            "failed once",
            "busy 0",
        ),
    ),
    "429": pause(429, "", 5),
    "429 for an hour": pause(429, "3600", 60, ASKED.format("60 min")),
    "429 until a time": pause(429, "Mon, 23 Nov 2026 10:40:00 GMT", 120, ASKED.format("2 h")),
    "429 for a part of a second": pause(429, "0.5", 5),
    "429 for ever": pause(429, "9" * 400, WEEK, ASKED.format("7 days")),
    "429 until the end of time": pause(
        429, "Fri, 31 Dec 9999 23:59:59 GMT", WEEK, ASKED.format("7 days")
    ),
    "503 for nothing": pause(503, "0", 5),
    "503 for less than nothing": pause(503, "-3600", 5),
    "503 until the past": pause(503, "Mon, 23 Nov 2020 10:40:00 GMT", 5),
    "503 soon": pause(503, "soon", 5),
    "503 in another writing": pause(503, "٣٦٠٠".encode().decode("latin-1"), 5),
    "503 for 1e9": pause(503, "1e9", 5),
    "503 until a day that is none": pause(503, "Mon, 99 Nov 2026 99:99:99 GMT", 5),
    "500 for an hour": pause(500, "3600", 60, ASKED.format("60 min")),
}

BROKEN = "The document is broken XML, and nothing in it can be read."
NO_JSON = "The answer looks like JSON and cannot be read."

STRANGERS: dict[str, Case] = {
    "a challenge": is_none(
        strangers.BLOCKED["cloudflare challenge"],
        "blocked",
        "A wall of Cloudflare against robots answers for the source («Just a moment...»).",
    ),
    "a block page": is_none(
        strangers.BLOCKED["de"], "blocked", "The source refuses to answer («Zugriff verweigert»)."
    ),
    "a rate limit that says 200": is_none(
        strangers.BLOCKED["rate, en"], "blocked", "The source says that we ask too often («429»)."
    ),
    "a login page": is_none(
        strangers.LOGIN["de"], "login", "The source asks for a login («Anmeldung»)."
    ),
    "a login in JSON": is_none(
        strangers.LOGIN["json key"], "login", "The source wants a login or a key: «Unauthorized»."
    ),
    "a cookie wall": is_none(
        strangers.CONSENT["de"],
        "login",
        "The source asks for consent to cookies before it shows anything («Cookies»).",
    ),
    "an empty shell": is_none(
        strangers.SHELL["react"],
        "shell",
        "The answer is an empty page that only JavaScript would fill («Musterdorf»).",
    ),
    "a page": is_none(
        strangers.PAGE["long, with scripts"],
        "page",
        "The answer is a web page («Musterdorf»), not a feed.",
    ),
    "a page about a fault": is_none(
        strangers.PAGE["maintenance, fr"],
        "page",
        "The answer is a web page («Maintenance»), not a feed.",
    ),
    "nothing": is_none(b"", "empty", "The answer was empty.", minutes=60, reason=UNKNOWN_RHYTHM),
    "only spaces": is_none(
        b" \r\n\t", "empty", "The answer was empty.", minutes=60, reason=UNKNOWN_RHYTHM
    ),
    "only NULs": is_none(
        bytes(1000), "empty", "The answer was empty.", minutes=60, reason=UNKNOWN_RHYTHM
    ),
    "only a BOM": is_none(b"\xef\xbb\xbf", "unreadable", BROKEN),
    "text": is_none(b"OK", "unreadable", BROKEN),
    "an error in words": is_none(
        b"Internal error, see the log.",
        "unreadable",
        "The source answered with plain text: «Internal error, see the log.».",
    ),
    "an error in XML": is_none(
        "<Error><Message>No such bucket</Message></Error>",
        "unreadable",
        "The source answered with an error: «No such bucket».",
    ),
    "half of JSON": is_none(
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [', "unreadable", NO_JSON
    ),
    "JSON that is no feed": is_none(
        b"[1, 2, 3]", "unreadable", "The answer is JSON, but no JSON Feed: it has no list of items."
    ),
    "deep JSON": is_none(b"[" * 100_000, "unreadable", NO_JSON),
    "a PDF": is_none(b"%PDF-1.7 ...", "unreadable", "The answer is a PDF document, not a feed."),
    "a picture": is_none(
        b"\x89PNG\r\n\x1a\n", "unreadable", "The answer is a picture, not a feed."
    ),
    "random bytes": is_none(bytes(range(256)) * 40, "unreadable", BROKEN),
    "an SVG": is_none(
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "unreadable",
        "The answer is XML, but no feed: its outermost element is <svg>.",
    ),
    "a feed that never began": is_none("<?xml version='1.0'?>", "unreadable", BROKEN),
    "a calendar": is_none("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "unreadable", BROKEN),
    "a channel without items": reads(
        "<rss version='2.0'><channel><title>t</title></channel></rss>"
    ),
}
