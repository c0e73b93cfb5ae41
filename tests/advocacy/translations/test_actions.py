import asyncio
from dataclasses import replace
from datetime import datetime

import pytest

from advocacy.errors import Invalid, NotAllowed, NotFound, Outdated
from advocacy.history.tables import Event
from advocacy.positions import actions as positions
from advocacy.positions import queries as reading
from advocacy.positions.tables import Position
from advocacy.positions.writing.merging import Ask
from advocacy.translations import actions, queries
from advocacy.translations.actions import SameTranslation
from advocacy.translations.tables import Translation
from tests.advocacy.positions.matters import matter, text
from tests.characters import ana, claire, maja

pytestmark = pytest.mark.anyio

FRENCH = {
    "title": "Grands prédateurs",
    "k1": "Les coûts doivent être remboursés.",
    "k2": "La règle est réexaminée après trois ans.",
    "ask-1": "Remboursement intégral",
}


async def written(now: datetime) -> Position:
    it = await matter(now)
    await positions.save(it.position.id, text(it), base_version=0, by=await ana(now), now=now)
    return await reading.by_number("2026-014")


async def translated(now: datetime) -> Position:
    position = await written(now)
    by = await claire(now)
    await actions.save_all(position.id, "fr", FRENCH, check=list(FRENCH), by=by, now=now)
    return position


async def change_second(position: Position, words: str, now: datetime) -> None:
    current = await reading.version(position.id)
    draft = reading.draft_of(current)
    await positions.save(
        position.id,
        replace(draft, paragraphs=[draft.paragraphs[0], ("k2", words)]),
        base_version=current.number,
        by=await ana(now),
        now=now,
    )


async def test_parts_stand_beside_the_original_in_the_order_of_reading(db: str, now: datetime):
    position = await written(now)
    await actions.save(position.id, "fr", "k2", " Trois ans.\r\n", by=await claire(now), now=now)
    rows = await queries.aligned(position.id, "fr")
    assert [(row.key, row.number, row.text, row.state, row.stale) for row in rows] == [
        ("title", None, "", "", False),
        ("k1", 1, "", "", False),
        ("k2", 2, "Trois ans.", "draft", False),
        ("ask-1", None, "", "", False),
    ]
    assert rows[2].original == "Die Regel wird nach drei Jahren geprüft [@own]."


async def test_a_translation_is_complete_when_every_part_is_checked(db: str, now: datetime):
    position = await written(now)
    by = await claire(now)
    assert await queries.complete(position, "fr") == ["title", "k1", "k2", "ask-1"]
    await actions.save_all(position.id, "fr", FRENCH, by=by, now=now)
    assert await queries.complete(position, "fr") == ["title", "k1", "k2", "ask-1"]
    assert await queries.text_in(position.id, "fr") is None
    await actions.check(position.id, "fr", "k1", by=by, now=now)
    assert await queries.complete(position, "fr") == ["title", "k2", "ask-1"]
    await actions.check(position.id, "fr", by=by, now=now)
    assert await queries.complete(position, "fr") == []
    whole = await queries.whole_in(position.id, "fr")
    assert whole == queries.TranslatedText(
        FRENCH["title"],
        [("k1", FRENCH["k1"]), ("k2", FRENCH["k2"])],
        [Ask(1, "k1", FRENCH["ask-1"])],
    )
    assert await queries.text_in(position.id, "fr") == whole.paragraphs
    assert await queries.text_in(position.id, "sl") is None


async def test_the_original_is_complete_in_its_own_language(db: str, now: datetime):
    position = await written(now)
    assert await queries.complete(position, "de") == []
    paragraphs = await queries.text_in(position.id, "de")
    assert [key for key, _ in paragraphs] == ["k1", "k2"]
    with pytest.raises(NotFound):
        await actions.save(position.id, "de", "k1", "X", by=await ana(now), now=now)


async def test_a_changed_paragraph_makes_its_translation_stale(db: str, now: datetime):
    position = await translated(now)
    await change_second(position, "Die Regel wird nach fünf Jahren geprüft [@own].", now)
    assert await queries.complete(position, "fr") == ["k2"]
    assert await queries.text_in(position.id, "fr") is None
    row = next(row for row in await queries.aligned(position.id, "fr") if row.key == "k2")
    assert row.stale
    assert ("del", "drei") in row.diff
    assert ("ins", "fünf") in row.diff
    state = next(s for s in await queries.overview(position) if s.language == "fr")
    assert (state.parts, state.right, state.stale, state.missing) == (4, 3, 1, 1)
    await actions.check(position.id, "fr", "k2", by=await claire(now), now=now)
    assert await queries.complete(position, "fr") == []


async def test_an_added_citation_leaves_the_translation_right(db: str, now: datetime):
    position = await translated(now)
    (first, *_) = await reading.passages_of(position.dossier)
    await change_second(position, f"Die Regel wird nach drei Jahren geprüft [{first}].", now)
    assert await queries.complete(position, "fr") == []


async def test_what_was_checked_against_an_older_text_stays_stale(db: str, now: datetime):
    position = await translated(now)
    await change_second(position, "Nach fünf Jahren [@own].", now)
    by = await claire(now)
    await actions.check(position.id, "fr", "k2", version=1, by=by, now=now)
    assert await queries.complete(position, "fr") == ["k2"]
    new = {"k2": "Après trois ans."}
    await actions.save_all(position.id, "fr", new, version=1, check=["k2"], by=by, now=now)
    assert await queries.complete(position, "fr") == ["k2"]


async def test_new_words_are_unchecked_and_emptied_ones_missing(db: str, now: datetime):
    position = await translated(now)
    by = await claire(now)
    await actions.save(position.id, "fr", "k1", "Autrement.", by=by, now=now)
    assert await queries.complete(position, "fr") == ["k1"]
    await actions.save(position.id, "fr", "k1", "", by=by, now=now)
    assert await Translation.count().where(Translation.paragraph == "k1") == 0


async def test_two_translators_of_one_paragraph_lose_no_word(db: str, now: datetime):
    position = await written(now)
    by = await claire(now)

    async def save(words: str) -> None:
        await actions.save(position.id, "fr", "k1", words, was="", by=by, now=now)

    results = await asyncio.gather(*(save(f"Mot {n}") for n in range(5)), return_exceptions=True)
    told = [each for each in results if isinstance(each, SameTranslation)]
    assert len(told) == 4
    kept = (await Translation.objects().first()).text
    assert {each.theirs for each in told} == {kept}
    assert {each.mine for each in told} | {kept} == {f"Mot {n}" for n in range(5)}


async def test_two_translators_of_different_paragraphs_both_save(db: str, now: datetime):
    position = await written(now)
    by = await claire(now)
    await actions.save_all(
        position.id, "fr", {"k1": "Un", "k2": ""}, was={"k1": "", "k2": ""}, by=by, now=now
    )
    await actions.save_all(
        position.id, "fr", {"k1": "", "k2": "Deux"}, was={"k1": "", "k2": ""}, by=by, now=now
    )
    texts = {row.key: row.text for row in await queries.aligned(position.id, "fr")}
    assert (texts["k1"], texts["k2"]) == ("Un", "Deux")


async def test_saving_is_all_or_nothing(db: str, now: datetime):
    position = await written(now)
    by = await claire(now)
    with pytest.raises(NotFound):
        await actions.save_all(position.id, "fr", {"k1": "Un", "k77": "X"}, by=by, now=now)
    with pytest.raises(Invalid):
        await actions.save_all(position.id, "fr", {"k1": "Un"}, check=["k1", "k2"], by=by, now=now)
    assert await Translation.count() == 0


async def test_a_check_can_be_undone_once(db: str, now: datetime):
    position = await translated(now)
    done = await Event.objects().where(Event.action == "translation checked").first()
    undo = actions.UNDO[done.action]
    with pytest.raises(NotFound):
        await undo(done, await maja(now), now)
    assert await undo(done, await claire(now), now) == "/p/2026-014/translate/fr"
    assert len(await queries.complete(position, "fr")) == 4
    assert (await queries.aligned(position.id, "fr"))[1].text == FRENCH["k1"]
    with pytest.raises(Outdated):
        await undo(done, await claire(now), now)


async def test_nobody_checks_words_that_the_page_did_not_show(db: str, now: datetime):
    position = await written(now)
    by = await claire(now)
    await actions.save(position.id, "fr", "k1", "Lu par Claire.", by=by, now=now)
    await actions.save(position.id, "fr", "k1", "Jamais lu.", by=await ana(now), now=now)
    shown = {"k1": "Lu par Claire."}
    with pytest.raises(SameTranslation) as error:
        await actions.save_all(position.id, "fr", shown, was=shown, check=["k1"], by=by, now=now)
    assert error.value.theirs_by_key == {"k1": "Jamais lu."}
    row = await Translation.objects().first()
    assert row is not None
    assert (row.text, row.state) == ("Jamais lu.", "draft")


async def test_what_went_out_in_a_binding_language_does_not_change_any_more(db: str, now: datetime):
    position = await translated(now)
    await positions.bind(position.id, ["fr"], by=await ana(now), now=now)
    await Position.update({Position.state: "submitted"}).where(Position.id == position.id)
    by = await claire(now)
    with pytest.raises(NotAllowed):
        await actions.save(position.id, "fr", "k1", "Autre chose.", by=by, now=now)
    await actions.save(position.id, "it", "k1", "Non vincolante.", by=await ana(now), now=now)
    assert (await queries.whole_in(position.id, "fr")) is not None
