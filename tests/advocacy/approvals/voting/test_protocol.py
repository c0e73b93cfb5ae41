import io
from datetime import datetime, timedelta

import pytest
from pypdf import PdfReader

from advocacy.approvals import actions, queries
from advocacy.approvals.forms import NewDeputy
from advocacy.approvals.rules import Policy
from advocacy.approvals.voting.protocol import content_of, protocol
from advocacy.errors import NotFound
from tests.advocacy.approvals.matters import NUMBER, opened, ready
from tests.browsing import browser
from tests.characters import ana, claire, maja

pytestmark = pytest.mark.anyio


async def test_it_says_who_decided_what_on_which_text(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now, chair=matter.members[0].id)
    first, second, third = matter.members
    await actions.vote(held.id, first, "approve", "", held.text_hash, now=now)
    await actions.vote(held.id, third, "change", "§ 2 ist zu lang", held.text_hash, now=now)
    await actions.vote(held.id, second, "approve", "", held.text_hash, now=now)
    pdf = PdfReader(io.BytesIO(await protocol(await queries.round_by_id(held.id))))
    words = " ".join("".join(page.extract_text() for page in pdf.pages).split())
    for expected in (
        "Marie Exemple",
        "§ 2 ist zu lang",
        "Die Kosten sind voll zu tragen.",
        "Volle Kostendeckung",
        held.text_hash[:16],
    ):
        assert expected in words
    assert "[@" not in words
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    content = await content_of(await queries.round_by_id(held.id))
    assert {"label": "Count", "text": "Approvals: 2, needed: 2"} in [
        {"label": fact["label"].rstrip(": "), "text": fact["text"]} for fact in content["facts"]
    ]
    assert content["outcome"] == "Adopted"


async def test_it_names_the_deputy_and_the_municipalities(db: str, now: datetime):
    matter = await ready(now)
    deputy = await claire(now)
    new = NewDeputy(matter.members[0].id, deputy.id, now.date(), None)
    await actions.appoint(new, by=await ana(now), now=now)
    held = await opened(matter, now, policy=Policy.SILENCE, asks_members=True)
    await actions.vote(held.id, deputy, "approve", "", held.text_hash, now=now)
    await actions.settle(now + timedelta(days=4))
    content = await content_of(await queries.round_by_id(held.id))
    marie = next(row for row in content["ballots"] if row["name"] == "Marie Exemple")
    assert marie["by"] == "by Claire Exemple as deputy"
    assert "asked: 4, have read it: 0, object: 0" in [fact["text"] for fact in content["facts"]]
    assert content["objections"] == []


async def test_a_round_that_runs_has_no_protocol(db: str, now: datetime):
    held = await opened(await ready(now), now)
    with pytest.raises(NotFound):
        await protocol(held)


async def test_the_house_fetches_it_and_nobody_else(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    for member in matter.members[:2]:
        await actions.vote(held.id, member, "approve", "", held.text_hash, now=now)
    path = f"/de/p/{NUMBER}/rounds/{held.id}/protocol.pdf"
    async with browser(now) as web:
        assert (await web.client.get(path)).content[:4] != b"%PDF"
        await web.sign_in(await maja(now), now)
        assert path in (await web.get(f"/de/p/{NUMBER}/rounds")).text
        file = await web.get(path)
        assert file.content[:4] == b"%PDF"
        assert "attachment" in file.headers["content-disposition"]
        for wrong in ("0", "99", "99999999999999999999"):
            there = f"/de/p/{NUMBER}/rounds/{wrong}/protocol.pdf"
            assert (await web.get(there)).status_code == 404
