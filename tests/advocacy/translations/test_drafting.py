from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import pytest

from advocacy.history.tables import Event
from advocacy.settings import settings
from advocacy.translations import actions, queries
from advocacy.translations.drafting import machine_drafts
from advocacy.translations.tables import Translation
from advocacy.translator import LibreTranslate
from advocacy.undoing.actions import undo
from tests.advocacy.translations.machine import DICTIONARY, Machine, machine
from tests.advocacy.translations.test_actions import FRENCH, change_second, translated, written
from tests.browsing import browser
from tests.characters import claire

pytestmark = pytest.mark.anyio

PAGE = "/en/p/2026-014/translate/fr"


async def states(position_id: int) -> dict[str, str]:
    return {row.key: row.stands_as for row in await queries.aligned(position_id, "fr")}


async def test_a_machine_drafts_what_is_missing_and_nothing_else(db: str, now: datetime):
    position = await written(now)
    by = await claire(now)
    await actions.save(position.id, "fr", "k1", FRENCH["k1"], by=by, now=now)
    with machine() as server:
        done = await machine_drafts(position.id, "fr", LibreTranslate(server.url), by=by, now=now)
    assert (done.parts, done.trouble) == (3, None)
    assert await states(position.id) == {
        "title": "machine", "k1": "draft", "k2": "machine", "ask-1": "machine",
    }  # fmt: skip
    rows = await Translation.select(Translation.text, Translation.engine).where(
        Translation.paragraph == "k2"
    )
    assert rows == [{"text": FRENCH["k2"], "engine": "LibreTranslate"}]
    assert server.asked[0]["q"] == [
        "Großraubtiere", "Die Regel wird nach drei Jahren geprüft.", "Voller Ersatz der Kosten",
    ]  # fmt: skip
    await undo(done.event or 0, by=by, now=now)
    assert await states(position.id) == {
        "title": "missing", "k1": "draft", "k2": "missing", "ask-1": "missing",
    }  # fmt: skip


async def test_a_machine_draft_is_no_translation_until_a_person_has_looked(db: str, now: datetime):
    position = await written(now)
    by = await claire(now)
    with machine() as server:
        await machine_drafts(position.id, "fr", LibreTranslate(server.url), by=by, now=now)
    assert await queries.complete(position, "fr") == ["title", "k1", "k2", "ask-1"]
    assert await queries.whole_in(position.id, "fr") is None
    event = await actions.check(position.id, "fr", by=by, now=now)
    assert await queries.complete(position, "fr") == []
    await undo(event or 0, by=by, now=now)
    assert set((await states(position.id)).values()) == {"machine"}
    await actions.save(position.id, "fr", "k2", "Tous les trois ans.", by=by, now=now)
    assert (await states(position.id))["k2"] == "draft"
    kept = await Translation.select(Translation.engine).where(Translation.paragraph == "k2")
    assert kept == [{"engine": ""}]


@dataclass(frozen=True, slots=True)
class WhileItThinks:
    """A machine during whose work somebody writes a part, and which then breaks down."""

    server: Machine
    position: int
    by: object
    now: datetime

    name = "slow"

    async def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        await actions.save(
            self.position,
            "fr",
            "k2",
            "Écrit à la main.",
            by=self.by,
            now=self.now,  # type: ignore[arg-type]
        )
        return [DICTIONARY[text] for text in texts]


async def test_what_a_person_writes_meanwhile_stays(db: str, now: datetime):
    position = await written(now)
    by = await claire(now)
    with machine() as server:
        slow = WhileItThinks(server, position.id, by, now)
        done = await machine_drafts(position.id, "fr", slow, by=by, now=now)
    assert done.parts == 3
    row = await Translation.select(Translation.text).where(Translation.paragraph == "k2")
    assert row == [{"text": "Écrit à la main."}]


async def test_the_meaning_has_not_changed_in_one_click(db: str, now: datetime):
    position = await translated(now)
    await change_second(position, "Die Regel wird nach 3 Jahren geprüft [@own].", now)
    assert await queries.complete(position, "fr") == ["k2"]
    async with browser(now) as web:
        await web.sign_in(await claire(now), now)
        page = await web.get(PAGE)
        assert 'name="unchanged" value="k2"' in page.text
        same = {f"text-{key}": words for key, words in FRENCH.items()}
        was = {f"was-{key}": words for key, words in FRENCH.items()}
        page = await web.post(PAGE, same | was | {"version": "2", "unchanged": "k2"})
        assert await queries.complete(position, "fr") == []
        number = page.text.split('action="/en/undo/')[1].split('"')[0]
        await web.post(f"/en/undo/{number}", {})
    assert await queries.complete(position, "fr") == ["k2"]
    acts = await Event.select(Event.action).where(Event.action.like("meaning %")).order_by(Event.id)
    assert [act["action"] for act in acts] == ["meaning unchanged", "meaning said to have changed"]


@pytest.fixture
def setting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Names the translator's address, as an operator would, until the test is over."""

    def name(url: str) -> None:
        monkeypatch.setenv("ALPHORN_TRANSLATOR_URL", url)
        settings.cache_clear()

    yield name
    monkeypatch.undo()
    settings.cache_clear()


async def test_the_button_is_there_only_with_a_machine_and_says_what_went_wrong(
    db: str, now: datetime, setting: Callable[[str], None]
):
    await written(now)
    async with browser(now) as web:
        await web.sign_in(await claire(now), now)
        assert "by machine" not in (await web.get(PAGE)).text
        assert (await web.post(f"{PAGE}/machine", {})).status_code == 404
    with machine() as server:
        setting(server.url)
        async with browser(now) as web:
            await web.sign_in(await claire(now), now)
            assert "Draft what is missing by machine" in (await web.get(PAGE)).text
            server.status = 500
            page = await web.post(f"{PAGE}/machine", {})
            assert "The translator answered 500" in page.text
            server.status = 200
            page = await web.post(f"{PAGE}/machine", {})
            assert "4 parts are drafted by a machine" in page.text
            assert page.text.count("Machine translation, unchecked") == 5
