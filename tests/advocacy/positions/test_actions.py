import asyncio
import json
from dataclasses import replace
from datetime import datetime

import pytest

from advocacy.dossiers.tables import Dossier
from advocacy.errors import Invalid, NotAllowed, NotFound
from advocacy.history.tables import Event
from advocacy.positions import actions, queries
from advocacy.positions.actions import SameParagraph
from advocacy.positions.passages import quotations
from advocacy.positions.rules import PositionState
from advocacy.positions.tables import Position, PositionVersion
from advocacy.positions.writing.merging import Ask, Draft
from advocacy.provenance import HonestyMark
from tests.advocacy.positions.matters import (
    dossier,
    matter,
    text,
    withdraw,
)
from tests.characters import ana, luca

pytestmark = pytest.mark.anyio


async def event(action: str) -> Event:
    found = await Event.objects().where(Event.action == action).order_by(Event.id).first()
    assert found is not None
    return found


async def set_state(position: Position, state: PositionState) -> None:
    await Position.update({Position.state: state.value}).where(Position.id == position.id)


async def test_a_position_starts_once_and_takes_the_dossier_to_the_draft(db: str, now: datetime):
    it = await matter(now)
    again = await actions.start(
        it.dossier.id, language="fr", title="X", by=await luca(now), now=now
    )
    assert (again.id, again.language, await Position.count()) == (it.position.id, "de", 1)
    assert (await Dossier.objects().first()).station == "draft"
    assert (await queries.version(it.position.id)).number == 0


async def test_a_version_is_kept_whole_with_its_hash_and_words(db: str, now: datetime):
    it = await matter(now)
    kept = await actions.save(it.position.id, text(it), base_version=0, by=await ana(now), now=now)
    assert kept.number == 1
    assert queries.paragraphs_of(kept) == text(it).paragraphs
    assert queries.asks_of(kept) == [Ask(1, "k1", "Voller Ersatz der Kosten")]
    assert kept.text_hash == actions.hash_of(queries.draft_of(kept))
    assert "kosten" in kept.search_text.split()
    assert "own" not in kept.search_text.split()
    assert (await queries.by_number("2026-014")).version == 1


async def test_saving_without_a_change_makes_no_version(db: str, now: datetime):
    it = await matter(now)
    by = await ana(now)
    first = await actions.save(it.position.id, text(it), base_version=0, by=by, now=now)
    again = await actions.save(
        it.position.id, queries.draft_of(first), base_version=1, by=by, now=now
    )
    assert (again.number, await PositionVersion.count()) == (1, 2)


async def test_support_counts_municipalities_by_country(db: str, now: datetime):
    it = await matter(now)
    kept = await actions.save(it.position.id, text(it), base_version=0, by=await ana(now), now=now)
    first, second = await queries.support_of(kept)
    assert dict(first.whole.supporters) == {"FR": 1, "IT": 1, "SI": 1}
    assert dict(first.whole.contradictors) == {"AT": 1}
    assert second.whole.marks == {HonestyMark.NO_MUNICIPAL_INPUT}
    assert await queries.unused(await queries.by_number("2026-014")) == []


async def test_two_people_on_different_paragraphs_both_survive(db: str, now: datetime):
    it = await matter(now)
    by = await ana(now)
    first = await actions.save(it.position.id, text(it), base_version=0, by=by, now=now)
    base = queries.draft_of(first)
    one, two = base.paragraphs
    hers = replace(base, paragraphs=[("k1", one[1] + " Ganz [@own]."), two])
    his = replace(base, paragraphs=[one, two, ("", "Neu [@own].")])
    await actions.save(it.position.id, hers, base_version=1, by=by, now=now)
    kept = await actions.save(it.position.id, his, base_version=1, by=await luca(now), now=now)
    texts = [words for _, words in queries.paragraphs_of(kept)]
    assert texts == [one[1] + " Ganz [@own].", two[1], "Neu [@own]."]
    assert all(key for key, _ in queries.paragraphs_of(kept))


async def test_two_people_on_one_paragraph_lose_no_word(db: str, now: datetime):
    it = await matter(now)
    by = await ana(now)
    base = Draft("T", [("a", "Eins [@own].")])
    await actions.save(it.position.id, base, base_version=0, by=by, now=now)
    hers, his = Draft("T", [("a", "Ihr Satz [@own].")]), Draft("T", [("a", "Sein Satz [@own].")])
    await actions.save(it.position.id, hers, base_version=1, by=by, now=now)
    with pytest.raises(SameParagraph) as refused:
        await actions.save(it.position.id, his, base_version=1, by=await luca(now), now=now)
    error = refused.value
    assert (error.theirs, error.mine) == ("Ihr Satz [@own].", "Sein Satz [@own].")
    assert (error.current, error.merged) == (2, replace(his, asks=[]))
    assert (await queries.version(it.position.id)).number == 2
    kept = await actions.save(
        it.position.id, error.merged, base_version=error.current, by=await luca(now), now=now
    )
    assert kept.number == 3


async def test_ten_people_save_at_once_and_nothing_is_lost(db: str, now: datetime):
    it = await matter(now)
    by = await ana(now)
    paragraphs = [(f"k{n}", f"Satz {n} [@own].") for n in range(10)]
    base = Draft("T", paragraphs)
    await actions.save(it.position.id, base, base_version=0, by=by, now=now)

    async def change(n: int) -> None:
        mine = [
            (key, f"Geändert {n} [@own]." if key == f"k{n}" else old) for key, old in paragraphs
        ]
        await actions.save(it.position.id, Draft("T", mine), base_version=1, by=by, now=now)

    await asyncio.gather(*(change(n) for n in range(10)))
    current = await queries.version(it.position.id)
    assert current.number == 11
    assert queries.paragraphs_of(current) == [(f"k{n}", f"Geändert {n} [@own].") for n in range(10)]


async def test_of_ten_people_on_one_paragraph_one_saves_and_nine_are_told(db: str, now: datetime):
    it = await matter(now)
    by = await ana(now)
    await actions.save(
        it.position.id, Draft("T", [("a", "Alt [@own].")]), base_version=0, by=by, now=now
    )

    async def change(n: int) -> object:
        mine = Draft("T", [("a", f"Neu {n} [@own].")])
        return await actions.save(it.position.id, mine, base_version=1, by=by, now=now)

    results = await asyncio.gather(*(change(n) for n in range(10)), return_exceptions=True)
    assert sum(isinstance(each, SameParagraph) for each in results) == 9
    assert (await queries.version(it.position.id)).number == 2


@pytest.mark.parametrize(
    ("mark", "says"),
    [
        ("[@999.1]", "@999.1 is not a passage or source of this dossier"),
        ("[@E77]", "@E77 is not a passage or source of this dossier"),
        ("[@17]", "@17 is not a citation"),
    ],
)
async def test_a_wrong_citation_is_refused_with_its_sentence(
    db: str, now: datetime, mark: str, says: str
):
    it = await matter(now)
    draft = Draft("T", [("a", f"Alles gut [@own]. Die Kosten steigen {mark}.")])
    with pytest.raises(Invalid) as refused:
        await actions.save(it.position.id, draft, base_version=0, by=await ana(now), now=now)
    message = str(refused.value.fields["text-a"])
    assert message.startswith(says)
    assert message.endswith(f"Die Kosten steigen {mark}.")
    assert await PositionVersion.count() == 1


async def test_every_wrong_citation_of_a_paragraph_is_named(db: str, now: datetime):
    it = await matter(now)
    draft = Draft("T", [("a", "Eins [@999.1]. Zwei [@own]. Drei [@17]. Vier [@E77].")])
    with pytest.raises(Invalid) as refused:
        await actions.save(it.position.id, draft, base_version=0, by=await ana(now), now=now)
    assert list(refused.value.fields) == ["text-a"]
    said = str(refused.value.fields["text-a"])
    assert [mark for mark in ("@999.1", "@own", "@17 ", "@E77") if mark in said] == [
        "@999.1",
        "@17 ",
        "@E77",
    ]
    assert said.index("@999.1") < said.index("@17 ") < said.index("@E77")


async def test_what_was_withdrawn_cannot_be_cited(db: str, now: datetime):
    it = await matter(now)
    await withdraw(it.answers["SI-07"])
    with pytest.raises(Invalid) as refused:
        await actions.save(it.position.id, text(it), base_version=0, by=await ana(now), now=now)
    assert it.marks["SI-07"] in str(refused.value.fields["text-k1"])
    assert "withdrawn" in str(refused.value.fields["text-k1"])


async def test_an_old_wrong_citation_keeps_nobody_from_writing_elsewhere(db: str, now: datetime):
    it = await matter(now)
    by = await ana(now)
    first = await actions.save(it.position.id, text(it), base_version=0, by=by, now=now)
    await withdraw(it.answers["SI-07"])
    base = queries.draft_of(first)
    mine = replace(base, paragraphs=[base.paragraphs[0], ("k2", "Anders [@own].")])
    kept = await actions.save(it.position.id, mine, base_version=1, by=by, now=now)
    rows = await quotations.passages(it.dossier.id)
    problems = await queries.wrong_citations(it.dossier.id, queries.paragraphs_of(kept), rows)
    assert [(each.paragraph, each.citation) for each in problems] == [("k1", it.marks["SI-07"])]
    assert dict((await queries.support_of(kept))[0].whole.supporters) == {"FR": 1, "IT": 1}


async def test_a_passage_of_another_dossier_is_unknown(db: str, now: datetime):
    it = await matter(now)
    other = await dossier(now, "2026-015")
    position = await actions.start(other.id, language="de", title="T", by=await ana(now), now=now)
    draft = Draft("T", [("a", f"Satz [{it.marks['SI-07']}].")])
    with pytest.raises(Invalid):
        await actions.save(position.id, draft, base_version=0, by=await ana(now), now=now)


@pytest.mark.parametrize("state", [PositionState.IN_ROUND, PositionState.ADOPTED])
async def test_a_changed_text_is_a_draft_again(db: str, now: datetime, state: PositionState):
    it = await matter(now)
    by = await ana(now)
    first = await actions.save(it.position.id, text(it), base_version=0, by=by, now=now)
    await set_state(it.position, state)
    await Dossier.update({Dossier.station: "approval"}).where(Dossier.id == it.dossier.id)
    await actions.save(it.position.id, queries.draft_of(first), base_version=1, by=by, now=now)
    assert (await queries.by_number("2026-014")).state == state
    changed = replace(queries.draft_of(first), title="Anders")
    await actions.save(it.position.id, changed, base_version=1, by=by, now=now)
    assert (await queries.by_number("2026-014")).state == PositionState.DRAFT
    assert (await Dossier.objects().first()).station == "draft"


async def test_what_was_handed_in_does_not_change(db: str, now: datetime):
    it = await matter(now)
    await set_state(it.position, PositionState.SUBMITTED)
    with pytest.raises(NotAllowed):
        await actions.save(it.position.id, text(it), base_version=0, by=await ana(now), now=now)
    with pytest.raises(NotAllowed):
        await actions.bind(it.position.id, ["fr"], by=await ana(now), now=now)
    assert await PositionVersion.count() == 1


async def test_a_version_that_never_was_is_not_built_upon(db: str, now: datetime):
    it = await matter(now)
    with pytest.raises(NotFound):
        await actions.save(it.position.id, text(it), base_version=7, by=await ana(now), now=now)


async def test_binding_languages_are_ours_and_not_the_original(db: str, now: datetime):
    it = await matter(now)
    await actions.bind(it.position.id, ["sl", "de", "fr"], by=await ana(now), now=now)
    assert (await queries.by_number("2026-014")).binding_languages == "fr,sl"
    with pytest.raises(Invalid):
        await actions.bind(it.position.id, ["fr", "xx"], by=await ana(now), now=now)
    assert json.loads((await event("binding languages changed")).details) == {
        "before": "",
        "after": "fr,sl",
    }


async def test_each_person_has_a_last_seen_version(db: str, now: datetime):
    it = await matter(now)
    one, other = await ana(now), await luca(now)
    await actions.mark_seen(it.position.id, one, 1, now)
    await actions.mark_seen(it.position.id, one, 2, now)
    assert await queries.last_seen(it.position.id, one) == 2
    assert await queries.last_seen(it.position.id, other) is None


async def test_versions_compare_by_paragraph(db: str, now: datetime):
    it = await matter(now)
    by = await ana(now)
    await actions.save(it.position.id, text(it), base_version=0, by=by, now=now)
    changed = Draft("Großraubtiere", [("k2", "Nach fünf Jahren [@own]."), ("k9", "Neu [@own].")])
    await actions.save(it.position.id, changed, base_version=1, by=by, now=now)
    comparison = await queries.compared(it.position.id, 1, 2)
    kinds = {(change.key, change.kind.value) for change in comparison.changes}
    assert kinds == {("k1", "removed"), ("k2", "changed"), ("k9", "added")}
