import asyncio
import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from advocacy.digest import actions, queries
from advocacy.digest.reading import Reading
from advocacy.digest.rules import Kind
from advocacy.digest.tables import DigestKind, DigestTold
from advocacy.dossiers.rules import Station
from advocacy.dossiers.tables import Follow
from advocacy.mail.tables import Letter
from advocacy.people.tables import Person
from advocacy.triage.rules import Decision
from advocacy.triage.tables import Triage
from tests.advocacy.digest.telling import (
    DAY,
    HOUR,
    all_due,
    broken,
    english,
    happened,
    letters,
    news,
    told,
)
from tests.advocacy.overview import matters
from tests.characters import ana, luca, maja, person, presidency
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio


async def test_who_has_nothing_to_hear_gets_no_letter_and_is_told_up_to_now(db: str, now: datetime):
    await ana(now)
    assert await actions.send_due(now) == 0
    assert await letters() == []
    assert await DigestTold.count() == 1
    assert await DigestKind.count() == len(Kind) + 1


async def test_deadlines_come_first_with_their_date_in_the_subject(db: str, now: datetime):
    who = await english(now)
    await matters.window(now, await matters.dossier(now - 30 * DAY), days=9)
    of = await matters.source(now)
    await matters.entry(now - DAY, of, "Nova uredba", deadline=now + 5 * DAY)
    assert await actions.send_due(now) == 1
    [letter] = await letters(who)
    assert letter.subject == "Deadline: 2 Dec 2026 – Großraubtiere [2026-014]"
    assert letter.text.index("DOSSIERS") < letter.text.index("INBOX")
    for each in (letter.text, letter.html):
        assert "Nova uredba" in each
        assert "/en/d/2026-014" in each
        assert "in 9 days" in each


async def test_each_hears_it_in_their_own_language(db: str, now: datetime):
    await ana(now)
    await luca(now)
    await matters.entry(now - DAY, await matters.source(now), "Nova uredba")
    await actions.send_due(now)
    assert [(each.recipient_name, each.language) for each in await letters()] == [
        ("Ana Muster", "de"),
        ("Luca Beispiel", "it"),
    ]


async def test_nothing_is_told_twice(db: str, now: datetime):
    who = await english(now)
    await matters.window(now, await matters.dossier(now - 30 * DAY), days=9)
    await matters.entry(now - DAY, await matters.source(now), "Nova uredba")
    await broken(now, "blocked", hours=9, name="Blokada")
    for later in (timedelta(0), HOUR, 5 * HOUR, DAY, 2 * DAY):
        await actions.send_due(now + later)
    assert len(await letters(who)) == 1
    await matters.entry(now + 2 * DAY, await matters.source(now, "Druga"), "Druga uredba")
    await actions.send_due(now + 2 * DAY + HOUR)
    assert len(await letters(who)) == 1
    await actions.send_due(now + 3 * DAY)
    text = news(await told(who))
    assert len(await letters(who)) == 2
    assert "1 new entry" in text
    assert "2026-014" not in text
    assert "Blokada" not in text


async def test_a_deadline_that_has_moved_is_told_again(db: str, now: datetime):
    who = await english(now)
    of = await matters.dossier(now - 30 * DAY)
    window = await matters.window(now, of, days=9)
    await actions.send_due(now)
    before = {"closes": (now + 5 * DAY).isoformat(), "zone": "Europe/Brussels"}
    await happened(
        "deadline moved", of, now + HOUR, kind="window", number=window.id, before=before
    )  # fmt: skip
    await actions.send_due(now + DAY)
    assert (
        "Deadline moved: Wednesday, 2 December 2026, 09:40 (Brussels time)."
        " Before: Saturday, 28 November 2026, 09:40 (Brussels time)"
    ) in await told(who)
    assert len(await letters(who)) == 2


async def test_only_running_dossiers_and_near_deadlines_are_told(db: str, now: datetime):
    await english(now)
    sent = await matters.dossier(now - 30 * DAY, "2026-001", station=Station.SUBMITTED)
    await matters.window(now, sent, days=5)
    far = await matters.dossier(now - 30 * DAY, "2026-002")
    await matters.window(now, far, days=15)
    await matters.window(now, far, days=-1)
    assert await actions.send_due(now) == 0


async def test_an_entry_that_is_decided_does_not_wait(db: str, now: datetime):
    who = await english(now)
    of = await matters.source(now)
    decided = await matters.entry(now - DAY, of, "Erledigt")
    for number in range(7):
        ends = now + (10 - number) * DAY
        await matters.entry(now - DAY, of, f"Meldung {number}", deadline=ends)
    await Triage(entry=decided.id, decision=Decision.DISMISSED, person=who.id, at=now - DAY).save()
    await actions.send_due(now)
    text = await told(who)
    assert "7 new entries wait" in text
    assert [f"Meldung {number}\n" in text for number in range(7)] == [False, False] + [True] * 5
    assert text.index("Meldung 6") < text.index("Meldung 2")


async def test_coordinators_hear_of_their_countries_and_of_no_inbox(db: str, now: datetime):
    of = await maja(now)
    members = await presidency(now)
    await matters.entry(now - DAY, await matters.source(now), "Nova uredba")
    ours = await matters.dossier(now - DAY, "2026-014", countries="AT,SI")
    theirs = await matters.dossier(now - DAY, "2026-015", title="Transit", countries="AT,IT")
    for each in (ours, theirs):
        await matters.window(now, each, days=9)
    await actions.send_due(now)
    text = await told(of)
    assert ("2026-014" in text, "2026-015" in text, "Nova uredba" in text) == (True, False, False)
    italian = await told(members[1])
    assert ("2026-014" in italian, "2026-015" in italian) == (False, True)
    assert await letters(members[0]) == []


async def test_who_follows_a_dossier_hears_of_it_wherever_it_is(db: str, now: datetime):
    of = await maja(now)
    theirs = await matters.dossier(now - DAY, "2026-015", countries="AT,IT")
    await Follow(dossier=theirs.id, person=of.id, at=now - DAY).save()
    await matters.window(now, theirs, days=9)
    await actions.send_due(now)
    assert "2026-015" in await told(of)


async def test_a_municipality_and_who_has_left_get_none(db: str, now: datetime):
    await person("Janez Primer", "municipality", "sl", now=now)
    gone = await maja(now)
    await Person.update({Person.active: False}).where(Person.id == gone.id)
    await matters.window(now, await matters.dossier(now - DAY), days=9)
    assert await actions.send_due(now) == 0


async def test_the_letter_can_be_stopped_with_one_click(db: str, now: datetime):
    who = await ana(now)
    await matters.entry(now - DAY, await matters.source(now), "Nova uredba")
    await actions.send_due(now)
    [letter] = await letters(who)
    headers = json.loads(letter.headers)
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"/u/digest/{who.id}.dmisn." in headers["List-Unsubscribe"]
    assert "<mailto:" in headers["List-Unsubscribe"]
    assert f"/u/digest/{who.id}.dmisn." in letter.text


async def test_a_digest_that_cannot_be_posted_is_told_the_next_time(
    db: str, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    who = await ana(now)
    await matters.entry(now - DAY, await matters.source(now), "Nova uredba")

    async def torn(*_: object, **__: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(actions, "post", torn)
        assert await actions.send_due(now) == 0
    assert (await DigestTold.count(), await DigestKind.count()) == (0, 0)
    assert await actions.send_due(now + HOUR) == 1
    assert len(await letters(who)) == 1


async def test_who_cannot_be_told_keeps_nobody_waiting(
    db: str, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    of, other = await ana(now), await luca(now)
    await matters.entry(now - DAY, await matters.source(now), "Nova uredba")
    post = actions.post

    async def torn(letter: Any, *, now: datetime) -> None:
        if letter.recipient == of.email:
            raise RuntimeError
        await post(letter, now=now)

    monkeypatch.setattr(actions, "post", torn)
    assert await actions.send_due(now) == 1
    assert len(await letters(other)) == 1


async def test_a_move_that_had_a_letter_of_its_own_is_not_told_again(db: str, now: datetime):
    who = await english(now)
    dossier = await matters.dossier(now - 30 * DAY)
    window = await matters.window(now, dossier, days=2)
    await actions.send_due(now)
    before = {"closes": (now + 5 * DAY).isoformat(), "zone": "Europe/Brussels"}
    event = await happened(
        "deadline moved", dossier, now + HOUR, kind="window", number=window.id, before=before
    )
    await Letter(
        key=f"date-moved/{event}/{who.id}", kind="date_moved", recipient=who.email, language="en",
        subject="", text="", html="", due=now, created=now,
    ).save()  # fmt: skip
    assert await actions.send_due(now + DAY) == 0


async def test_two_processes_write_one_letter(db: str, now: datetime):
    who = await english(now)
    await matters.entry(now - DAY, await matters.source(now), "Nova uredba")
    await matters.window(now, await matters.dossier(now - 30 * DAY), days=9)
    for later in range(3):
        written = await asyncio.gather(*(actions.send_due(now + later * DAY) for _ in range(4)))
        assert sum(written) == (1 if later == 0 else 0)
    assert len(await letters(who)) == 1


async def test_a_run_that_dies_before_it_has_written_is_done_again(
    db: str, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    who = await english(now)
    await happened("round adopted", await matters.dossier(now - 30 * DAY), now - DAY)
    mark = actions._mark

    async def dies(*facts: Any) -> None:
        await mark(*facts)
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(actions, "_mark", dies)
        with pytest.raises(OSError):  # noqa: PT011  the database is gone
            await actions.send_due(now)
    assert await letters(who) == []
    assert await actions.send_due(now + HOUR) == 1
    assert "adopted" in await told(who)


async def test_a_long_digest_counts_what_it_leaves_out(db: str, now: datetime):
    who = await english(now)
    for number in range(17):
        each = await matters.dossier(now - 30 * DAY, f"2026-{number:03}", f"Sache {number}")
        await matters.window(now, each, days=5)
    await actions.send_due(now)
    text = await told(who)
    assert news(text).count("Sache ") == 7
    # of the dossiers, and of what needs her
    assert (news(text).count("And further: 10"), text.count("And further: 10")) == (1, 2)


async def test_three_of_each_ask_as_much_as_one(db: str, now: datetime):
    who = await ana(now)
    numbers = []
    for name in ("Eins", "Zwei", "Drei"):
        dossier = await matters.dossier(now - DAY, f"2026-{name}", name)
        window = await matters.window(now, dossier, days=9)
        await happened("deadline moved", dossier, now, kind="window", number=window.id)
        await matters.call(now, window, f"2026-{name}-1", by=who)
        await happened("answered", dossier, now, kind="contribution", call=f"2026-{name}-1")
        of = await broken(now, "blocked", hours=9, name=name)
        await matters.entry(now - DAY, of, f"Meldung {name}", deadline=now + DAY)
        with counted() as asked:
            digest = await queries.digest_for(who, all_due(now), Reading(now))
        numbers.append(len(asked))
    assert (len(digest.blocks), digest.inbox.waiting, len(digest.sources)) == (3, 3, 3)
    assert len(set(numbers)) == 1
