"""What reading a text costs, beside parsing the item that it comes in."""

from html import escape

import feedparser

from feeds.reading import read
from tests.benchmarks.ground import NOW, Ground
from tests.benchmarks.measuring import Row, side_by_side
from tests.benchmarks.samples import LANGUAGES, text

TEXTS = 100


async def run(ground: Ground) -> list[Row]:
    texts = [(LANGUAGES[each % len(LANGUAGES)], text(each, 2000)) for each in range(TEXTS)]
    documents = [
        f"<rss version='2.0'><channel><item><description>{escape(said)}</description></item>"
        "</channel></rss>"
        for _, said in texts
    ]

    async def told() -> None:
        for language, said in texts:
            read(said, language=language, published=NOW)

    async def untold() -> None:
        for _, said in texts:
            read(said, language=None, published=NOW)

    async def parsed() -> None:
        for document in documents:
            feedparser.parse(document)

    against = "feedparser, one item with that text"
    return [
        await side_by_side(name, work, parsed, against=against, rounds=ground.rounds, each=TEXTS)
        for name, work in (
            ("read 2 kB, language declared", told),
            ("read 2 kB, language to be found", untold),
        )
    ]
