"""Programs that look through mail open every link and run its page: nothing comes of it."""

import email
import email.policy
import re
import sqlite3
from email.message import EmailMessage
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser

from tests.browser.product import LETTER_WITHIN, Product, text_of, until
from tests.browser.watching import window

LINK = re.compile(r"http://127\.0\.0\.1:\d+/[^\s\"'<>)]+")
EACH = 10
RECORDED = {
    "invitation": "id, state, draft, draft_saved, opened",
    "contribution": "id, state, version, name_public",
    "contribution_version": "id",
    "ballot": "*",
    "contact": "*",
    "web_session": "person",
    "login_link": "*",
    "delegation": "*",
    "received": "id, state",
    "digest_kind": "*",
}


def letters_by_kind(product: Product) -> dict[tuple[str, str], EmailMessage]:
    """One of each kind and language, as far as the demo network has written any."""
    found: dict[tuple[str, str], EmailMessage] = {}
    for file in sorted((product.home / "mail").glob("*.eml")):
        letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        found[re.split(r"[-.]", file.name)[0], str(letter["Content-Language"])] = letter
    return found


def links_of(letter: EmailMessage) -> set[str]:
    page = letter.get_body(("html",))
    said = text_of(letter) + (str(page.get_content()) if page else "")
    said += str(letter["List-Unsubscribe"] or "")
    return {each.replace("&amp;", "&").rstrip(".,;") for each in LINK.findall(said)}


def recorded(product: Product) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(product.home / "alphorn.db", timeout=30) as store:
        rows = {
            table: store.execute(f"SELECT {columns} FROM {table} ORDER BY 1").fetchall()
            for table, columns in RECORDED.items()
        }
    store.close()
    return rows


def fetch(address: str, method: str) -> int:
    try:
        with urlopen(Request(address, method=method), timeout=30) as answer:  # noqa: S310  our own product
            return int(answer.status)
    except HTTPError as error:
        return error.code


@pytest.fixture
def links(product: Product) -> list[str]:
    kinds = {"call", "receipt", "reminder", "report", "round"}
    until(
        lambda: kinds <= {kind for kind, _ in letters_by_kind(product)}, LETTER_WITHIN,
        "letters of all kinds have left",
    )  # fmt: skip
    letters = letters_by_kind(product)
    return sorted({each for letter in letters.values() for each in links_of(letter)})


def test_fetching_every_link_of_every_letter_records_nothing(
    product: Product, links: list[str]
) -> None:
    before = recorded(product)
    answers = {
        (method, fetch(each, method))
        for each in links
        for method in ("GET", "HEAD")
        for _ in range(EACH if "/a/" in each or "/r/" in each or "/u/" in each else 1)
    }
    assert {status for _, status in answers} <= {200, 303, 404, 405}
    assert recorded(product) == before


def test_a_browser_that_runs_every_page_of_every_letter_records_nothing(
    browser: Browser, product: Product, links: list[str]
) -> None:
    before = recorded(product)
    with window(browser, product.address) as (page, _):
        for each in links:
            if each.endswith((".ics", ".pdf", ".zip")):
                continue
            page.goto(each)
            page.mouse.move(200, 300)
            page.mouse.wheel(0, 900)
        page.wait_for_timeout(4_000)  # longer than a draft waits
    assert recorded(product) == before
