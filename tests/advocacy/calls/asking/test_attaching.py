from datetime import datetime

import pytest

from advocacy.calls import actions
from advocacy.calls.actions import Incomplete
from advocacy.calls.asking import attaching, official
from advocacy.calls.asking.attaching import Handed
from advocacy.calls.asking.official import Official, Paragraph
from advocacy.calls.asking.whole_calls import whole_by_id
from advocacy.calls.rules import Gap, Missing
from advocacy.calls.tables import Call, OfficialParagraph, OfficialText
from advocacy.errors import Invalid, Outdated
from tests.advocacy.calls import story
from tests.characters import ana, luca
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio
TEXT = "Art. 1 Die Herden.\n\n(2) Die Almen."


async def handed(call: Call, now: datetime, text: str = TEXT) -> None:
    new = Handed("Verordnung", "de", text.encode())
    await attaching.hand_in(call.id, new, by=await ana(now), now=now)


async def base_of(call: Call) -> str:
    there = await official.kept(call.id)
    assert there is not None
    return attaching.fingerprint(there, await official.official_of(call.id))


async def attached(call: Call, now: datetime, text: str = TEXT) -> int:
    await handed(call, now, text)
    return await attaching.count(
        call.id, "Verordnung", "de", text, base=await base_of(call), by=await ana(now), now=now
    )


async def test_a_text_counts_once_its_paragraphs_have_been_looked_through(db: str, now: datetime):
    call = await story.drafted(now)
    await handed(call, now)
    assert (await whole_by_id(call.id)).official is None
    assert await official.content_of(call.id) == TEXT.encode()
    assert await attached(call, now) == 2
    assert (await whole_by_id(call.id)).official == Official(
        "Verordnung",
        "de",
        (Paragraph(1, "Art. 1", "Die Herden."), Paragraph(2, "(2)", "Die Almen.")),
    )


async def test_a_call_reads_its_official_text_with_one_query(db: str, now: datetime):
    call = await story.drafted(now)
    with counted() as without:
        await whole_by_id(call.id)
    await attached(call, now, "\n\n".join(f"{n}. Satz." for n in range(1, 121)))
    with counted() as with_many:
        await whole_by_id(call.id)
    assert len(with_many) == len(without)


async def test_a_call_does_not_leave_with_a_text_that_nobody_has_looked_through(
    db: str, now: datetime
):
    call = await story.checked(now)
    await handed(call, now)
    with pytest.raises(Incomplete) as error:
        await actions.launch(call.id, by=await ana(now), now=now)
    assert error.value.missing == (Missing(Gap.UNREAD),)
    await attached(call, now)
    await actions.launch(call.id, by=await ana(now), now=now)


async def test_attaching_a_text_makes_no_check_stale(db: str, now: datetime):
    call = await story.checked(now)
    await attached(call, now)
    assert (await whole_by_id(call.id)).stale == []


async def test_a_call_that_has_left_keeps_its_official_text(db: str, now: datetime):
    call = await story.checked(now)
    await attached(call, now)
    base = await base_of(call)
    await actions.launch(call.id, by=await ana(now), now=now)
    by = await ana(now)
    with pytest.raises(Outdated):
        await handed(call, now)
    with pytest.raises(Outdated):
        await attaching.count(call.id, "Neu", "de", "Neu.", base=base, by=by, now=now)
    with pytest.raises(Outdated):
        await attaching.take_away(call.id, by=by, now=now)
    assert await OfficialParagraph.count() == 2


async def test_two_people_correcting_one_text_lose_no_word(db: str, now: datetime):
    call = await story.drafted(now)
    await attached(call, now)
    base = await base_of(call)
    await attaching.count(call.id, "V", "de", "Lucas Satz.", base=base, by=await luca(now), now=now)
    with pytest.raises(Outdated) as error:
        await attaching.count(
            call.id, "V", "de", "Anas Satz.", base=base, by=await ana(now), now=now
        )
    assert (error.value.theirs, error.value.mine) == ("Lucas Satz.", "Anas Satz.")


async def test_what_is_missing_is_named_and_nothing_is_changed(db: str, now: datetime):
    call = await story.drafted(now)
    await handed(call, now)
    base = await base_of(call)
    with pytest.raises(Invalid) as error:
        await attaching.count(call.id, "", "xx", " ", base=base, by=await ana(now), now=now)
    assert set(error.value.fields) == {"title", "language", "text"}
    assert await OfficialParagraph.count() == 0


async def test_another_text_takes_the_place_of_the_first_and_can_be_removed(db: str, now: datetime):
    call = await story.drafted(now)
    await attached(call, now)
    await attached(call, now, "Ein Satz.")
    assert await OfficialText.count() == await OfficialParagraph.count() == 1
    for _ in range(2):
        await attaching.take_away(call.id, by=await ana(now), now=now)
    assert await OfficialText.count() == await OfficialParagraph.count() == 0
