"""What comes of ids and contents that change from visit to visit."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count

from feeds.tables import Entry, EntryVersion
from tests.feeds import strangers
from tests.feeds.origin import Answer, Origin
from tests.feeds.polling.hostile.visiting import HOUR, NOW, base, source_at, visit

_numbers = count()
MEETING = "Sitzung des Gemeinderates von Musterdorf am Montag"
TEXTS = {
    "a": "Sitzung des Gemeinderates am Montag im Rathaus",
    "b": "Sperre der Bergstrasse wegen Steinschlag bis Freitag",
    "c": "Neue Kurse der Musikschule beginnen im Herbst",
    "d": "Das Wasserwerk tauscht die Leitungen der Unteren Gasse",
}


@dataclass(frozen=True, slots=True)
class Told:
    """`visits`: outcome, new, changed, same. `kept` are the titles in the end, `versions` those of
    all entries together.
    """

    visits: tuple[str, ...]
    kept: tuple[str, ...]
    versions: int


@dataclass(frozen=True, slots=True)
class Story:
    """Documents, one an hour, and what comes of them."""

    documents: tuple[Answer, ...]
    expected: Told


def item(title: str, *, guid: str = "", link: str = "", text: str = "", date: str = "") -> str:
    parts = {"link": link, "pubDate": date, "description": text or TEXTS[title[0]]}
    inside = "".join(f"<{name}>{part}</{name}>" for name, part in parts.items() if part)
    inside += f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    return f"<item><title>{title}</title>{inside}</item>"


def rss(*items: str) -> Answer:
    channel = f"<channel><title>t</title>{''.join(items)}</channel>"
    return Answer(f"<rss version='2.0'>{channel}</rss>".encode())


# The id of the last item is there, and the end of its text is not.
CUT = rss(item("a", guid="1")).body.removesuffix(b"</channel></rss>") + (
    b"<item><title>c</title><guid isPermaLink='false'>3</guid><description>Neue Kurse der Mu"
)


def atom(*items: tuple[str, str]) -> Answer:
    entries = "".join(
        f"<entry><title>{title}</title><id>{guid}</id><content>{TEXTS[title[0]]}</content></entry>"
        for title, guid in items
    )
    return Answer(f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>".encode())


def story(*visits: tuple[Answer, str], kept: str, versions: int) -> Story:
    documents, ended = zip(*visits, strict=True)
    return Story(documents, Told(ended, tuple(kept.split(", ")), versions))


def odd(guid: str) -> Story:
    """An id like any other: it names its item, and that only."""
    both = item("a", guid=guid), item("b", guid=f"{guid}2")
    return story(
        (rss(*both), "fetched 2 0 0"),
        (rss(both[1], item("a", guid=guid, text="Anders")), "fetched 0 1 1"),
        kept="b, a",
        versions=3,
    )


A, B, C, D = (item(each, guid=each) for each in "abcd")
HTTP = "http://www.musterdorf.example/{}"
TAG = "tag:musterdorf.example,2026:{}"
LONG = "x" * 100_000

IDS: dict[str, Story] = {
    **{
        f"id {guid[:20]}": odd(guid)
        for guid in (
            "__proto__",
            "constructor",
            "null",
            "0",
            "'; DROP TABLE entry; --",
            "1 OR 1=1",
            "{}",
            "%s",
            "../../etc/passwd",
            "\\",
            "\U0001f600",
            "občina",
            LONG,
        )
    },
    "the same for all": story(
        (rss(*(item(each, guid="x") for each in "abc")), "fetched 3 0 0"),
        (rss(*(item(each, guid="x") for each in "cab")), "fetched 0 0 3"),
        kept="c, b, a",
        versions=3,
    ),
    "the same link for all": story(
        (rss(*(item(each, link=HTTP.format("news")) for each in "abc")), "fetched 3 0 0"),
        (rss(*(item(each, link=HTTP.format("news")) for each in "cab")), "fetched 0 0 3"),
        kept="c, b, a",
        versions=3,
    ),
    "the same item twice": story(
        (rss(A, A), "fetched 1 0 0"), (rss(A, A, A), "fetched 0 0 3"), kept="a", versions=1
    ),
    "another at every visit": story(
        *(
            (
                rss(item("a", guid=f"s{n}", link=HTTP.format("a"))),
                f"fetched {int(n == 0)} 0 {int(n > 0)}",
            )
            for n in range(4)
        ),
        kept="a",
        versions=1,
    ),
    "another at every visit, without a link": story(
        *(
            (
                rss(item(MEETING, guid=f"s{n}", text=TEXTS["a"])),
                f"fetched {int(n == 0)} 0 {int(n > 0)}",
            )
            for n in range(4)
        ),
        kept=MEETING,
        versions=1,
    ),
    "large and small letters": story(
        (rss(item("a", guid="Ab"), item("b", guid="aB")), "fetched 2 0 0"),
        (rss(item("b", guid="aB"), item("a", guid="Ab")), "fetched 0 0 2"),
        kept="b, a",
        versions=2,
    ),
    "long ones that differ in the end": story(
        (rss(item("a", guid=f"{LONG}1"), item("b", guid=f"{LONG}2")), "fetched 2 0 0"),
        (rss(item("b", guid=f"{LONG}2"), item("a", guid=f"{LONG}1")), "fetched 0 0 2"),
        kept="b, a",
        versions=2,
    ),
    "spaces around": story(
        (rss(item("a", guid="x")), "fetched 1 0 0"),
        (rss(item("a", guid=" \n x ")), "fetched 0 0 1"),
        kept="a",
        versions=1,
    ),
    "none, but a link": story(
        (rss(item("a", link=HTTP.format("a"))), "fetched 1 0 0"),
        (rss(item("a", link=HTTP.format("a"), text="Anders")), "fetched 0 1 0"),
        kept="a",
        versions=2,
    ),
    "neither id nor link": story(
        (rss(item("a"), item("b")), "fetched 2 0 0"),
        (rss(item("c"), item("a"), item("b")), "fetched 1 0 2"),
        kept="b, a, c",
        versions=3,
    ),
    "given to another item": story(
        (rss(item("a", guid="x", link=HTTP.format("a"))), "fetched 1 0 0"),
        (rss(item("b", guid="x", link=HTTP.format("b"))), "fetched 1 0 0"),
        kept="a, b",
        versions=2,
    ),
    "now Atom": story(
        (rss(item("a", guid=TAG.format("a")), item("b", guid=TAG.format("b"))), "fetched 2 0 0"),
        (atom(("a", TAG.format("a")), ("b", TAG.format("b"))), "fetched 0 0 2"),
        kept="b, a",
        versions=2,
    ),
}

LOGIN = Answer(strangers.LOGIN["de"].encode())

CHANGES: dict[str, Story] = {
    "a text": story(
        (rss(A, B), "fetched 2 0 0"),
        (rss(item("a", guid="a", text="Anders"), B), "fetched 0 1 1"),
        kept="b, a",
        versions=3,
    ),
    "a title": story(
        (rss(A), "fetched 1 0 0"),
        (rss(item("a2", guid="a")), "fetched 0 1 0"),
        kept="a2",
        versions=2,
    ),
    "a link": story(
        (rss(item("a", guid="a", link=HTTP.format("a"))), "fetched 1 0 0"),
        (rss(item("a", guid="a", link=HTTP.format("b"))), "fetched 0 1 0"),
        kept="a",
        versions=2,
    ),
    "there and back": story(
        (rss(A), "fetched 1 0 0"),
        (rss(item("a", guid="a", text="Anders")), "fetched 0 1 0"),
        (rss(A), "fetched 0 1 0"),
        kept="a",
        versions=3,
    ),
    "only a date": story(
        (rss(item("a", guid="a", date="Mon, 02 Nov 2026 08:00:00 GMT")), "fetched 1 0 0"),
        (rss(item("a", guid="a", date="Tue, 03 Nov 2026 08:00:00 GMT")), "fetched 0 0 1"),
        kept="a",
        versions=1,
    ),
    "only http to https": story(
        (rss(item("a", link=HTTP.format("a"))), "fetched 1 0 0"),
        (rss(item("a", link=HTTP.format("a").replace("http:", "https:"))), "fetched 0 0 1"),
        kept="a",
        versions=1,
    ),
    "only the order": story(
        (rss(A, B, C), "fetched 3 0 0"),
        (rss(C, A, B), "fetched 0 0 3"),
        (rss(B, C, A), "fetched 0 0 3"),
        kept="c, b, a",
        versions=3,
    ),
    "one is removed, and comes back": story(
        (rss(A, B), "fetched 2 0 0"),
        (rss(A), "fetched 0 0 1"),
        (rss(A, B), "fetched 0 0 2"),
        kept="b, a",
        versions=2,
    ),
    "one is put in front": story(
        (rss(A, B), "fetched 2 0 0"), (rss(C, A, B), "fetched 1 0 2"), kept="b, a, c", versions=3
    ),
    "one is put behind": story(
        (rss(A, B), "fetched 2 0 0"), (rss(A, B, C), "fetched 1 0 2"), kept="b, a, c", versions=3
    ),
    "all are others": story(
        (rss(A, B), "fetched 2 0 0"), (rss(C, D), "fetched 2 0 0"), kept="b, a, d, c", versions=4
    ),
    "emptied, and filled again": story(
        (rss(A, B), "fetched 2 0 0"),
        (rss(), "empty 0 0 0"),
        (rss(A, B), "unchanged 0 0 0"),
        kept="b, a",
        versions=2,
    ),
    "cut, and whole again": story(
        (rss(A, B, C), "fetched 3 0 0"),
        (Answer(rss(A, B, C).body.partition(B.encode())[0]), "fetched 0 0 1"),
        (rss(A, B, C), "fetched 0 0 3"),
        kept="c, b, a",
        versions=3,
    ),
    "cut inside an item, and whole again": story(
        (rss(item("a", guid="1"), item("c", guid="3")), "fetched 2 0 0"),
        (Answer(CUT), "fetched 0 0 2"),
        (rss(item("a", guid="1"), item("c", guid="3")), "fetched 0 0 2"),
        kept="c, a",
        versions=2,
    ),
    "a login page for an hour": story(
        (rss(A), "fetched 1 0 0"),
        (LOGIN, "login 0 0 0"),
        (rss(A), "unchanged 0 0 0"),
        kept="a",
        versions=1,
    ),
    "an error for an hour": story(
        (rss(A), "fetched 1 0 0"),
        (Answer(rss(B).body, status=500), "failed 0 0 0"),
        (rss(A), "unchanged 0 0 0"),
        kept="a",
        versions=1,
    ),
    "nothing for an hour": story(
        (rss(A), "fetched 1 0 0"),
        (Answer(), "empty 0 0 0"),
        (rss(A), "unchanged 0 0 0"),
        kept="a",
        versions=1,
    ),
}


async def told(story: Story, origin: Origin) -> Told:
    path = f"/story/{next(_numbers)}"
    source = await source_at(base(origin) + path)
    visits = []
    for hours, answer in enumerate(story.documents):
        # As long as the server knows best: every answer has an ETag, and always another.
        origin.at(path, replace(answer, headers={"ETag": f'"{hours}"'}))
        result = await visit(source, now=NOW + hours * HOUR)
        visits.append(f"{result.outcome} {result.new} {result.changed} {result.same}")
    rows = await Entry.select(Entry.title).where(Entry.source == source).order_by(Entry.id)
    versions = await EntryVersion.count().where(EntryVersion.entry.source == source)
    return Told(tuple(visits), tuple(str(row["title"]) for row in rows), versions)


async def told_all(stories: Mapping[str, Story], origin: Origin) -> dict[str, Told]:
    return {name: await told(each, origin) for name, each in stories.items()}
