"""What each person does at each station, with nothing but links, buttons and labels."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page

from tests.browser.watching import Watch

IN_ENGLISH = "?language=en"
WORDS = {
    "de": ("Reicht die Förderung?", "Was fehlt Ihrer Gemeinde?"),
    "sl": ("Ali podpora zadošča?", "Kaj vaša občina pogreša?"),
}


@dataclass
class Visitor:
    """One person at one browser."""

    page: Page
    watch: Watch
    base: str
    language: str = "en"
    refused: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.base + path)
        self.look()

    def look(self) -> None:
        self.watch.look(self.page, language=self.language)

    def link(self, name: str | re.Pattern[str]) -> None:
        self.follow(self.page.get_by_role("link", name=name).first)

    def button(self, name: str | re.Pattern[str]) -> None:
        self.follow(self.page.get_by_role("button", name=name).first)

    def follow(self, what: Locator) -> None:
        with self.page.expect_navigation():
            what.click()
        self.look()

    def label(self, name: str, *, exact: bool = True) -> Locator:
        return self.page.get_by_label(name, exact=exact).first

    def named(self, name: str) -> Locator:
        return self.page.locator(f"[name='{name}']").first

    def says(self, text: str) -> bool:
        return text in self.page.locator("main").inner_text()

    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def problems(self) -> str:
        return self.page.locator(".summary").inner_text()


def sign_in(who: Visitor, link: str) -> None:
    who.page.goto(link)
    with who.page.expect_navigation():
        who.page.locator("main form button").click()
    who.page.goto(f"{who.base}/en/now")
    who.look()


def decide_and_undo(who: Visitor, *, by_key: bool) -> tuple[str, str]:
    """Dismisses the entry that stands open, and takes it back. Its title, then and after."""
    who.go("/en/inbox")
    title = who.page.locator("#entry-title").inner_text()
    if by_key:
        with who.page.expect_navigation():
            who.page.keyboard.press("4")
    else:
        who.button(re.compile("^Dismiss 4"))
    assert who.page.locator("main").get_by_role("status").first.is_visible()
    assert who.page.locator("#entry-title").inner_text() != title
    if by_key:
        with who.page.expect_navigation():
            who.page.keyboard.press("z")
    else:
        who.button(re.compile("^Undo"))
    who.page.goto(f"{who.base}/en/inbox")
    return title, who.page.locator("#entry-title").inner_text()


def open_dossier(who: Visitor, entry: str) -> str:
    """From an entry with a deadline; the number of the dossier."""
    who.go("/en/inbox?deadline=1")
    who.link(re.compile("^" + entry))
    who.page.locator("#entry-title", has_text=entry).wait_for()
    who.page.locator("summary", has_text="New dossier").click()
    who.link("More fields")
    assert who.label("Title").input_value().startswith(entry)
    evidence = who.label("The sentence it stands in (optional)").input_value()
    assert evidence and who.label("Deadline (optional)").input_value()
    who.button("Create dossier")
    assert who.says("Internal dates") and who.says(evidence)
    return who.page.url.rsplit("/", 1)[1].split("?")[0]


def subscribe(who: Visitor, number: str) -> list[tuple[str, bytes]]:
    """Content type and bytes of the dossier's calendar, and of one's own."""
    who.go(f"/en/d/{number}")
    link = who.page.get_by_role("link", name="Subscribe to the calendar").get_attribute("href")
    who.go("/en/me/calendar")
    who.button(re.compile("^Make (the|a new) address"))
    own = who.label("Address of the calendar").input_value()
    answers = [who.page.request.get(urljoin(who.base, each)) for each in (str(link), own)]
    return [(each.headers["content-type"], each.body()) for each in answers]


def draft_call(who: Visitor, number: str, codes: str) -> str:
    """In German and Slovene; the number of the call."""
    who.go(f"/en/d/{number}")
    who.link("Ask the municipalities")
    who.label("These besides (optional)").fill(codes)
    for box in who.page.get_by_role("group", name="Countries").get_by_role("checkbox").all():
        box.uncheck()
    who.page.get_by_label("You write in").select_option("de")
    who.named("kind-2").select_option("text")
    who.button("Update count and languages")
    assert who.says("2 municipalities")
    today = datetime.now(ZoneInfo("Europe/Brussels")).date()
    who.label("Day").fill((today + timedelta(days=5)).isoformat())
    for language, (first, second) in WORDS.items():
        who.named(f"title-{language}").fill(first)
        who.named(f"why-{language}").fill(second)
        who.named(f"question-1-{language}").fill(first)
        who.named(f"question-2-{language}").fill(second)
    who.button("Keep and look at the letters")
    return who.page.url.rsplit("/", 1)[1].split("?")[0]


def launch(who: Visitor) -> str:
    """What the product says when one language is not checked; then both are, and it leaves."""
    who.button("Mark as checked – German")
    who.button(re.compile("^Send to 2 municipalities"))
    refused = who.problems()
    who.button("Mark as checked – Slovenian")
    who.button(re.compile("^Send to 2 municipalities"))
    who.button("Send now")
    return refused


def answer(who: Visitor, link: str, text: str, stance: str = "yes") -> None:
    """A mayor: pages in the own language, so by the names of the fields."""
    who.page.goto(link)
    who.look()
    who.page.locator(f"[name=stance][value={stance}]").check()
    who.named("text").fill(text)
    if not who.named("answered_by").input_value():
        who.named("answered_by").fill("Janez Primer")
    who.page.locator("[name=basis][value=mayor]").check()
    send(who)


def send(who: Visitor) -> None:
    who.follow(who.page.locator("form[data-draft] button.btn:not([name])"))


def split_all(who: Visitor, number: str) -> list[str]:
    """Splits and tags every answer; the marks of the passages, as they are cited."""
    who.go(f"/en/d/{number}")
    who.link("Passages of this dossier")
    while who.page.get_by_role("link", name=re.compile("^Split into passages")).count():
        who.link(re.compile("^Split into passages"))
        who.label("Tag").fill("costs")
        who.button("Split into passages")
    return [each.strip("[]") for each in who.page.locator("#passages code").all_inner_texts()]


def write(who: Visitor, number: str, mark: str) -> str:
    """Starts a position; a citation of nothing is refused, and the text is kept. The refusal."""
    who.button("Start a position")
    who.go(f"/en/p/{number}/edit")
    if not who.page.get_by_label("Paragraph 1", exact=True).count():
        who.button("Add a paragraph")
    wrong = "Protection costs must be covered in full [@99999.1]."
    who.label("Paragraph 1").fill(wrong)
    who.button("Save text")
    refusal = who.problems()
    assert who.label("Paragraph 1").input_value() == wrong
    who.label("Paragraph 1").fill(f"Protection costs must be covered in full [{mark}].")
    who.button("Add an ask")
    who.label("New ask").fill("Cover the costs in full.")
    who.button("Save text")
    return refusal


def dispose_all(who: Visitor, number: str) -> None:
    who.go(f"/en/d/{number}/passages")
    for box in who.page.locator("[name=passages]").all():
        box.check()
    who.page.get_by_label("Decision").select_option("taken_up")
    who.button("Keep decision")
