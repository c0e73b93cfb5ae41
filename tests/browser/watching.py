"""What is looked at on every page that a test opens: axe, width, console, requests, language."""

import itertools
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any  # axe answers with JSON
from urllib.parse import urlsplit

import axe_playwright_python
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LANGUAGES = {"de", "en", "fr", "it", "sl"}
WIDTHS = (320, 390, 1280)  # CSS pixels: small, phone, desktop
REFUSED = re.compile(r"Failed to load resource.*\b422\b")  # Chromium's line for a refused form
_pictures = itertools.count(1)

RUN_AXE = """async (options) => (await axe.run(document, options)).violations.map(
  (each) => `${each.id}: ` + each.nodes.map((node) => node.html.slice(0, 160)).slice(0, 4).join(" | ")
)"""
OVERFLOW = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return "";
  const wide = [...document.querySelectorAll("body *")].filter(
    (each) => each.getBoundingClientRect().right > root.clientWidth + 1 && !each.closest(".scroll")
  );
  return `${root.scrollWidth} px: ` + wide.slice(0, 4).map((each) => each.outerHTML.slice(0, 90)).join(" | ");
}"""


@dataclass
class Watch:
    """Gathers what is wrong with the pages of one browser context; a test says `== []`."""

    host: str
    size: tuple[int, int]
    script: bool = True  # axe needs it; a page is the same without
    dark: bool = True
    faults: list[str] = field(default_factory=list)
    seen: set[tuple[str, int]] = field(default_factory=set)

    def on(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("request", self._request)
        context.on(
            "weberror", lambda error: self._say(str(error.page and error.page.url), error.error)
        )

    def _say(self, where: str, what: object) -> None:
        self.faults.append(f"{without_secret(where)}: {what}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not REFUSED.search(message.text):
            self._say(message.page.url if message.page else "", f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).netloc != self.host:
            self._say(request.url, "a request to another host")

    def look(self, page: Page, *, language: str = "en") -> None:
        """The page as it stands: light and dark, at three widths. In one state only once."""
        state = (urlsplit(page.url).path, page.locator(".summary, .banner, .msg").count())
        if state in self.seen:
            return
        self.seen.add(state)
        faults = [
            *(self._axe(page) if self.script else ()),
            *self._widths(page),
            *_structure(page, language),
        ]
        for fault in faults:
            self._say(page.url, fault)
        _picture(page)

    def _widths(self, page: Page) -> Iterator[str]:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": self.size[1]})
            if over := page.evaluate(OVERFLOW):
                yield f"wider than {width} px: {over}"
        page.set_viewport_size({"width": self.size[0], "height": self.size[1]})

    def _axe(self, page: Page) -> list[str]:
        """In the light as wide as this window, in the dark as narrow as can be."""
        found = _axe(page, {"runOnly": RULES})
        if not self.dark:
            return found
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": WIDTHS[0], "height": self.size[1]})
        colours = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
        found += [f"in the dark, {each}" for each in _axe(page, {"runOnly": colours})]
        page.emulate_media(color_scheme="light")
        return found


def without_secret(address: str) -> str:
    return re.sub(r"/(a|in|r|u|cal)/[^/?#]+", r"/\1/…", address)


def _axe(page: Page, options: dict[str, Any]) -> list[str]:
    if not page.evaluate("() => typeof axe === 'object'"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN_AXE, options | {"resultTypes": ["violations"]})
    return found


def _structure(page: Page, language: str) -> Iterator[str]:
    if (found := page.locator("html").get_attribute("lang")) != language:
        yield f"<html lang={found}>, not {language}"
    if (count := page.locator("h1").count()) != 1:
        yield f"{count} main headings"
    switch = page.locator("footer a[hreflang]")
    codes = [each.get_attribute("hreflang") for each in switch.all()]
    if set(codes) != LANGUAGES or len(codes) != len(LANGUAGES):
        yield f"the switch offers {codes}"
    here = urlsplit(page.url)
    for code, link in zip(codes, switch.all(), strict=True):
        if link.get_attribute("href") not in _in_language(here.path, here.query, str(code)):
            yield f"the switch to {code} leads to {link.get_attribute('href')}"


def _in_language(path: str, query: str, code: str) -> set[str]:
    first = path.split("/")[1]
    if first in LANGUAGES and path == f"/{first}/":
        return {f"/{code}"}
    if first not in LANGUAGES:
        return {f"{path}?language={code}"}
    end = f"?{query}" if query else ""
    return {f"/{code}{path.removeprefix(f'/{first}')}{end}"}


def _picture(page: Page) -> None:
    folder = os.environ.get("ALPHORN_TEST_PICTURES", "")
    if folder:
        name = re.sub(r"\W+", "-", without_secret(urlsplit(page.url).path)).strip("-")
        page.screenshot(path=f"{folder}/{next(_pictures):03}-{name}.png", full_page=True)


@contextmanager
def window(
    browser: Browser, address: str, *, size: tuple[int, int] = (1280, 900), script: bool = True
) -> Iterator[tuple[Page, Watch]]:
    """Somebody's browser: cookies of its own, and a watch over all it opens."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        java_script_enabled=script,
        locale="en-GB",
        reduced_motion="reduce",
    )
    context.set_default_timeout(20_000)
    watch = Watch(urlsplit(address).netloc, size, script)
    watch.on(context)
    try:
        yield context.new_page(), watch
    finally:
        context.close()
