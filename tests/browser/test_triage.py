"""The inbox by keyboard, by two people at once, without a connection, and without a script."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.product import Product, demo
from tests.browser.showing import Showing, share
from tests.browser.watching import Watch, window

ENTRIES = 90
READING = 500  # milliseconds: a twelfth of what a trained person takes
ANA, LUCA = "ana.muster@alpennetz.example", "luca.beispiel@alpennetz.example"
FRENCH_FOUR = """() => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {
  key: "'", code: "Digit4", bubbles: true, cancelable: true }))"""


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A demo of its own, with many entries whose deadlines come first."""
    home = Path(tmp_path_factory.mktemp("triage"))
    with demo(home) as product:
        _publish(home / "alphorn.db")
        yield product


def _publish(path: Path) -> None:
    now = datetime.now(UTC)
    with closing(sqlite3.connect(path, timeout=60)) as store, store:
        [(source,)] = store.execute("SELECT MIN(id) FROM source")
        store.executemany(
            "INSERT INTO entry (source, key, title, address, first_seen, last_seen, language,"
            " html, text, hash, search_text, next_deadline)"
            " VALUES (?, ?, ?, ?, ?, ?, 'en', '<p>Text</p>', 'Text', '', ?, ?)",
            [
                (
                    *(source, f"{n:064}", f"Matter {n:03}", f"https://example.org/{n}"),
                    *(str(now), str(now), f"matter {n:03}", str(now + timedelta(hours=n + 1))),
                )
                for n in range(ENTRIES)
            ],
        )


@contextmanager
def inbox(
    browser: Browser, busy: Product, person: str = ANA, *, script: bool = True
) -> Iterator[tuple[Page, Watch]]:
    with window(browser, busy.address, script=script) as (page, watch):
        page.goto(busy.login_link(person))
        page.locator("main form button").click()
        page.goto(f"{busy.address}/en/inbox")
        yield page, watch


def title(page: Page) -> str:
    return page.locator("#entry-title").inner_text()


def decided(page: Page) -> int:
    return int(page.get_by_text("decided today").inner_text().split()[0])


def becomes(ask: Callable[[], object], wanted: object) -> None:
    end = time.monotonic() + 15
    while ask() != wanted and time.monotonic() < end:
        time.sleep(0.02)
    assert ask() == wanted


def test_fifty_entries_are_decided_by_keyboard(
    browser: Browser, busy: Product, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = [("4",), ("3",), ("4",), ("h", "h"), ("4",)]
    with inbox(browser, busy) as (page, watch):
        watch.look(page)
        before, showing, began = decided(page), Showing(page), time.monotonic()
        for n in range(50):
            showing.press(*keys[n % len(keys)])
            showing.read(READING)
        took = time.monotonic() - began
        becomes(lambda: decided(page), before + 50)
        page.wait_for_timeout(100)
        times, costs = showing.milliseconds(), showing.interactions()
        watch.look(page)
        assert watch.faults == []
    with capsys.disabled():
        print(
            f"\n50 entries in {took:.1f} s, half a second for each to read; the next one is visible after"
            f" {share(times, 0.75):.0f} ms (p75), INP {share(costs, 0.98):.0f} ms"
        )


def test_keys_do_nothing_but_write_in_fields_and_nothing_with_modifiers(
    browser: Browser, busy: Product
) -> None:
    with inbox(browser, busy) as (page, _):
        first, count = title(page), decided(page)
        page.keyboard.press("1")
        field = page.locator("#title")
        expect(field).to_be_focused()
        field.fill("")
        page.keyboard.type("j14zx?g i/h")
        assert field.input_value() == "j14zx?g i/h"
        page.keyboard.press("Escape")
        for key in ("Control+j", "Alt+4", "Alt+j", "Meta+4", "Control+x"):
            page.keyboard.press(key)
        page.wait_for_timeout(300)
        assert (title(page), decided(page)) == (first, count)
        assert page.locator(".inbox input:checked").count() == 0


def test_every_key_of_the_list_is_explained_and_escape_closes_it(
    browser: Browser, busy: Product
) -> None:
    with inbox(browser, busy) as (page, _):
        page.keyboard.press("?")
        keys = page.locator("#keys dt").all_inner_texts()
        assert [" ".join(each.split()) for each in keys] == [
            "j k", "o ↵", "v", "t", "1", "2", "Shift 2", "3", "4", "h", "x", "Shift x", "z", "/",
            "g n", "g i", "g d", "g t", "?", "Esc",
        ]  # fmt: skip
        count = decided(page)
        page.keyboard.press("4")
        page.keyboard.press("Escape")
        assert (page.locator("#keys").is_visible(), decided(page)) == (False, count)
        page.keyboard.press("o")
        expect(page.locator("#entry-title")).to_be_focused()
        page.keyboard.press("Shift+Digit2")
        expect(page.locator("#dossier")).to_be_focused()
        page.keyboard.press("Escape")
        page.keyboard.press("g")
        with page.expect_navigation():
            page.keyboard.press("d")
        assert page.url.endswith("/en/dossiers")


def test_a_range_is_selected_decided_and_taken_back_as_one(browser: Browser, busy: Product) -> None:
    with inbox(browser, busy) as (page, _):
        showing = Showing(page)
        count, first = decided(page), title(page)
        page.keyboard.press("x")
        showing.press("j")
        showing.press("j")
        page.keyboard.press("Shift+X")
        assert page.locator(".inbox input:checked").count() == 3
        page.keyboard.press("4")
        becomes(lambda: decided(page), count + 3)
        assert "3 entries: Dismissed" in page.locator(".banner").first.inner_text()
        page.keyboard.press("z")
        becomes(lambda: decided(page), count)
        assert title(page) == first
        showing.press("j")
        showing.press("k")
        assert title(page) == first


def test_a_digit_is_the_same_on_a_french_keyboard(browser: Browser, busy: Product) -> None:
    with inbox(browser, busy) as (page, _):
        count = decided(page)
        page.evaluate(FRENCH_FOUR)
        becomes(lambda: decided(page), count + 1)


def test_three_fields_open_a_dossier_and_the_next_entry_is_there(
    browser: Browser, busy: Product
) -> None:
    with inbox(browser, busy) as (page, watch):
        first, second = title(page), page.locator(".inbox strong").nth(1).inner_text()
        page.keyboard.press("1")
        expect(page.locator("#title")).to_have_value(first)
        watch.look(page)
        page.locator("#deadline").fill("1.1.2020")
        page.keyboard.press("Enter")
        expect(page.locator(".summary")).to_be_focused()
        assert "is in the past" in page.locator(".summary").inner_text()
        page.locator("#deadline").fill("")
        page.keyboard.press("Enter")
        becomes(lambda: title(page), second)
        expect(page.locator(".inbox [aria-current]")).to_be_focused()
        assert f"{first}" in page.locator(".banner").first.inner_text()
        assert watch.faults == []


def test_keys_are_switched_off_and_stay_off(browser: Browser, busy: Product) -> None:
    with inbox(browser, busy) as (page, _):
        with page.expect_navigation():
            page.get_by_role("button", name="Switch keys off").click()
        count = decided(page)
        for key in ("4", "?", "x"):
            page.keyboard.press(key)
        page.goto(f"{busy.address}/en/inbox")
        page.keyboard.press("4")
        page.wait_for_timeout(300)
        assert decided(page) == count
        with page.expect_navigation():
            page.get_by_role("button", name="Switch keys on").click()
        page.keyboard.press("4")
        becomes(lambda: decided(page), count + 1)


def test_without_a_connection_the_row_returns_and_the_decision_can_be_repeated(
    browser: Browser, busy: Product
) -> None:
    with inbox(browser, busy) as (page, _):
        count, first, rows = decided(page), title(page), page.locator(".inbox li:visible").count()
        page.context.set_offline(True)
        page.keyboard.press("4")
        expect(page.locator("#in-vain")).to_contain_text("Not saved (no connection).")
        assert (title(page), decided(page)) == (first, count)
        assert page.locator(".inbox li:visible").count() == rows
        page.context.set_offline(False)
        page.locator("#in-vain button").click()
        becomes(lambda: decided(page), count + 1)
        assert page.locator("#in-vain").count() == 0


def test_who_is_faster_than_the_page_decides_what_is_shown(browser: Browser, busy: Product) -> None:
    with inbox(browser, busy) as (page, _):
        count = decided(page)
        names = page.locator(".inbox strong").all_inner_texts()
        showing = Showing(page)
        showing.read(900)  # the next one has been fetched
        page.keyboard.press("4")
        page.keyboard.press("4")
        becomes(lambda: decided(page), count + 2)
        becomes(lambda: title(page), names[2])


def test_two_people_see_each_other_and_the_second_decision_shows_the_first(
    browser: Browser, busy: Product
) -> None:
    with (
        inbox(browser, busy) as (mine, _),
        inbox(browser, busy, LUCA) as (other, _),
    ):
        first, count = title(mine), decided(mine)
        assert title(other) == first
        assert "Ana Muster is looking" in other.locator("article.card").inner_text()
        other.keyboard.press("3")
        becomes(lambda: decided(other), count + 1)
        mine.keyboard.press("4")
        expect(mine.locator("h1")).to_have_text("Somebody was faster")
        assert "Luca Beispiel marked this as a duplicate" in mine.locator("main").inner_text()
        mine.get_by_role("button", name="Change decision: Dismissed").click()
        expect(mine.locator(".banner").first).to_contain_text("1 entry: Dismissed")
        assert decided(mine) == count + 1


def test_without_a_script_ten_entries_are_decided_by_buttons(
    browser: Browser, busy: Product
) -> None:
    with inbox(browser, busy, script=False) as (page, watch):
        count = decided(page)
        for n in range(10):
            before = title(page)
            if n == 5:
                page.locator(".later > summary").click()
                page.get_by_role("button", name="Tomorrow").click()
            else:
                page.get_by_role("button", name="Dismiss 4").click()
            assert title(page) != before
        assert decided(page) == count + 10
        for box in page.locator(".inbox input").all()[:2]:
            box.check()
        page.locator(".bulk > summary").click()
        page.get_by_role("button", name="Dismiss selected").click()
        assert "2 entries: Dismissed" in page.locator(".banner").first.inner_text()
        page.get_by_role("button", name="Undo").first.click()
        assert decided(page) == count + 10
        watch.look(page)
        assert watch.faults == []
