from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from advocacy.approvals import actions as rounds
from advocacy.positions import actions
from advocacy.positions.passages.quotations import PassageRow
from advocacy.positions.writing.brief import Brief, as_pdf, messages, plain, voices
from tests.advocacy.approvals.matters import opened, ready, translated
from tests.advocacy.positions.matters import adopt, written
from tests.browsing import browser
from tests.characters import ana, presidency

P = "/en/p/2026-014"
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def row(number: int, text: str, country: str, language: str, **more: object) -> PassageRow:
    values: dict[str, object] = {
        "id": number,
        "contribution": number,
        "number": 1,
        "version": 1,
        "text": text,
        "language": language,
        "tag": "",
        "stance": "supports",
        "disposition": "open",
        "reason": "",
        "municipality_id": number,
        "municipality": f"Musterdorf {number}",
        "code": f"{country}-{number}",
        "country": country,
        "name_public": True,
        "late": False,
        "withdrawn": False,
        "answered_anew": False,
        "place": "",
        "mark": f"@{number}.1",
    }
    return PassageRow(**(values | more))  # type: ignore[arg-type]


def test_the_asks_are_the_messages_else_how_the_paragraphs_begin():
    text = [("k1", "Eins **fett** [@1.1]. Zwei."), ("k2", "Drei.")]
    assert messages(["Voller Ersatz", "b", "c", "d"], text) == ["Voller Ersatz", "b", "c"]
    assert messages([], text) == ["Eins fett.", "Drei."]


def test_a_long_message_ends_at_a_word():
    (short,) = messages(["Wort " * 100], [])
    assert len(short) <= 280
    assert short.endswith("Wort…")


def test_signs_are_left_out():
    assert plain("- **Ja**\n- [hier](https://a.example) [@1.2]") == "Ja hier"


def test_voices_are_public_and_supporting_one_per_country_the_readers_language_first():
    long = "Wir tragen die Kosten jedes Jahr selbst."
    rows = [
        row(1, long, "AT", "de"),
        row(2, long, "AT", "de"),
        row(3, long, "FR", "fr"),
        row(4, long, "IT", "it", name_public=False),
        row(5, long, "SI", "sl", stance="contradicts"),
        row(6, "Kurz.", "SI", "sl"),
    ]
    text = [("k1", " ".join(f"[@{n}.1]" for n in range(1, 7)))]
    assert [each.id for each in voices(text, rows, "fr")] == [3, 1]
    assert [each.id for each in voices([("k1", "[@1.1 @2.1]")], rows, "de")] == [1, 2]
    assert voices([("k1", "[@own]")], rows, "de") == []


def test_the_fullest_brief_is_one_page():
    words = "Herdenschutzmaßnahmen " * 14
    brief = Brief(
        network="Alpennetz",
        number="2026-014",
        title="Großraubtiere und Herdenschutz im Berggebiet " * 4,
        language="de",
        state="Draft, not adopted yet",
        messages=[words[:280]] * 3,
        figures=["60 municipalities have answered (100%)."] * 4,
        voices=[row(n, words[:240], "AT", "de") for n in (1, 2)],
        contact="Ana Muster · +43 1 000 · ana@alpennetz.example",
        made=NOW,
    )
    assert len(PdfReader(BytesIO(as_pdf(brief))).pages) == 1


@pytest.mark.anyio
async def test_the_presidency_gets_it_as_a_file_and_the_public_once_it_is_adopted(
    db: str, now: datetime
):
    it = await written(now)
    async with browser(now) as web:
        assert (await web.get(f"{P}/brief.pdf")).status_code == 404
        await web.sign_in((await presidency(now))[0], now)
        draft = PdfReader(BytesIO((await web.get(f"{P}/brief.pdf")).content))
        text = " ".join(draft.pages[0].extract_text().split())
        for said in (
            "Draft, not adopted yet",
            "Voller Ersatz der Kosten",
            "3 municipalities support what the text says.",
            "1 municipality contradicts a part of it.",
            "Imamo 14 planin",
        ):
            assert said in text
        assert "Il costo supera" not in text
    await adopt(it, now)
    async with browser(now) as web:
        answer = await web.get(f"{P}/brief.pdf")
        text = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
        assert "Draft, not adopted yet" not in text
        assert "Ana Muster" not in text


@pytest.mark.anyio
@pytest.mark.parametrize("bound", [True, False])
async def test_a_translation_that_was_not_decided_on_says_so_on_page_and_paper(
    db: str, now: datetime, bound: bool
):
    it = await ready(now)
    await translated(it, "en", now)
    if bound:
        await actions.bind(it.position.id, ["en"], by=await ana(now), now=now)
    held = await opened(it, now)
    for member in it.members[:2]:
        await rounds.vote(held.id, member, "approve", "", held.text_hash, now=now)
    async with browser(now) as web:
        shown = (await web.get(P)).text
        paper = PdfReader(BytesIO((await web.get(f"{P}/brief.pdf")).content))
        original = (await web.get(P.replace("/en/", "/de/"))).text
    assert "Titre" in shown
    assert ("This translation is for information." in shown) is not bound
    text = " ".join(paper.pages[0].extract_text().split())
    assert ("Translation for information. Adopted in: German" in text) is not bound
    assert "Diese Übersetzung" not in original
