"""A position as a paper: for whom, in which language, from which text; and the provenance walk."""

import json
import re
from datetime import datetime
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from advocacy.calls.tables import Contribution, ContributionVersion
from advocacy.outcomes import actions as outcomes
from advocacy.positions import queries
from advocacy.positions.passages import quotations
from advocacy.provenance import citations, parse, without_citations
from advocacy.submissions.tables import SubmissionFile
from advocacy.translations import actions as translations
from tests.advocacy.approvals.matters import edited, ready, translated
from tests.advocacy.submissions.matters import adopted, handed_in
from tests.browsing import browser
from tests.characters import ana

pytestmark = pytest.mark.anyio
HERE = "/de/p/2026-014"


def _words(made: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)
    return " ".join(text.split())


async def test_a_draft_is_for_the_house_and_says_so(db: str, now: datetime):
    await ready(now)
    async with browser(now) as web:
        assert (await web.get(f"{HERE}.pdf")).status_code == 404
        await web.sign_in(await ana(now), now)
        page = await web.get(f"{HERE}.pdf")
        assert page.headers["content-type"] == "application/pdf"
        assert page.headers["cache-control"] == "private, no-store"
        assert "ersion 1 " in _words(page.content)


async def test_an_adopted_text_is_for_everybody_in_four_formats(db: str, now: datetime):
    matter = await ready(now)
    held = await adopted(matter, now)
    async with browser(now) as web:
        pdf = await web.get(f"{HERE}.pdf")
        assert 'filename="2026-014-v1-de.pdf"' in pdf.headers["content-disposition"]
        assert "Die Kosten sind voll zu tragen." in re.sub(
            r"(?<=[a-z])\d(, \d)*", "", _words(pdf.content)
        )
        word = Document(BytesIO((await web.get(f"{HERE}.docx")).content))
        assert any("Die Gemeinden leben" in each.text for each in word.paragraphs)
        assert (
            "1. Die Gemeinden leben mit den Großraubtieren." in (await web.get(f"{HERE}.txt")).text
        )
        data = json.loads((await web.get(f"{HERE}.json")).text)
        assert (data["text_hash"], data["version"], len(data["signatories"])) == (
            held.text_hash, 1, 2,
        )  # fmt: skip


async def test_a_text_changed_after_its_adoption_is_no_paper_for_the_public(db: str, now: datetime):
    matter = await ready(now)
    await adopted(matter, now)
    await edited(matter, now)
    async with browser(now) as web:
        for ending in ("pdf", "docx", "txt", "json"):
            assert (await web.get(f"{HERE}.{ending}")).status_code == 404


async def test_a_language_without_a_finished_translation_leads_to_the_original(
    db: str, now: datetime
):
    matter = await ready(now, binding="fr")
    await translated(matter, "fr", now)
    await translations.save(matter.position.id, "it", "k1", "Testo.", by=await ana(now), now=now)
    await adopted(matter, now)
    await translated(matter, "sl", now)  # finished, and nobody was asked to adopt it
    async with browser(now) as web:
        assert str((await web.get("/it/p/2026-014.pdf")).url).endswith("/de/p/2026-014/text.pdf")
        assert str((await web.get("/sl/p/2026-014.pdf")).url).endswith("/de/p/2026-014/text.pdf")
        french = await web.get("/fr/p/2026-014.pdf")
        assert str(french.url).endswith("/fr/p/2026-014/text.pdf")
        assert "Texte k2." in re.sub(r"(?<=k2)\d(, \d)*", "", _words(french.content))


async def test_no_address_of_a_paper_breaks_the_page(db: str, now: datetime):
    await ready(now)
    async with browser(now) as web:
        for path in (
            f"{HERE}.exe",
            "/de/p/.pdf",
            "/de/p/x.pdf",
            f"{HERE}/text.exe",
            "/de/p/9999-999.docx",
        ):
            assert (await web.get(path)).status_code == 404


async def test_every_sentence_leads_back_to_the_words_and_every_passage_to_its_letter(
    db: str, now: datetime
):
    """The walk: PDF → raised number → annex → passage → what was typed; passage → letter."""
    matter = await ready(now)
    submission = await handed_in(matter, now)
    pdf = (
        await SubmissionFile.objects()
        .where(SubmissionFile.submission == submission.id, SubmissionFile.name.like("%.pdf"))
        .first()
    )
    assert pdf
    whole = _words(pdf.content)
    annex = whole[whole.rindex("[") - 2000 if whole.rindex("[") > 2000 else 0 :]
    rows = dict(re.findall(r"(\d+) \[(\d+\.\d+)\]", annex))
    version = await queries.version(matter.position.id)
    said = {row.mark.removeprefix("@"): row for row in await quotations.passages(matter.dossier.id)}

    walked = set()
    for _, text in queries.paragraphs_of(version):
        for sentence in parse(text):
            words = without_citations(sentence.text).strip().rstrip(".")
            if not words:
                continue
            found = re.search(re.escape(words) + r"\.?(\d+(?:, \d+)*)?\.?", whole)
            assert found, words
            numbers = found[1].split(", ") if found[1] else []
            cited = [mark.removeprefix("@") for mark in sentence.citations if mark != "@own"]
            assert [rows[number] for number in numbers] == cited
            for reference in cited:
                passage = said[reference]
                assert passage.text in await _original(passage.contribution)
                # Who is not named is not quoted; its row still says which passage it is.
                assert (passage.text in whole) == passage.name_public
                walked.add(reference)
    assert walked == set(rows.values()) == set(said)

    for reference, passage in said.items():
        cites = [
            text for _, text in queries.paragraphs_of(version) if f"@{reference}" in citations(text)
        ]
        assert cites, passage.text
    assert await outcomes.report_back(submission.id, by=await ana(now), now=now) >= len(
        {passage.contribution for passage in said.values()}
    )


async def _original(contribution: int) -> str:
    """As the municipality typed it, in the version that stands."""
    answer = await Contribution.objects().where(Contribution.id == contribution).first()
    assert answer
    version = (
        await ContributionVersion.objects()
        .where(
            ContributionVersion.contribution == contribution,
            ContributionVersion.number == answer.version,
        )
        .first()
    )
    assert version
    return str(version.text)
