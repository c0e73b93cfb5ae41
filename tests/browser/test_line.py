"""One matter, walked by hand from the inbox to its outcome, by everybody who has a part in it."""

import re
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

from tests.browser import deciding, stations
from tests.browser.product import Product, link_in, text_of, until
from tests.browser.stations import Visitor
from tests.browser.watching import window

ANA = "ana.muster@alpennetz.example"
MEMBERS = {"fr": "marie.exemple@alpennetz.example", "it": "roberto.modello@alpennetz.example"}
SLOVENE, GERMAN = "Janez Primer", "Anton Musterhofer"
MISSING = "Pašniki so strmi. Ograje so predrage."


@dataclass(frozen=True, slots=True)
class Way:
    size: tuple[int, int]
    script: bool
    entry: str


DESKTOP = Way((1280, 900), True, "Water resilience in mountain areas")
PHONE = Way((390, 800), False, "Energy in mountain villages")


@pytest.mark.parametrize("way", [DESKTOP, PHONE], ids=["desktop", "phone-without-script"])
def test_a_matter_goes_by_hand_from_the_inbox_to_its_outcome(
    browser: Browser, product: Product, way: Way
) -> None:
    with ExitStack() as open_windows:
        faults: list[list[str]] = []

        def visitor(language: str = "en") -> Visitor:
            page, watch = open_windows.enter_context(
                window(browser, product.address, size=way.size, script=way.script)
            )
            faults.append(watch.faults)
            return Visitor(page, watch, product.address, language)

        ana = visitor()
        link = product.ways_in["Secretariat"] if way.script else product.login_link(ANA)
        stations.sign_in(ana, link)

        # sorted, and undone
        before, after = stations.decide_and_undo(ana, by_key=way.script)
        assert after == before

        # a dossier with its dates, in everybody's calendar
        number = stations.open_dossier(ana, way.entry)
        for kind, calendar in stations.subscribe(ana, number):
            assert kind.startswith("text/calendar") and number.encode() in calendar

        # called: nothing leaves before a person has checked every language
        call = stations.draft_call(ana, number, "SI-07 AT-01")
        assert "Slovenian" in stations.launch(ana)

        # answered: opening the link leaves nothing
        letter = product.letter(to=SLOVENE, about=call)
        mayor = visitor("sl")
        tap = link_in(letter, "/a/")
        for _ in range(3):
            mayor.page.goto(tap)
        ana.go(f"/en/c/{call}/results")
        assert ana.says("0 of 2 municipalities have answered")
        _answered(mayor, tap, way)
        other = visitor("de")
        stations.answer(
            other, link_in(product.letter(to=GERMAN, about=call), "/a/"), "Es fehlt Geld."
        )
        ana.go(f"/en/c/{call}/results")
        assert ana.says("2 of 2 municipalities have answered") and ana.says(MISSING)

        # drafted: every sentence rests on somebody's words
        marks = stations.split_all(ana, number)
        assert len(marks) == 3
        refusal = stations.write(ana, number, marks[0])
        assert "Protection costs must be covered in full" in refusal
        deciding.bind(ana, number, "German")
        german = {
            "title": "Titel",
            "1": f"Die Kosten sind voll zu decken [{marks[0]}].",
            "ask": "Voll.",
        }
        deciding.translate(ana, number, "de", german)
        assert ana.says("Every part is checked.")
        deciding.edit(ana, number, "Without delay.")
        ana.go(f"/en/p/{number}/translate/de")
        assert ana.says("1 part is missing or not checked.")
        german["1"] += " Sofort."
        deciding.translate(ana, number, "de", german)
        stations.dispose_all(ana, number)

        # approved, by letter
        deciding.open_round(ana, number)
        for language, member in MEMBERS.items():
            deciding.vote(
                visitor(language), link_in(product.letter(to=member, about=number), "/r/")
            )
        until(lambda: deciding.is_adopted(ana, number), 30, "the round ends")

        # handed in, told, followed
        files = deciding.hand_in(ana, number, "Ares(2026)1")
        assert set(files) >= {"pdf", "docx", "txt"}
        for text in files.values():
            assert "Protection costs must be covered in full" in text
        assert ana.says("Ares(2026)1")
        deciding.report_back(ana, number)
        told = product.letter(to=SLOVENE, about=f"[{number}]")
        assert (told["Content-Language"], "Pašniki so strmi." in text_of(told)) == ("sl", True)
        deciding.follow(ana, number, "The costs may be covered.")
        assert ana.says("The costs may be covered.")
        assert "\n".join(each for some in faults for each in some) == ""


def _answered(mayor: Visitor, tap: str, way: Way) -> None:
    """Nothing chosen is an error that leads to the field; then an answer, then a better one."""
    mayor.page.goto(tap.partition("?")[0])
    stations.send(mayor)
    assert mayor.page.locator(".summary a[href='#stance']").count() == 1
    assert mayor.page.title().startswith("Napaka")
    if way.script:
        assert mayor.page.evaluate("document.activeElement.className") == "summary"
    stations.answer(mayor, tap, "Pašniki so strmi.", "yes")
    mayor.follow(mayor.page.locator("a[href*='change=1']"))
    assert mayor.named("text").input_value() == "Pašniki so strmi."
    mayor.named("text").fill(MISSING)
    stations.send(mayor)
    assert re.search("strmi. Ograje", mayor.page.locator("main").inner_text())
