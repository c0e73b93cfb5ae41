import json
import re
from datetime import datetime, timedelta

import pytest

from advocacy.api import actions
from advocacy.api.description import description
from advocacy.api.handlers import handlers
from advocacy.api.tables import ApiToken
from advocacy.dossiers.tables import DossierEntry
from advocacy.events.actions import call_off
from advocacy.history.tables import Event
from advocacy.people.rules import Role
from advocacy.people.tables import Person
from advocacy.projects.actions import remove
from advocacy.triage.tables import Triage
from tests.advocacy.events.matters import drafted, published
from tests.advocacy.overview import matters
from tests.advocacy.projects.matters import entered
from tests.browsing import browser
from tests.characters import ana, maja, presidency
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio

PATHS = (
    "/api/v1/dossiers",
    "/api/v1/dossiers/2026-014",
    "/api/v1/positions/2026-014",
    "/api/v1/entries",
    "/api/v1/projects",
    "/api/v1/gatherings",
)


async def _key(now: datetime, person: Person | None = None) -> dict[str, str]:
    token = await actions.make_token("Statistik", by=person or await ana(now), now=now)
    return {"authorization": f"Bearer {token}"}


async def test_without_a_valid_token_there_is_a_401_and_a_hint(db: str, now: datetime):
    office = await ana(now)
    async with browser(now) as web:
        await web.sign_in(office, now)  # a cookie counts for nothing here
        for headers in ({}, {"authorization": "Bearer x"}, {"authorization": "Basic eDp4"}):
            for path in PATHS:
                page = await web.get(path, headers=headers)
                assert page.status_code == 401
                assert page.headers["www-authenticate"].startswith("Bearer")
                assert page.headers["content-type"] == "application/problem+json"
                assert page.json()["status"] == 401
            page = await web.client.post("/api/v1/entries/1/decision", json={}, headers=headers)
            assert page.status_code == 401


async def test_a_token_ends_with_its_year_its_revocation_and_its_person(db: str, now: datetime):
    office = await ana(now)
    headers = await _key(now)
    async with browser(now + actions.LASTS) as web:
        assert (await web.get("/api/v1/dossiers", headers=headers)).status_code == 401
    async with browser(now) as web:
        assert (await web.get("/api/v1/dossiers", headers=headers)).status_code == 200
        for change in ({Person.active: False}, {Person.role: Role.COORDINATOR}):
            await Person.update(change).where(Person.id == office.id)
            assert (await web.get("/api/v1/dossiers", headers=headers)).status_code == 401
            back = {Person.active: True, Person.role: Role.SECRETARIAT}
            await Person.update(back).where(Person.id == office.id)
        await web.sign_in(office, now)
        await web.get("/en/me/tokens")
        number = (await ApiToken.objects().first()).id
        await web.post(f"/en/me/tokens/{number}/revoke")
        assert (await web.get("/api/v1/dossiers", headers=headers)).status_code == 401


async def test_a_token_is_shown_once_and_kept_as_its_hash(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/me/tokens")
        bad = await web.post("/en/me/tokens", {"name": " "})
        assert bad.status_code == 422
        page = await web.post("/en/me/tokens", {"name": "Statistik"})
        token = page.text.split('id="token" type="text" value="')[1].split('"')[0]
        assert token not in (await web.get("/en/me/tokens")).text
        headers = {"authorization": f"Bearer {token}"}
        assert (await web.get("/api/v1/dossiers", headers=headers)).status_code == 200
    row = await ApiToken.objects().first()
    assert token not in str(row.to_dict())
    assert (row.expires, row.last_used) == (now + actions.LASTS, now)


async def test_only_the_secretariat_makes_tokens(db: str, now: datetime):
    for who in (await maja(now), (await presidency(now))[0]):
        async with browser(now) as web:
            await web.sign_in(who, now)
            assert (await web.get("/en/me/tokens")).status_code == 404
            await web.get("/en/me")
            assert (await web.post("/en/me/tokens", {"name": "x"})).status_code == 404
    assert await ApiToken.count() == 0


async def test_dossiers_are_paged_by_their_key(db: str, now: datetime):
    for place in range(1, 6):
        await matters.dossier(now, f"2026-{place:03d}")
    headers, seen, path = await _key(now), [], "/api/v1/dossiers?limit=2"
    async with browser(now) as web:
        while path:
            page = (await web.get(path, headers=headers)).json()
            seen += [each["number"] for each in page["dossiers"]]
            path = page["next"]
    assert seen == [f"2026-{place:03d}" for place in range(1, 6)]


async def test_a_dossier_has_its_windows_milestones_and_entries(db: str, now: datetime):
    of = await matters.dossier(now)
    await matters.window(now, of, days=22, draft=10)
    entry = await matters.entry(now, await matters.source(now), "Meldung")
    await DossierEntry(dossier=of.id, entry=entry.id, at=now).save()
    async with browser(now) as web:
        page = await web.get("/api/v1/dossiers/2026-014", headers=await _key(now))
    found = page.json()
    window = found["windows"][0]
    assert found["countries"] == ["AT", "IT", "SI"]
    assert found["entries"] == [entry.id]
    assert window["closes"] == (now + timedelta(days=22)).isoformat()
    assert window["milestones"] == [
        {"kind": "draft", "due": (now + timedelta(days=10)).isoformat()}
    ]


async def test_a_position_is_given_with_and_without_its_citations(db: str, now: datetime):
    of = await matters.dossier(now)
    await matters.position(now, of, by=await ana(now), text="Die Kosten sind zu ersetzen [@17.2].")
    async with browser(now) as web:
        found = (await web.get("/api/v1/positions/2026-014", headers=await _key(now))).json()
    assert found["version"] == 1
    assert found["paragraphs"][0]["cited"] == "Die Kosten sind zu ersetzen [@17.2]."
    assert "@" not in found["paragraphs"][0]["text"]


async def test_entries_come_with_their_decision_in_as_many_queries(db: str, now: datetime):
    of = await matters.source(now)
    first = await matters.entry(now, of, "Eins")
    headers = await _key(now)
    async with browser(now) as web:
        body = {"decision": "dismissed", "reason": "too late"}
        await web.client.post(f"/api/v1/entries/{first.id}/decision", json=body, headers=headers)
        with counted() as with_one:
            page = await web.get("/api/v1/entries", headers=headers)
        assert [each["decision"] for each in page.json()["entries"]] == ["dismissed"]
        await matters.entry(now, of, "Zwei")
        await matters.entry(now, of, "Drei")
        with counted() as with_three:
            page = await web.get("/api/v1/entries", headers=headers)
    assert [each["title"] for each in page.json()["entries"]] == ["Eins", "Zwei", "Drei"]
    assert page.json()["next"] is None
    assert len(with_three) == len(with_one)


async def test_a_decision_is_made_once_and_stands_in_the_history(db: str, now: datetime):
    entry = await matters.entry(now, await matters.source(now), "Meldung")
    headers, path = await _key(now), f"/api/v1/entries/{entry.id}/decision"
    until = (now + timedelta(days=7)).isoformat()
    async with browser(now) as web:
        later = await web.client.post(
            path, json={"decision": "later", "until": until}, headers=headers
        )
        assert later.status_code == 200
        body = {"decision": "dismissed", "reason": "not our topic"}
        good = await web.client.post(path, json=body, headers=headers)
        again = await web.client.post(path, json=body, headers=headers)
    event = await Event.objects().where(Event.id == good.json()["event"]).first()
    assert (event.who, event.action) == ("Ana Muster", "entry dismissed")
    assert again.status_code == 409
    assert again.headers["content-type"] == "application/problem+json"
    assert await Triage.count() == 1


async def test_an_entry_is_attached_to_a_dossier(db: str, now: datetime):
    entry = await matters.entry(now, await matters.source(now), "Meldung")
    of = await matters.dossier(now)
    headers, path = await _key(now), f"/api/v1/entries/{entry.id}/decision"
    async with browser(now) as web:
        body = {"decision": "attached", "dossier": "2026-999"}
        assert (await web.client.post(path, json=body, headers=headers)).status_code == 404
        body["dossier"] = "2026-014"
        assert (await web.client.post(path, json=body, headers=headers)).status_code == 200
    rows = await DossierEntry.select(DossierEntry.dossier, DossierEntry.entry)
    assert rows == [{"dossier": of.id, "entry": entry.id}]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (b"", {"body"}),
        (b"[1]", {"body"}),
        (b"\xff\xfe", {"body"}),
        (b"{}", {"decision"}),
        (b'{"decision": []}', {"decision"}),
        (b'{"decision": "dossier"}', {"decision"}),
        (b'{"decision": "dismissed"}', {"reason"}),
        (b'{"decision": "dismissed", "reason": {}}', {"reason"}),
        (b'{"decision": "later"}', {"until"}),
        (b'{"decision": "later", "until": "2026-12-01T00:00:00"}', {"until"}),
        (b'{"decision": "attached"}', {"dossier"}),
        (b'{"decision": "attached", "dossier": 7}', {"dossier"}),
        (b'{"decision": "later", "until": 5, "who": "me"}', {"until", "who"}),
    ],
)
async def test_a_body_that_cannot_be_meant_names_its_fields(
    db: str, now: datetime, body: bytes, fields: set[str]
):
    entry = await matters.entry(now, await matters.source(now), "Meldung")
    async with browser(now) as web:
        page = await web.client.post(
            f"/api/v1/entries/{entry.id}/decision", content=body, headers=await _key(now)
        )
    assert page.status_code == 422
    assert set(page.json()["errors"]) == fields
    assert await Triage.count() == 0


async def test_garbage_in_an_address_is_a_problem_and_never_an_error(db: str, now: datetime):
    headers = await _key(now)
    async with browser(now) as web:
        for query in ("after=x", "after=-1", "limit=0", "limit=9999", "after=" + "9" * 40):
            page = await web.get(f"/api/v1/entries?{query}", headers=headers)
            assert page.status_code == 422
            assert set(page.json()["errors"]) <= {"after", "limit"}
        for path in ("dossiers/x", "positions/2026-1", "nothing", "entries/7"):
            page = await web.get(f"/api/v1/{path}", headers=headers)
            assert page.status_code == 404
            assert page.headers["content-type"] == "application/problem+json"
        body = {"decision": "dismissed", "reason": "too late"}
        for number in ("7", "9" * 30):
            page = await web.client.post(
                f"/api/v1/entries/{number}/decision", json=body, headers=headers
            )
            assert page.status_code == 404


async def test_a_project_is_given_in_its_languages_with_who_agreed_to_be_asked(
    db: str, now: datetime
):
    number = await entered(now)
    await entered(now, contact_public=True, code="")
    removed = await entered(now, code="OLD")
    await remove(removed, by=await ana(now), now=now)
    headers = await _key(now)
    async with browser(now) as web:
        first, second = (await web.get("/api/v1/projects", headers=headers)).json()["projects"]
    assert (first["id"], first["code"], first["led_by"]) == (number, "ASP0100771", "AT-01")
    assert first["members"] == ["AT-01", "SI-07"]
    assert {code: told["title"] for code, told in first["texts"].items()} == {
        "de": "Hirten & Hunde",
        "sl": "Pastirji in psi",
    }
    assert (first["begins"], first["contact"]) == ("2025-03-01", None)
    assert second["contact"]["email"] == "hirten@musterdorf.example"


async def test_drafts_of_gatherings_stay_here_and_what_was_called_off_says_so(
    db: str, now: datetime
):
    await drafted(now)
    row = await published(now)
    await call_off(row.id, "Schnee", by=await ana(now), now=now)
    headers = await _key(now)
    async with browser(now) as web:
        [only] = (await web.get("/api/v1/gatherings", headers=headers)).json()["gatherings"]
    assert (only["id"], only["state"], only["reason"]) == (row.id, "cancelled", "Schnee")
    assert (only["languages"], only["topics"]) == (["de", "sl"], ["farming", "carnivores"])
    assert only["begins"] == row.begins.isoformat()


async def test_the_description_lists_the_routes_there_are(db: str, now: datetime):
    here = {
        (re.sub(r":\w+}", "}", path), method.lower())
        for handler in handlers
        for path in handler.paths
        if path.startswith("/api/v1/")
        for method in handler.http_methods
    }
    described = {
        (path, method) for path, methods in description()["paths"].items() for method in methods
    }
    assert described == here
    async with browser(now) as web:
        page = await web.get("/api/openapi.json")
        assert page.headers["content-type"] == "application/json"
        assert json.loads(page.content) == description()


async def test_the_description_names_what_is_given(db: str, now: datetime):
    of = await matters.dossier(now)
    await matters.window(now, of)
    await matters.position(now, of, by=await ana(now))
    await matters.entry(now, await matters.source(now), "Meldung")
    await entered(now)
    await published(now)
    schemas, headers = description()["components"]["schemas"], await _key(now)
    async with browser(now) as web:
        found = {
            "Dossier": (await web.get("/api/v1/dossiers/2026-014", headers=headers)).json(),
            "Position": (await web.get("/api/v1/positions/2026-014", headers=headers)).json(),
            "Entry": (await web.get("/api/v1/entries", headers=headers)).json()["entries"][0],
            "Project": (await web.get("/api/v1/projects", headers=headers)).json()["projects"][0],
            "Gathering": (await web.get("/api/v1/gatherings", headers=headers)).json()[
                "gatherings"
            ][0],
        }
    for name, values in found.items():
        assert set(values) == set(schemas[name]["properties"])
