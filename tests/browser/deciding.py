"""The last stations: translated, decided, handed in, followed."""

import io
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import docx
import pypdf

from tests.browser.stations import Visitor


def edit(who: Visitor, number: str, addition: str) -> None:
    who.go(f"/en/p/{number}/edit")
    text = who.label("Paragraph 1")
    text.fill(text.input_value() + " " + addition)
    who.button("Save text")


def translate(who: Visitor, number: str, language: str, texts: dict[str, str]) -> None:
    """`texts` by the beginning of the heading they stand under."""
    who.go(f"/en/p/{number}/translate/{language}")
    fields = who.page.locator("form textarea")
    for place, text in enumerate(texts.values()):
        fields.nth(place).fill(text)
    who.button("Mark all as checked")


def bind(who: Visitor, number: str, language: str) -> None:
    who.go(f"/en/p/{number}")
    who.page.get_by_role("checkbox", name=language).check()
    who.button("Keep languages")


def open_round(who: Visitor, number: str) -> None:
    who.go(f"/en/p/{number}")
    who.link("Approval")
    who.link("Open a round")
    who.label("Members who have to take part at least", exact=False).fill("2")
    who.button("Open the round and write to the presidency")


def vote(who: Visitor, link: str) -> None:
    """A member of the presidency, in the language of the letter: by the button's value."""
    who.page.goto(link)
    who.look()
    who.follow(who.page.locator("button[name=choice][value=approve]"))


def is_adopted(who: Visitor, number: str) -> bool:
    who.page.goto(f"{who.base}/en/p/{number}/rounds")
    return who.page.get_by_role("link", name="Hand it in").count() > 0


def hand_in(who: Visitor, number: str, receipt: str) -> dict[str, str]:
    """The text of each file, by its ending."""
    who.look()
    who.link("Hand it in")
    who.button("Make the files")
    found = {}
    for link in who.page.locator("a[download]").all():
        content = who.page.request.get(who.base + str(link.get_attribute("href"))).body()
        name = link.inner_text()
        found[name.rsplit(".", 1)[1]] = text_of(name, content)
    left = datetime.now(ZoneInfo("Europe/Brussels"))
    who.label("Day").fill(left.date().isoformat())
    who.label("Time (Brussels time)").fill(f"{left:%H:%M}")
    who.label("Receipt of the body").fill(receipt)
    who.button("Record as handed in")
    return found


def text_of(name: str, content: bytes) -> str:
    if name.endswith(".pdf"):
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())
    if name.endswith(".docx"):
        return " ".join(each.text for each in docx.Document(io.BytesIO(content)).paragraphs)
    return " ".join(content.decode().split())


def report_back(who: Visitor, number: str) -> None:
    who.go(f"/en/p/{number}/submit")
    who.link("Report back to the municipalities")
    who.button(re.compile(r"^Send \d+ letter"))
    who.button("Send now")  # the letters are held for ten minutes


def follow(who: Visitor, number: str, quotation: str) -> None:
    who.go(f"/en/p/{number}/outcome")
    who.page.locator("summary", has_text="Change").first.click()
    who.page.get_by_label("Taken over in part").check()
    who.label("Quotation").fill(quotation)
    who.button("Keep outcome")
