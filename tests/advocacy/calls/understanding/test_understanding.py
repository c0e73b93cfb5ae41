from datetime import datetime, timedelta

import pytest

from advocacy.calls import actions
from advocacy.calls.answering.forms import Answer
from advocacy.calls.rules import Stance
from advocacy.calls.tables import Contribution, ContributionTranslation, ContributionVersion
from advocacy.calls.understanding import foreign_answers, understanding
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Invalid, NotAllowed, NotFound, Outdated
from advocacy.undoing.actions import undo
from tests.advocacy.calls import story
from tests.characters import ana, giulia, maja, municipality
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio
SAID = "Imamo 14 planin."
MEANT = "Wir haben 14 Almen."


async def _answered(now: datetime, answer: Answer | None = None, code: str = "SI-07") -> int:
    made = await actions.contribute(
        (await story.invitation(code)).id, answer or story.answer(), now=now
    )
    return made.id


async def _save(number: int, text: str, now: datetime, **changed: object) -> int | None:
    values: dict[str, object] = {
        "version": 1, "was": "", "checked": False, "by": await maja(now), "now": now,
    }  # fmt: skip
    return await understanding.save(number, text, **(values | changed))  # type: ignore[arg-type]


async def test_an_answer_in_another_language_waits_until_it_is_checked(db: str, now: datetime):
    await story.opened(now)
    number = await _answered(now)
    assert [
        (each.code, each.text, each.begun) for each in await foreign_answers.unread(["SI"])
    ] == [("SI-07", SAID, False)]
    await _save(number, MEANT, now)
    assert [each.begun for each in await foreign_answers.unread(["SI"])] == [True]
    await _save(number, MEANT, now, was=MEANT, checked=True)
    assert await foreign_answers.unread(["SI"]) == []


async def test_the_original_stays_and_the_translation_is_found_by_its_version(
    db: str, now: datetime
):
    await story.opened(now)
    number = await _answered(now)
    await _save(number, MEANT, now, checked=True)
    version = await ContributionVersion.objects().where(
        ContributionVersion.contribution == number
    ).first()  # fmt: skip
    assert version is not None
    assert version.text == SAID
    found = await understanding.translations_of([version.id])
    assert found[version.id].text == MEANT
    assert (found[version.id].checked_by, found[version.id].checked) == ("Maja Vzorec", now)
    assert await understanding.translations_of([]) == {}


async def test_a_new_version_makes_the_translation_stale_and_shows_the_change(
    db: str, now: datetime
):
    await story.opened(now)
    number = await _answered(now)
    await _save(number, MEANT, now, checked=True)
    await _answered(now + timedelta(hours=1), story.answer("Imamo 15 planin."))
    assert [each.contribution for each in await foreign_answers.unread(["SI"])] == [number]
    found = await foreign_answers.beside(number)
    assert (found.version.number, found.translation, found.text) == (2, None, MEANT)
    assert [piece for piece in found.changed if piece[0] != "same"] == [
        ("del", "14"), ("ins", "15"),
    ]  # fmt: skip
    with pytest.raises(Outdated):
        await _save(number, "Wir haben 15 Almen.", now, version=1, was=MEANT)
    await _save(number, "Wir haben 15 Almen.", now, version=2, was=MEANT, checked=True)
    assert await ContributionTranslation.count() == 2


async def test_what_the_network_reads_or_what_has_no_words_does_not_wait(db: str, now: datetime):
    await story.opened(now)
    german = Answer(Stance.NO, "de", "Josef Beispielmann", text="Nein, so nicht.")
    await _answered(now, german, "AT-01")
    wordless = Answer(Stance.NO, "it", "Paola Esempio", answers={"3": "120"})
    await _answered(now, wordless, "IT-01")
    assert await foreign_answers.unread(["AT", "IT"]) == []
    assert await foreign_answers.unread([]) == []


async def test_answers_besides_and_comments_are_words_too(db: str, now: datetime):
    await story.opened(now)
    said = Answer(
        Stance.NO,
        "it",
        "Paola Esempio",
        answers={"3": "120 ettari"},
        comments={12: "Troppo", 2: "No"},
    )
    number = await _answered(now, said, "IT-01")
    assert (await foreign_answers.beside(number)).words == ["120 ettari", "No", "Troppo"]


async def test_nobody_translates_for_a_position_that_has_gone_out(db: str, now: datetime):
    await story.opened(now)
    await _answered(now)
    await Dossier.update({Dossier.station: "submitted"}).where(Dossier.number == "2026-014")
    assert await foreign_answers.unread(["SI"]) == []


async def test_two_who_translate_at_once_lose_nothing(db: str, now: datetime):
    await story.opened(now)
    number = await _answered(now)
    await _save(number, MEANT, now)
    with pytest.raises(Outdated) as met:
        await _save(number, "Vierzehn Almen haben wir.", now, was="", by=await ana(now))
    assert (met.value.theirs, met.value.mine) == (MEANT, "Vierzehn Almen haben wir.")
    assert await _save(number, MEANT, now, was="") is None  # the same words again


async def test_changed_words_lose_their_check(db: str, now: datetime):
    await story.opened(now)
    number = await _answered(now)
    await _save(number, MEANT, now, checked=True)
    await _save(number, "Wir haben vierzehn Almen.", now, was=MEANT)
    row = await ContributionTranslation.objects().first()
    assert row is not None
    assert (row.checked, row.checked_by) == (None, None)


async def test_a_check_and_a_first_text_are_undone(db: str, now: datetime):
    await story.opened(now)
    number = await _answered(now)
    first = await _save(number, MEANT, now)
    check = await _save(number, MEANT, now, was=MEANT, checked=True)
    assert first is not None
    assert check is not None
    await undo(check, by=await maja(now), now=now)
    row = await ContributionTranslation.objects().first()
    assert row is not None
    assert (row.text, row.checked) == (MEANT, None)
    assert await undo(first, by=await maja(now), now=now) == f"/countries/si/answers/{number}"
    assert await ContributionTranslation.count() == 0


async def test_an_undo_never_takes_the_words_of_somebody_else(db: str, now: datetime):
    await story.opened(now)
    number = await _answered(now)
    first = await _save(number, MEANT, now)
    await _save(number, "Vierzehn Almen.", now, was=MEANT, by=await ana(now))
    assert first is not None
    with pytest.raises(Outdated):
        await undo(first, by=await maja(now), now=now)
    assert (await ContributionTranslation.select(ContributionTranslation.text)) == [
        {"text": "Vierzehn Almen."}
    ]


async def test_only_the_own_country_is_translated(db: str, now: datetime):
    await story.opened(now)
    number = await _answered(now)
    with pytest.raises(NotAllowed):
        await _save(number, MEANT, now, by=await giulia(now))
    with pytest.raises(Invalid):
        await _save(number, "  ", now)
    with pytest.raises(Invalid):
        await _save(number, "x" * 20_001, now)
    with pytest.raises(NotFound):
        await _save(99_999, MEANT, now)
    assert await ContributionTranslation.count() == 0


async def test_a_withdrawn_answer_is_gone_from_the_queue(db: str, now: datetime):
    await story.opened(now)
    number = await _answered(now)
    await actions.withdraw((await story.invitation("SI-07")).id, now)
    assert await foreign_answers.unread(["SI"]) == []
    with pytest.raises(NotFound):
        await foreign_answers.beside(number)


async def test_an_answer_without_yes_or_no_waits_for_a_stance(db: str, now: datetime):
    await story.opened(now)
    number = await _answered(now, story.answer("Poglejte prilogo.", Stance.NOT_STATED))
    assert [each["contribution"] for each in await foreign_answers.without_stance(["SI"])] == [
        number
    ]
    assert await foreign_answers.without_stance(["IT"]) == []
    assert await foreign_answers.without_stance([]) == []


async def test_the_queue_takes_as_many_queries_for_three_answers_as_for_one(db: str, now: datetime):
    for code in ("SI-08", "SI-09"):
        await municipality(code, "Druga vas", "sl", "Metka Primer", now=now)
    await story.opened(now)
    await _answered(now)
    with counted() as one:
        await foreign_answers.unread(["SI"])
        await foreign_answers.without_stance(["SI"])
    for code in ("SI-08", "SI-09"):
        await _answered(now, code=code)
    with counted() as three:
        assert len(await foreign_answers.unread(["SI"])) == 3
        await foreign_answers.without_stance(["SI"])
    assert len(one) == len(three)
    assert await Contribution.count() == 3
