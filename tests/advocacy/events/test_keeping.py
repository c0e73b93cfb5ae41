"""Prepare, publish, move, call off; the programme; files."""

import asyncio
from datetime import datetime, timedelta

import pytest

from advocacy.documents.forms import papers
from advocacy.errors import Invalid, NotAllowed, NotFound, Outdated
from advocacy.events import actions
from advocacy.events.forms import PointForm, Words
from advocacy.events.keeping.files import content, files_of
from advocacy.events.keeping.programme import points_of
from advocacy.events.tables import Gathering, GatheringText
from advocacy.history.tables import Event
from advocacy.mail.tables import Letter
from advocacy.undoing.actions import undo
from tests.advocacy.documents.files import png
from tests.advocacy.events.matters import (
    drafted,
    guest,
    letters,
    published,
    registered,
    states,
    workshop,
)
from tests.characters import ana, eva, giulia, luca, maja

pytestmark = pytest.mark.anyio

NINE = timedelta(days=20)


async def row_of(gathering: Gathering) -> Gathering:
    return await Gathering.objects().where(Gathering.id == gathering.id).first()


async def test_what_was_typed_is_what_stands(db: str, now: datetime):
    gathering = await drafted(now)
    known = {
        text.language: text
        for text in await GatheringText.objects().where(GatheringText.gathering == gathering.id)
    }
    assert actions.drafting.shown(await row_of(gathering), known) == workshop(now)


async def test_moving_it_tells_who_comes_or_waits_and_counts_the_sequence_up(
    db: str, now: datetime
):
    gathering = await published(now, places=1)
    for number in (1, 2):
        await registered(gathering, number, now)
    later = workshop(now, places=1)
    later = workshop(
        now, places=1, begins=later.begins + timedelta(days=1), ends=later.ends + timedelta(days=1)
    )
    base = workshop(now, places=1).fingerprint()
    await actions.edit(gathering.id, later, base=base, by=await ana(now), now=now)
    found = await letters("gathering_moved")
    assert [letter.recipient for letter in found] == ["gast1@example.org", "gast2@example.org"]
    assert "SEQUENCE:1" in _calendar(found[0])
    assert (await row_of(gathering)).sequence == 1


def _calendar(letter: Letter) -> str:
    import json
    from base64 import b64decode

    [attached] = json.loads(letter.attachments)
    assert attached["name"].endswith(".ics")
    return b64decode(attached["content"]).decode()


async def test_other_words_are_no_move(db: str, now: datetime):
    gathering = await published(now)
    await registered(gathering, 1, now)
    new = workshop(now, texts={"de": Words("Ein anderer Titel")})
    base = workshop(now).fingerprint()
    await actions.edit(gathering.id, new, base=base, by=await ana(now), now=now)
    assert await letters("gathering_moved") == []
    assert (await row_of(gathering)).sequence == 0
    texts = await GatheringText.select(GatheringText.language, GatheringText.title)
    assert texts == [{"language": "de", "title": "Ein anderer Titel"}]


async def test_of_two_who_change_it_at_once_the_second_sees_both_versions(db: str, now: datetime):
    gathering = await published(now)
    base = workshop(now).fingerprint()
    done = await asyncio.gather(
        actions.edit(gathering.id, workshop(now, places=7), base=base, by=await ana(now), now=now),
        actions.edit(gathering.id, workshop(now, places=8), base=base, by=await luca(now), now=now),
        return_exceptions=True,
    )
    [lost] = [each for each in done if isinstance(each, Outdated)]
    assert ("places: 7" in lost.theirs) != ("places: 8" in lost.theirs)
    assert ("places: 7" in lost.mine) != ("places: 8" in lost.mine)


async def test_the_same_again_changes_nothing(db: str, now: datetime):
    gathering = await published(now)
    base = workshop(now).fingerprint()
    assert (
        await actions.edit(gathering.id, workshop(now), base=base, by=await ana(now), now=now)
        is None
    )
    assert (await row_of(gathering)).version == 1


async def test_publishing_is_taken_back_until_somebody_knows_of_it(db: str, now: datetime):
    gathering = await drafted(now)
    by = await ana(now)
    event = await actions.publish(gathering.id, by=by, now=now)
    assert await undo(event, by=by, now=now) == f"/events/{gathering.id}"
    assert (await row_of(gathering)).state == "draft"
    event = await actions.publish(gathering.id, by=by, now=now)
    await registered(gathering, 1, now)
    with pytest.raises(NotAllowed):
        await undo(event, by=by, now=now)
    assert (await row_of(gathering)).state == "published"


async def test_two_who_publish_at_once_publish_once(db: str, now: datetime):
    gathering = await drafted(now)
    done = await asyncio.gather(
        actions.publish(gathering.id, by=await ana(now), now=now),
        actions.publish(gathering.id, by=await luca(now), now=now),
        return_exceptions=True,
    )
    assert sum(isinstance(each, Outdated) for each in done) == 1
    assert await Event.count().where(Event.action == "gathering published") == 1


async def test_calling_off_holds_its_letters_and_can_be_taken_back(db: str, now: datetime):
    gathering = await published(now, places=1)
    for number in (1, 2):
        await registered(gathering, number, now)
    by = await ana(now)
    event = await actions.call_off(gathering.id, "Zu viel Schnee.", by=by, now=now)
    found = await letters("gathering_cancelled")
    assert [letter.due for letter in found] == [now + timedelta(minutes=10)] * 2
    assert "Zu viel Schnee." in found[0].text
    assert "STATUS:CANCELLED" in _calendar(found[0])
    await undo(event, by=by, now=now)
    assert await letters("gathering_cancelled") == []
    again = await row_of(gathering)
    assert (again.state, again.reason, again.sequence) == ("published", "", 2)
    await actions.call_off(gathering.id, "Doch nicht.", by=by, now=now)
    assert len(await letters("gathering_cancelled")) == 2


async def test_once_a_letter_has_left_it_stays_called_off(db: str, now: datetime):
    gathering = await published(now)
    await registered(gathering, 1, now)
    by = await ana(now)
    event = await actions.call_off(gathering.id, "Zu viel Schnee.", by=by, now=now)
    await Letter.update({Letter.state: "sent"}).where(Letter.kind == "gathering_cancelled")
    with pytest.raises(NotAllowed):
        await undo(event, by=by, now=now)
    assert (await row_of(gathering)).state == "cancelled"


async def test_calling_off_needs_its_reason(db: str, now: datetime):
    gathering = await published(now)
    with pytest.raises(Invalid):
        await actions.call_off(gathering.id, "  ", by=await ana(now), now=now)


async def test_nobody_comes_to_what_is_called_off(db: str, now: datetime):
    gathering = await published(now)
    await actions.call_off(gathering.id, "Schnee", by=await ana(now), now=now)
    with pytest.raises(NotAllowed):
        await registered(gathering, 1, now)
    assert await states(gathering) == []


async def test_a_coordinator_keeps_the_own_country_and_for_others_it_is_not_there(
    db: str, now: datetime
):
    gathering = await drafted(now)
    await actions.publish(gathering.id, by=await eva(now), now=now)
    for stranger in (await maja(now), await giulia(now)):
        with pytest.raises(NotFound):
            await actions.call_off(gathering.id, "Nein", by=stranger, now=now)


async def test_a_coordinator_prepares_nothing_in_another_country(db: str, now: datetime):
    with pytest.raises(Invalid):
        await actions.draft(workshop(now, country="AT"), by=await maja(now), now=now)


async def test_points_are_numbered_by_the_hour_and_come_back(db: str, now: datetime):
    gathering = await published(now)
    by, begins = await ana(now), gathering.begins
    late = PointForm({"de": "Abschluss"}, begins + timedelta(hours=3))
    early = PointForm({"de": "Beginn", "sl": "Začetek"}, begins)
    assert await actions.programme.add(gathering.id, late, by=by, now=now) == 1
    assert await actions.programme.add(gathering.id, early, by=by, now=now) == 1
    rows = await points_of(gathering.id, "sl")
    assert [(row.number, row.title, row.language) for row in rows] == [
        (1, "Začetek", "sl"), (2, "Abschluss", "de"),
    ]  # fmt: skip
    event = await actions.programme.remove(
        gathering.id, 1, base=early.fingerprint(), by=by, now=now
    )
    assert [row.title for row in await points_of(gathering.id, "de")] == ["Abschluss"]
    await undo(event, by=by, now=now)
    assert [row.title for row in await points_of(gathering.id, "de")] == ["Beginn", "Abschluss"]


async def test_a_point_that_somebody_changed_meanwhile_stays_theirs(db: str, now: datetime):
    gathering = await published(now)
    by = await ana(now)
    first = PointForm({"de": "Zäune"})
    await actions.programme.add(gathering.id, first, by=by, now=now)
    base = first.fingerprint()
    theirs, mine = PointForm({"de": "Hunde"}), PointForm({"de": "Kosten"})
    await actions.programme.change(gathering.id, 1, theirs, base=base, by=by, now=now)
    with pytest.raises(Outdated) as error:
        await actions.programme.change(gathering.id, 1, mine, base=base, by=by, now=now)
    assert "Hunde" in error.value.theirs
    assert "Kosten" in error.value.mine


async def test_a_point_names_only_dossiers_and_projects_that_there_are(db: str, now: datetime):
    gathering = await published(now)
    new = PointForm({"de": "Zäune"}, dossier="2026-999", project=7)
    with pytest.raises(Invalid) as error:
        await actions.programme.add(gathering.id, new, by=await ana(now), now=now)
    assert set(error.value.fields) == {"dossier", "project"}


async def test_files_are_for_the_house_until_they_are_released(db: str, now: datetime):
    gathering = await published(now)
    by = await ana(now)
    handed = papers([("folie.png", png())])
    event = await actions.files.add(gathering.id, handed, by=by, now=now)
    [file] = await files_of(gathering.id, all_of_them=True)
    assert (file.media_type, await files_of(gathering.id, all_of_them=False)) == ("image/png", [])
    with pytest.raises(NotFound):
        await content(gathering.id, file.id, all_of_them=False)
    await actions.files.release(gathering.id, file.id, public=True, by=by, now=now)
    assert bytes((await content(gathering.id, file.id, all_of_them=False)).content) == png()
    with pytest.raises(Invalid):
        await actions.files.add(gathering.id, handed, by=by, now=now)
    await undo(event, by=by, now=now)
    assert await files_of(gathering.id, all_of_them=True) == []


async def test_a_file_that_is_removed_comes_back(db: str, now: datetime):
    gathering = await published(now)
    by = await ana(now)
    handed = papers([("folie.png", png())])
    await actions.files.add(gathering.id, handed, by=by, now=now)
    [file] = await files_of(gathering.id, all_of_them=True)
    event = await actions.files.remove(gathering.id, file.id, by=by, now=now)
    await undo(event, by=by, now=now)
    assert await files_of(gathering.id, all_of_them=True) == [file]


async def test_who_was_there_is_ticked_once_it_has_begun(db: str, now: datetime):
    gathering = await published(now, places=None)
    rows = [await registered(gathering, number, now) for number in (1, 2)]
    by = await ana(now)
    with pytest.raises(NotAllowed):
        await actions.presence.note(gathering.id, [rows[0].id], by=by, now=now)
    came = await actions.presence.note(
        gathering.id, [rows[0].id, 99_999], by=by, now=gathering.begins
    )
    assert came == 1
    assert guest(1).name == rows[0].name
