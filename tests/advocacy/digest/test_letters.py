"""The letter itself: its subject, its size, its headers, its two parts."""

from datetime import date, datetime, timedelta
from html import unescape

import pytest

from advocacy import texts
from advocacy.digest import mails
from advocacy.digest.happenings import Happening, What
from advocacy.digest.inbox import Inbox, RuleActed, WaitingEntry
from advocacy.digest.notices import Announced, Event
from advocacy.digest.queries import Block, Digest
from advocacy.digest.reading import Ahead, Matter
from advocacy.digest.rules import BEGINNING, Due, Kind, Outage, Span
from advocacy.mail.letters import Written
from advocacy.overview.health import watched
from advocacy.overview.rules import Need
from advocacy.people.tables import Person
from feeds.health import sources_with_health
from tests.advocacy.digest.telling import DAY, all_due, broken
from tests.characters import ana

pytestmark = pytest.mark.anyio

ZONE = "Europe/Brussels"
LONG = "Verkehrsprotokoll und Straßengüterverkehr über die Alpen: Änderung der Wegekosten " * 4
LARGEST = 30_000  # bytes of HTML
LEFT_OUT = (2, 24, 993, 44, 25, 15)
"""Of needs, lines, blocks, meetings, rules and outages, sources."""


def block(now: datetime, number: int) -> Block:
    matter = Matter(number, f"2026-{number:03}", LONG, "de", "AT")
    deadlines = tuple(
        Ahead(each, matter, now + 9 * DAY, ZONE, "day", now) for each in range(9)
    )  # fmt: skip
    moved = Happening(
        What.MOVED, now, closes=now + DAY, zone=ZONE, before=now - DAY, zone_before=ZONE
    )
    return Block(matter, deadlines[: 1 + number % 2], (moved,) * 30, announced=True)


async def everything(now: datetime) -> Digest:
    for number in range(20):
        await broken(now, "blocked", hours=9, name=f"{LONG[:120]} {number}")
    rows = [watched(each, now=now) for each in await sources_with_health(now=now)]
    day = (now + 8 * DAY).date()
    meeting = Announced(
        Event.MEETING, now + 8 * DAY, ZONE, LONG, "de", "https://body.example/meeting",
        place="Bolzano", days=(day, day), documents_until=date(2026, 11, 30),
    )  # fmt: skip
    entry = WaitingEntry(7, LONG, "de", LONG[:120], now + DAY, ZONE)
    return Digest(
        needs=[Need("Confirm the deadline", LONG, "de", LONG[:120], "/d/1", now + DAY, ZONE)] * 9,
        blocks=[block(now, number) for number in range(1000)],
        ahead=[meeting] * 50,
        inbox=Inbox(1_000, (entry,) * 5, (RuleActed("Novice", '["tek", "šport"]', 12),) * 30),
        sources=rows,
        outages=[Outage(now, now + DAY)] * 30,
    )


def written(who: Person, news: Digest, now: datetime, due: Due | None = None) -> Written:
    return mails.digest(who, news, due or all_due(now), now=now)


@pytest.mark.parametrize("language", texts.LANGUAGES)
async def test_the_largest_letter_stays_small_and_counts_what_it_leaves_out(
    db: str, now: datetime, language: str
):
    who = await ana(now)
    who.language = language
    letter = written(who, await everything(now), now)
    assert len(letter.html.encode()) <= LARGEST
    with texts.speaking(language):
        said = [texts.gettext("And further: %(number)s") % {"number": left} for left in LEFT_OUT]
    assert [each in letter.text for each in said] == [True] * len(LEFT_OUT)
    assert len(letter.subject) <= mails.SUBJECT
    assert letter.subject.endswith("[2026-000]")


@pytest.mark.parametrize("language", texts.LANGUAGES)
async def test_every_subject_is_short_and_says_the_most_urgent_first(
    db: str, now: datetime, language: str
):
    whole = await everything(now)
    inbox = whole.inbox
    some = [
        Digest(blocks=whole.blocks[:1]),
        Digest(ahead=whole.ahead),
        Digest(sources=whole.sources),
        Digest(inbox=inbox),
        Digest(blocks=[Block(whole.blocks[0].matter, (), (Happening(What.OPENED, now),), False)]),
        Digest(inbox=Inbox(rules=inbox.rules)),
        Digest(outages=whole.outages),
    ]
    with texts.speaking(language):
        subjects = [mails.subject_of(each) for each in some]
    assert [len(each) <= mails.SUBJECT for each in subjects] == [True] * len(some)
    assert len(set(subjects)) == len(some)


async def test_what_stands_in_one_part_stands_in_the_other(db: str, now: datetime):
    who = await ana(now)
    who.language = "en"
    letter = written(who, await everything(now), now)
    for part in (letter.text, letter.html):
        for word in (
            "Confirm the deadline",
            "Deadline moved:",
            "Meeting: Tuesday, 1 December 2026",
            "Documents until: 30 Nov 2026",
            "1000 new entries wait",
            "12 entries put aside as not ours – Novice · “tek”, “šport”",
            "we are blocked",
            "This was our outage",
        ):
            assert word in part
    assert 'lang="de"' in letter.html
    assert "<script" not in letter.html
    assert "<img" not in letter.html


async def test_french_keeps_the_colon_of_what_needs_somebody_apart(db: str, now: datetime):
    who = await ana(now)
    who.language = "fr"
    letter = written(who, await everything(now), now)
    assert "\n* Confirm the deadline\N{NO-BREAK SPACE}: " in letter.text
    assert "Confirm the deadline\N{NO-BREAK SPACE}:</a> " in unescape(letter.html)


async def test_a_letter_has_one_key_for_what_it_tells_and_another_for_the_next(
    db: str, now: datetime
):
    who = await ana(now)
    news = Digest(blocks=[block(now, 1)])

    def key(until: datetime, *kinds: Kind) -> str:
        due = Due(dict.fromkeys(kinds, Span(BEGINNING, until)), None, at_once=True)
        return written(who, news, now, due).key

    same = key(now, Kind.INBOX)
    assert same == key(now, Kind.INBOX)
    others = {
        key(now, *OF_ALL),
        key(now, Kind.SOURCES),
        key(now + timedelta(seconds=1), Kind.INBOX),
    }
    assert len(others | {same}) == 4


OF_ALL = tuple(Kind)


async def test_a_letter_of_one_dossier_stays_with_its_other_letters(db: str, now: datetime):
    who = await ana(now)
    assert written(who, Digest(blocks=[block(now, 5)]), now).dossier == 5
    assert written(who, Digest(blocks=[block(now, 5), block(now, 6)]), now).dossier is None
