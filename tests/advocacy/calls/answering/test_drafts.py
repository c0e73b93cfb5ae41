import json
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.calls import actions
from advocacy.calls.answering import drafts, forms
from advocacy.calls.answering.forms import Page
from advocacy.calls.tables import Contribution
from advocacy.errors import Invalid, Outdated
from tests.advocacy.calls import story

FIELDS = st.sampled_from(
    ["stance", "text", "basis", "decided", "answered_by", "role", "name_public"]
    + [f"answer-{n}" for n in range(2, 5)]
    + [f"comment-{n}" for n in (1, 2, 17, 240)]
)
KEYS = st.sampled_from(["_once", "_seen", "_base", "_csrf_token", "save", "ask", "remove", "files"])


@given(
    st.dictionaries(FIELDS, st.text(max_size=60), max_size=12),
    st.dictionaries(KEYS, st.text(max_size=10), max_size=4),
)
def test_whatever_is_typed_comes_back(typed: dict[str, str], keys: dict[str, str]):
    kept = forms.kept_draft(typed | keys)
    shown = drafts.as_mapping(json.dumps(kept, ensure_ascii=False))
    for name, text in typed.items():
        assert shown.get(name, "") == text.replace("\0", "")
    assert set(kept) <= set(typed)


@given(st.lists(st.text(max_size=30), max_size=4))
def test_a_draft_has_unsent_words_until_an_answer_holds_them(texts: list[str]):
    typed = {f"comment-{n}": text for n, text in enumerate(texts, start=1)}
    written = {text.replace("\r\n", "\n").strip() for text in texts}
    assert set(forms.words_in(typed)) == {
        words for words in written if words and not words.isdecimal()
    }


def test_comments_on_hundreds_of_paragraphs_are_all_kept():
    typed = {f"comment-{n}": f"Pripomba {n}" for n in range(1, 601)}
    assert forms.kept_draft(typed | {"comment-601": ""}) == typed


def test_what_no_page_can_hold_is_refused_in_words():
    for typed in ({"text": "x" * 100_001}, {f"comment-{n}": "x" * 90_000 for n in range(1, 13)}):
        with pytest.raises(Invalid):
            forms.kept_draft(typed)


def test_a_page_says_what_it_shows():
    assert forms.page({"_once": "k", "_seen": "", "_base": "2"}) == Page("k", "", 2)
    assert forms.page({"_once": "k", "_seen": "x", "_base": "²"}) == Page("k", "x", None)
    assert forms.page({"_once": "k"}) is None
    assert forms.page({"_seen": "x", "_base": "1"}) is None


async def _typing(key: str, seen: str, text: str, now: datetime) -> str:
    row = await story.invitation("SI-07")
    return await actions.save_draft(row.id, {"_once": key, "_seen": seen, "text": text}, now)


async def _draft() -> str:
    return str(json.loads((await story.invitation("SI-07")).draft)["text"])


@pytest.mark.anyio
async def test_one_page_saves_again_and_again(db: str, now: datetime):
    await story.opened(now)
    seen = await _typing("a", "", "Ena", now)
    later = now + timedelta(seconds=9, microseconds=123_456)
    seen = await _typing("a", seen, "Ena dva", later)
    assert seen == drafts.stamp((await story.invitation("SI-07")).draft_saved)
    await _typing("a", "", "Ena", later)  # a request that was on its way for long
    assert await _draft() == "Ena"


@pytest.mark.anyio
async def test_two_who_type_do_not_overwrite_each_other(db: str, now: datetime):
    await story.opened(now)
    await _typing("a", "", "Moje.", now)
    with pytest.raises(Outdated) as error:
        await _typing("b", "", "Tvoje.", now + timedelta(seconds=3))
    assert (error.value.theirs, error.value.mine) == ("Moje.", "Tvoje.")
    assert await _draft() == "Moje."


@pytest.mark.anyio
async def test_who_opened_the_page_later_goes_on_from_what_stands_there(db: str, now: datetime):
    await story.opened(now)
    seen = await _typing("a", "", "Moje.", now)
    await _typing("b", seen, "Najino.", now + timedelta(seconds=3))
    assert await _draft() == "Najino."
    with pytest.raises(Outdated):
        await _typing("a", seen, "Moje, naprej.", now + timedelta(seconds=6))
    assert await _draft() == "Najino."


@pytest.mark.anyio
async def test_words_that_contain_theirs_lose_nothing(db: str, now: datetime):
    await story.opened(now)
    await _typing("a", "", "", now)
    await _typing("b", "", "Prve besede.", now + timedelta(seconds=3))
    assert await _draft() == "Prve besede."


@pytest.mark.anyio
async def test_an_answer_takes_its_own_draft_along_and_leaves_that_of_another(
    db: str, now: datetime
):
    await story.opened(now)
    row = await story.invitation("SI-07")
    seen = await _typing("a", "", "Osnutek.", now)
    await actions.contribute(row.id, story.answer("Odgovor."), page=Page("b", seen, 0), now=now)
    assert (await story.invitation("SI-07")).draft == ""
    await _typing("c", "", "Sodelavkin osnutek.", now + timedelta(seconds=3))
    await actions.contribute(row.id, story.answer("Drugič."), page=Page("b", seen, 1), now=now)
    assert await _draft() == "Sodelavkin osnutek."


@pytest.mark.anyio
async def test_withdrawing_keeps_the_answer_and_what_was_typed_since(db: str, now: datetime):
    await story.opened(now)
    row = await story.invitation("SI-07")
    await actions.contribute(row.id, story.answer("Poslano."), now=now)
    await _typing("a", "", "Še nekaj.", now)
    await actions.withdraw(row.id, now)
    assert await _draft() == "Poslano.\n\nŠe nekaj."


@pytest.mark.anyio
async def test_nobody_withdraws_an_answer_that_they_have_not_seen(db: str, now: datetime):
    await story.opened(now)
    row = await story.invitation("SI-07")
    await actions.contribute(row.id, story.answer("Prvič."), now=now)
    await actions.contribute(row.id, story.answer("Drugič."), now=now)
    with pytest.raises(Outdated):
        await actions.withdraw(row.id, now, base_version=1)
    assert await Contribution.select(Contribution.state) == [{"state": "given"}]
    await actions.withdraw(row.id, now, base_version=2)
    assert await Contribution.select(Contribution.state) == [{"state": "withdrawn"}]
