"""A position written by keyboard: cited, counted, kept on the device; and without a script."""

import re
import time

from playwright.sync_api import Browser, Page, expect

from tests.browser.product import Product
from tests.browser.watching import window

ANA = "ana.muster@alpennetz.example"
P = "/en/p/2026-003"
LINKING = 3  # seconds for one input and one paragraph


def signed_in(page: Page, product: Product) -> None:
    page.goto(product.login_link(ANA))
    page.locator("main form button").click()


def test_a_passage_is_cited_by_keyboard_in_three_seconds_and_nothing_typed_is_lost(
    product: Product, browser: Browser
):
    with window(browser, product.address) as (page, watch):
        signed_in(page, product)
        for path in ("edit", "support", "sentences", ""):
            page.goto(f"{product.address}{P}/{path}".rstrip("/"))
            watch.look(page)
        page.goto(f"{product.address}{P}/edit")
        counter, first = page.locator("[data-counter]"), page.locator("[name=text-1]")
        served = counter.text_content()
        first.press("Control+End")
        first.type(" ")
        expect(counter).to_have_text(served or "")
        box = page.locator("[name=cite][data-stance=supports]").last
        mark = box.get_attribute("value") or ""
        box.evaluate("box => box.closest('details').open = true")
        box.focus()
        began = time.monotonic()
        page.keyboard.press("x")
        page.keyboard.press("Enter")
        page.keyboard.type("6")
        page.keyboard.press("Enter")
        assert mark in page.locator("[name=text-6]").input_value()
        assert time.monotonic() - began < LINKING
        expect(page.locator("[data-kept]")).to_contain_text("not saved yet", timeout=6000)
        page.goto(f"{product.address}{P}/edit")
        expect(page.locator("[data-elsewhere]")).to_contain_text(mark)
        page.locator("[data-restore]").click()
        expect(page.locator("[name=text-6]")).to_have_value(_with(mark))
        expect(page.locator("[data-elsewhere]")).to_be_hidden()
        assert watch.faults == []


def _with(mark: str) -> re.Pattern[str]:
    return re.compile(re.escape(mark))


def test_the_same_without_a_script(product: Product, browser: Browser):
    with window(browser, product.address, script=False) as (page, watch):
        signed_in(page, product)
        page.goto(f"{product.address}{P}/edit")
        box = page.locator("[name=cite][data-stance=supports]").first
        mark = box.get_attribute("value") or ""
        box.check()
        page.locator("#to-number").fill("6")
        page.locator(".linking button").first.click()
        expect(page.locator("[name=text-6]")).to_have_value(_with(mark))
        expect(page.locator("#linked")).to_be_visible()
        assert watch.faults == []
