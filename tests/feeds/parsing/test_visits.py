"""Interfaces as a visit asks them: pages, details, questions with a body."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feeds import polling, sources
from feeds.polling.noting import PollResult
from feeds.tables import Entry, Source
from tests.feeds.origin import LOOPBACK, Answer, Origin

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
SEARCH = "/brpapi/searchInitiatives"


async def visited(source: Source, now: datetime = NOW) -> PollResult:
    return await polling.poll(source.id, now=now, owner="test", private_networks=LOOPBACK, pause=0)


def initiatives(*numbers: int, total: int) -> bytes:
    window = {
        "frontEndStage": "OPC_LAUNCHED",
        "receivingFeedbackStatus": "OPEN",
        "feedbackEndDate": "2027/01/15 23:59:59",
    }
    content = [
        {"id": float(number), "shortTitle": f"No {number}", "currentStatuses": [window]}
        for number in numbers
    ]
    page = {"content": content, "totalElements": total}
    return json.dumps({"initiativeResultDtoPage": page}).encode()


def page(number: int) -> str:
    return f"{SEARCH}?language=EN&page={number}&size=2&feedbackStatus=OPEN"


async def test_every_page_of_have_your_say_is_asked_for_and_details_only_once(
    db: str, origin: Origin
) -> None:
    address = origin.at(page(0), initiatives(1, 2, total=3))
    origin.at(page(1), initiatives(3, total=3))
    origin.at(page(2), initiatives(total=3))
    for number in (1, 2, 3):
        about = {
            "id": number,
            "initiativeStatus": "ACTIVE",
            "dossierSummary": f"All about {number}.",
            "publications": [{"endDate": "2027/02/01 23:59:59", "receivingFeedbackStatus": "OPEN"}],
        }
        origin.at(f"/brpapi/groupInitiatives/{number}?language=EN", json.dumps(about).encode())
    source = await sources.add(address, now=NOW, kind="have-your-say")
    first = await visited(source)
    assert (first.outcome, first.new) == ("fetched", 3)
    texts = await Entry.select(Entry.text, Entry.deadlines).order_by(Entry.key)
    assert ["All about" in row["text"] for row in texts] == [True, True, True]
    assert [len(json.loads(row["deadlines"])) for row in texts] == [2, 2, 2]
    asked = len(origin.asked)
    # The order has changed and nothing else: nobody is asked about again.
    origin.at(page(0), initiatives(2, 1, total=3))
    second = await visited(source, NOW + timedelta(hours=6))
    assert (second.new, second.changed) == (0, 0)
    assert [each.path for each in origin.asked[asked:]] == [page(0), page(1), page(2)]


async def test_fedlex_and_the_austrian_parliament_are_asked_with_a_body(
    db: str, origin: Origin, samples: Path
) -> None:
    swiss = origin.at("/sparqlendpoint", (samples / "consultations.fedlex.json").read_bytes())
    list_81 = "/Filter/api/filter/data/81?showAll=true&sortrnr=11&ascDesc=DESC"
    drafts = (samples / "entwuerfe.parlament.json").read_bytes()
    austrian = origin.at(list_81, Answer(drafts))
    outcomes = []
    for address, kind in ((swiss, "fedlex"), (austrian, "austrian-parliament")):
        source = await sources.add(address, now=NOW, kind=kind)
        outcomes.append((await visited(source)).new)
    assert outcomes == [2, 3]
    assert [(each.method, each.path) for each in origin.asked] == [
        ("POST", "/sparqlendpoint"),
        ("POST", list_81),
    ]
    assert origin.asked[0].body.startswith(b"query=PREFIX")
    assert origin.asked[1].body == b'{"AKTIV": ["J"]}'
