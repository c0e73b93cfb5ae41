"""A position of 40 paragraphs from 300 answers of 20 points each, made through the pages.

The goals: its page costs at most five times the inbox of 20,000 entries, its PDF at most twice what
Typst alone takes for the same text.
"""

import shutil
import time
from datetime import timedelta
from html import unescape
from pathlib import Path

from advocacy import database
from advocacy.approvals import queries as rounds
from advocacy.municipalities.tables import Municipality
from advocacy.positions import queries
from advocacy.positions.tables import Passage
from advocacy.submissions import package
from advocacy.submissions.documents import pdf
from tests.advocacy.positions import matters
from tests.benchmarks.ground import NOW, Ground
from tests.benchmarks.measuring import Row, side_by_side
from tests.benchmarks.samples import SENTENCES
from tests.browsing import Browser, browser
from tests.characters import ana

ANSWERS = 300
POINTS = 20
PARAGRAPHS = 40
NUMBER = matters.NUMBER
PASSAGES, POSITION = f"/de/d/{NUMBER}/passages", f"/de/p/{NUMBER}"
LANGUAGES = ("de", "fr", "it", "sl")


async def run(ground: Ground) -> list[Row | str]:
    path = Path(shutil.copy(await ground.filled(), ground.folder / "positions.db"))
    answers = 30 if ground.quick else ANSWERS
    async with database.started(f"sqlite:///{path}"), browser(NOW) as web:
        given = await _given(answers)
        await web.sign_in(await ana(NOW), NOW)
        began = time.perf_counter()
        for contribution in given:
            await _split(web, contribution)
        split = time.perf_counter() - began
        began = time.perf_counter()
        await _written(web)
        written = time.perf_counter() - began

        async def inbox() -> None:
            await web.get("/de/inbox")

        rows: list[Row | str] = [
            f"{answers} answers split through their pages in {split:.0f} s; tagged, assembled and "
            f"saved in {written:.1f} s; {await Passage.count()} passages, "
            f"{len(await _paragraphs())} paragraphs",
        ]
        for name, address in (
            ("position", POSITION), ("passages", PASSAGES), ("edit", f"{POSITION}/edit"),
        ):  # fmt: skip

            async def shown(address: str = address) -> None:
                answer = await web.get(address)
                assert answer.status_code == 200, answer.status_code

            rows.append(
                await side_by_side(
                    f"{name}, the page",
                    shown,
                    inbox,
                    against="the inbox page",
                    rounds=ground.rounds,
                )
            )
        rows.append(await _paper(ground))
        return rows


async def _given(count: int) -> list[int]:
    """Answers of 20 sentences; one in three says nearly what another says."""
    asked = await matters.call(await matters.dossier(NOW), NOW)
    found = []
    for number in range(count):
        language = LANGUAGES[number % len(LANGUAGES)]
        member = Municipality(
            code=f"AT-{number + 100}", name=f"Musterdorf {number}", country="AT",
            language=language, created=NOW,
        )  # fmt: skip
        await member.save()
        said = " ".join(
            f"{SENTENCES[language][point % 5].rstrip('.')} Punkt{point}x{number // 3}."
            for point in range(POINTS)
        )
        found.append((await matters.answer(asked, member, said, NOW, name_public=True)).id)
    return found


async def _split(web: Browser, contribution: int) -> None:
    page = await web.get(f"{PASSAGES}/{contribution}")
    pieces = page.text.count('<textarea id="piece-')
    assert pieces >= POINTS, pieces
    typed = {"version": "1"}
    for number in range(1, pieces + 1):
        text = page.text.split(f'<textarea id="piece-{number}"')[1].split(">", 1)[1]
        typed |= {
            f"piece-{number}": unescape(text.split("</textarea>")[0]),
            f"tag-{number}": f"topic {number % PARAGRAPHS:02}",
            f"stance-{number}": "supports",
        }
    answer = await web.client.post(f"{PASSAGES}/{contribution}", data=web.keys() | typed)
    assert answer.status_code == 303, answer.status_code


async def _written(web: Browser) -> None:
    """Tagged by what the filter finds, begun, assembled, saved."""
    for point in range(POINTS):
        tag = f"topic {point + 1:02}"
        await web.get(f"{PASSAGES}?tag={tag}")
        await web.post(
            f"{PASSAGES}?tag={tag}", {"everything": "1", "do": "tag", "new_place": f"Art. {point}"}
        )
    await web.get(PASSAGES)
    await web.post(f"{POSITION}/start", {"language": "de", "title": "Großraubtiere"})
    paragraphs = await _forty()
    typed = {"do": "save", "title": "Großraubtiere", "base": "0"}
    for number, text in enumerate(paragraphs, 1):
        typed |= {
            f"key-{number}": f"p{number}",
            f"text-{number}": text,
            f"place-{number}": f"{number}",
        }
    await web.get(f"{POSITION}/edit")
    answer = await web.post(f"{POSITION}/edit", typed)
    assert answer.status_code == 200, answer.text[:2_000]


async def _forty() -> list[str]:
    """Every passage cited once, in forty paragraphs of as many sentences as fit."""
    rows = await Passage.select(Passage.contribution, Passage.number).order_by(Passage.id)
    marks = [f"@{row['contribution']}.{row['number']}" for row in rows]
    share = -(-len(marks) // PARAGRAPHS)
    return [
        " ".join(
            f"Die Gemeinden verlangen Punkt {at} [{' '.join(marks[at : at + 10])}]."
            for at in range(begin, min(begin + share, len(marks)), 10)
        )
        for begin in range(0, len(marks), share)
    ]


async def _paragraphs() -> list[tuple[str, str]]:
    position = await queries.by_number(NUMBER)
    return queries.paragraphs_of(await queries.version(position.id))


async def _paper(ground: Ground) -> Row:
    """The text as a PDF: read from the tables and set, beside the setting alone."""
    position = await queries.by_number(NUMBER)
    day = (NOW + timedelta(days=1)).date()
    found = await rounds.ground_of(position)
    text = await package.text_of(found, language="de", signatories=[], day=day)

    async def whole() -> None:
        found = await rounds.ground_of(position)
        pdf(await package.text_of(found, language="de", signatories=[], day=day))

    async def alone() -> None:
        pdf(text)

    return await side_by_side(
        "position, PDF with all sources", whole, alone,
        against="typst alone", rounds=ground.rounds,
    )  # fmt: skip
