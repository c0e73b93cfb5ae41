"""Every page that the links of each role lead to: it answers, it is clean, it tells no secret."""

import re
from collections import Counter, deque
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.product import Product, serving, until
from tests.browser.watching import Watch, window

DEEP = 3  # links from the first page
MANY = 80  # pages for each role
ALIKE = 1  # pages of one shape, as /m/SI-07 and /m/AT-01
VARIES = re.compile(r"(?<=/)(?=[^/]*\d)[^/]+|(?<=/m/)[^/]+")
TOKEN = "YVb1gqSJ8dGmPzQeXw0Kt3nL"
SECRET_PATHS = (
    f"/in/{TOKEN}",
    f"/a/{TOKEN}?a=y",
    f"/a/{TOKEN}/deadline.ics",
    f"/r/{TOKEN}",
    f"/u/{TOKEN}/calls",
    f"/cal/{TOKEN}.ics",
    f"/cal/d/2026-001/{TOKEN}.ics",
)


def shape(address: str) -> str:
    return VARIES.sub("#", urlsplit(address).path)


def links_of(page: Page) -> list[str]:
    """Addresses of pages of this house, in the order they stand in; files are no pages."""
    found = page.locator("a[href]:not([download])").evaluate_all("all => all.map(a => a.href)")
    here = urlsplit(page.url).netloc
    inside = [urldefrag(urljoin(page.url, each)).url for each in found]
    return [each for each in inside if urlsplit(each).netloc == here]


def english(address: str) -> bool:
    """The language switch doubles every page: its links are compared, not followed."""
    return re.match(r"/(de|fr|it|sl)(/|$)", urlsplit(address).path) is None


def visit(page: Page, address: str) -> tuple[int, bool]:
    """Its status, and whether a page stands there now: feeds and files are only fetched."""
    if "." in urlsplit(address).path.rpartition("/")[2]:
        return page.request.get(address).status, False
    answer = page.goto(address)
    assert answer is not None
    return answer.status, answer.ok and answer.headers["content-type"].startswith("text/html")


def crawl(page: Page, watch: Watch, first: str) -> dict[str, int]:
    """The status of each page seen, by its address."""
    waiting = deque([(first, 0)])
    known, shapes, seen = {first}, Counter[str](), dict[str, int]()
    while waiting and len(seen) < MANY:
        address, depth = waiting.popleft()
        if shapes[shape(address)] == ALIKE:
            continue
        shapes[shape(address)] += 1
        seen[address], is_page = visit(page, address)
        if not is_page:
            continue
        watch.look(page)
        if depth == DEEP:
            continue
        for each in links_of(page):
            if each not in known and english(each):
                known.add(each)
                waiting.append((each, depth + 1))
    return seen


def sign_in(page: Page, link: str) -> None:
    page.goto(link)
    page.locator("main form button").click()


def enter(page: Page, product: Product, role: str) -> str:
    """Signs in; gives the address to begin at."""
    if role == "Secretariat":
        sign_in(page, product.login_link("luca.beispiel@alpennetz.example"))
    elif role == "Coordinator":
        sign_in(page, product.login_link("eva.musterfrau@alpennetz.example"))
    elif role == "Presidency":
        sign_in(page, product.ways_in[role])
    elif role == "Municipality":
        return product.ways_in[role] + "?language=en"
    else:
        return f"{product.address}/en"
    return f"{product.address}/en/now"


@pytest.mark.parametrize(
    "role", ["Public", "Municipality", "Presidency", "Coordinator", "Secretariat"]
)
def test_every_page_within_reach_answers_and_is_clean(
    browser: Browser, product: Product, role: str
) -> None:
    with window(browser, product.address, size=(390, 800)) as (page, watch):
        watch.dark = role not in {"Coordinator", "Presidency"}  # colours are everybody's
        seen = crawl(page, watch, enter(page, product, role))
        assert {address: status for address, status in seen.items() if status != 200} == {}
        assert "\n".join(watch.faults) == ""


def positions_listed(page: Page, product: Product) -> set[str]:
    page.goto(f"{product.address}/en/positions")
    return {str(each.get_attribute("href")) for each in page.locator("main .rows a").all()}


def test_the_public_sees_positions_and_no_drafts(browser: Browser, product: Product) -> None:
    with window(browser, product.address) as (page, _):
        enter(page, product, "Secretariat")
        known = positions_listed(page, product)
    with window(browser, product.address) as (page, _):
        drafts = known - positions_listed(page, product)
        assert len(drafts) >= 2
        rooms = {"/en/now", "/en/inbox", "/en/dossiers", "/en/d/2026-001", "/en/c/2026-001-1"}
        for path in drafts | rooms | {f"{each}/v1" for each in drafts}:
            answer = page.request.get(product.address + path, max_redirects=0)
            assert (path, answer.status in {303, 404}) == (path, True)


def test_no_log_line_holds_the_secret_of_a_link(tmp_path: Path) -> None:
    with serving(tmp_path) as (address, log):
        for path in SECRET_PATHS:
            with pytest.raises(HTTPError):
                urlopen(address + path, timeout=20)  # noqa: S310  an address of this machine
        until(lambda: log().count("404") >= len(SECRET_PATHS), 20, "a line for each request")
        assert TOKEN not in log()
