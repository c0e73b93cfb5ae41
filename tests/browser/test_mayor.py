"""A mayor answers on a phone, in the mother tongue, from the letter to the receipt."""

import re
import sqlite3
import time
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.browser.product import Product, link_in, text_of
from tests.browser.watching import window

PHONE = (390, 800)
MOST_TAPS = 6
LARGEST_PAGE = 75_000  # bytes on the wire, with fonts
MOST_SHIFT = 0.1  # of the layout, while the page loads
WHY = {
    "de": "Wir haben 14 Almen. Der Herdenschutz ist zu teuer.",
    "fr": "Nous avons 14 alpages. La protection coûte trop cher.",
    "it": "Abbiamo 14 alpeggi. La protezione costa troppo.",
    "sl": "Imamo 14 planin. Varovanje je predrago.",
}
PAINTED = """() => new Promise((done) => {
  const found = { lcp: 0, cls: 0 };
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) found.lcp = each.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) if (!each.hadRecentInput) found.cls += each.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(found), 500);
})"""


@dataclass
class Phone:
    """A slow one: 1.6 Mbit/s, 150 ms, a quarter of this machine's speed. Counts taps and bytes."""

    page: Page
    taps: int = 0
    received: int = 0

    def __post_init__(self) -> None:
        wire: CDPSession = self.page.context.new_cdp_session(self.page)
        wire.send("Network.enable")
        slow = {"offline": False, "latency": 150, "downloadThroughput": 200_000}
        wire.send("Network.emulateNetworkConditions", slow | {"uploadThroughput": 94_000})
        wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        wire.on("Network.loadingFinished", self._count)

    def _count(self, event: dict[str, float]) -> None:
        self.received += int(event["encodedDataLength"])

    def tap(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.taps += 1


def waiting(product: Product, language: str, place: int = 0) -> tuple[str, str]:
    """Name and call of somebody who was asked in this language and has not answered."""
    with sqlite3.connect(product.home / "alphorn.db", timeout=30) as store:
        rows = store.execute(
            "SELECT c.name, k.number FROM invitation i JOIN contact c ON c.id = i.contact"
            " JOIN call k ON k.id = i.call"
            " WHERE i.state = 'sent' AND k.state = 'open' AND i.language = ? ORDER BY i.id DESC",
            [language],
        ).fetchall()
    store.close()
    name, call = rows[place]
    return str(name), str(call)


@pytest.mark.parametrize("language", WHY)
def test_a_mayor_answers_with_few_taps_and_no_account(
    browser: Browser, product: Product, language: str
) -> None:
    name, call = waiting(product, language)
    letter = product.letter(to=name, about=call)
    with window(browser, product.address, size=PHONE) as (page, watch):
        phone = Phone(page)
        began = time.monotonic()
        taps = re.search(r"http://\S+\?a=partly", text_of(letter))
        assert taps
        page.goto(taps[0])  # the button in the letter
        phone.taps += 1
        page.wait_for_load_state("networkidle")
        weight = phone.received
        painted = page.evaluate(PAINTED)
        assert page.locator("[name=stance][value=partly]").is_checked()
        phone.tap("[name=text]")
        page.keyboard.type(WHY[language], delay=40)
        phone.tap("form[data-draft] button.btn:not([name])")
        page.locator(".banner.ok h1").wait_for()
        took = time.monotonic() - began
        watch.look(page, language=language)
        assert page.locator("blockquote").first.inner_text() == WHY[language]
        assert page.locator("html").get_attribute("lang") == language
        assert "\n".join(watch.faults) == ""
    print(
        f"\n{language}: {phone.taps} taps, {took:.1f} s with {len(WHY[language])} signs typed,"
        f" {weight / 1000:.0f} kB, LCP {painted['lcp'] / 1000:.2f} s, CLS {painted['cls']:.3f}"
    )
    assert phone.taps <= MOST_TAPS
    assert 0 < weight <= LARGEST_PAGE
    assert painted["cls"] <= MOST_SHIFT
    receipts = [
        each for each in product.letters(to=name, about="") if WHY[language] in text_of(each)
    ]
    receipts = receipts or [product.letter(to=name, about=f"{call}/")]
    assert (WHY[language] in text_of(receipts[-1])) and (
        receipts[-1]["Content-Language"] == language
    )


def test_what_was_typed_is_there_after_the_tab_was_killed(
    browser: Browser, product: Product
) -> None:
    name, call = waiting(product, "de", place=1)
    link = link_in(product.letter(to=name, about=call), "/a/").partition("?")[0]
    typed = "Die Kosten sind zu hoch. " * 20
    with window(browser, product.address, size=PHONE) as (page, _):
        page.goto(link)
        page.locator("[name=text]").fill(typed)
        saved = page.locator("[data-draft-status]").filter(has_text="gespeichert")
        saved.wait_for(timeout=10_000)
    with window(browser, product.address, size=PHONE) as (page, watch):
        page.goto(link)
        assert page.locator("[name=text]").input_value().strip() == typed.strip()
        assert page.locator("[data-draft-status]").inner_text().startswith("Entwurf gespeichert")
        assert "\n".join(watch.faults) == ""


def test_a_lost_connection_is_told_and_the_text_saves_itself_afterwards(
    browser: Browser, product: Product
) -> None:
    name, call = waiting(product, "de", place=2)
    link = link_in(product.letter(to=name, about=call), "/a/").partition("?")[0]
    with window(browser, product.address, size=PHONE) as (page, _):
        page.goto(link)
        page.context.set_offline(True)
        page.locator("[name=text]").fill("Funkloch im Tal.")
        told = page.locator("[data-draft-status]").filter(has_text="Nicht gespeichert")
        told.wait_for(timeout=10_000)
        assert page.locator("[name=text]").input_value() == "Funkloch im Tal."
        page.context.set_offline(False)
        saved = page.locator("[data-draft-status]").filter(has_text="Entwurf gespeichert")
        saved.wait_for(timeout=15_000)
    with window(browser, product.address, size=PHONE) as (page, _):
        page.goto(link)
        assert page.locator("[name=text]").input_value() == "Funkloch im Tal."
