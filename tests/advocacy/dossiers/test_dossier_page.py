"""The page of a dossier: its facts, its numbers, its relatives, its sources, its list."""

import json
from datetime import datetime, timedelta

import pytest
from httpx import Response

from advocacy.bodies import known
from advocacy.dossiers import actions, listing, queries
from advocacy.dossiers.forms import NewDossier, NewWindow
from advocacy.dossiers.listing import Asked
from advocacy.dossiers.relations import referring, relating
from advocacy.dossiers.relations.references import Kind, Number
from advocacy.dossiers.tables import Dossier, Reference, RelatedDossier
from advocacy.history.tables import Event
from advocacy.people.tables import Person
from feeds.reading.sameness import Matter
from feeds.tables import EntryVersion
from tests.advocacy.triage.sample import entry
from tests.browsing import Browser, browser
from tests.characters import ana, luca, maja, presidency
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio

COM = Number(Kind.COM, "COM(2024) 123")


async def _open(now: datetime, title: str = "Herdenschutz", **values: object) -> Dossier:
    new = NewDossier(title=title, **values)  # type: ignore[arg-type]
    return await actions.open_dossier(new, by=await ana(now), now=now)


async def _undo(web: Browser, action: str) -> Response:
    [event] = await Event.select(Event.id).where(Event.action == action)
    await web.get("/en/d/2026-001")
    return await web.post(f"/en/undo/{event['id']}")


async def test_the_facts_name_body_procedure_number_sponsor_and_who_is_responsible(
    db: str, now: datetime
):
    await known.seed(now)
    await Person.update({Person.phone: "+43 1 234"}).where(Person.id == (await ana(now)).id)
    await _open(
        now, body="commission", procedure="have-your-say", procedure_number="2023/0156(COD)",
        sponsor="Slovenia", countries=("AT", "SI"), priority=1,
        window=NewWindow(now + timedelta(days=90), "Europe/Brussels", kind="feedback"),
    )  # fmt: skip
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = (await web.get("/en/d/2026-001")).text
    for shown in (
        'href="/en/bodies/commission"', "European Union", "Initiative of the Commission",
        "Feedback on the adopted act", "oeil.secure.europarl.europa.eu", "Slovenia", "High",
        'href="tel:+431234"', "Ask the municipalities, or begin to write.",
    ):  # fmt: skip
        assert shown in page, shown


async def test_any_words_lead_to_the_one_address_and_keep_what_was_asked(db: str, now: datetime):
    await _open(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        path = "/en/d/2026-001-any-words?only=documents"
        answer = await web.client.get(path, follow_redirects=False)
    assert answer.status_code == 301
    assert answer.headers["location"] == "/en/d/2026-001?only=documents"


async def test_a_number_is_noted_linked_found_and_taken_back(db: str, now: datetime):
    dossier = await _open(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/d/2026-001/numbers")
        page = await web.post("/en/d/2026-001/numbers", {"kind": "com", "value": "COM(2024)123"})
        assert "The number is noted." in page.text
        assert "uri=COM:2024:123:FIN" in page.text
        assert "number added: COM(2024) 123" in page.text
        [row] = await listing.listed(Asked(search="COM(2024) 123"), now=now)
        assert row["number"] == "2026-001"
        assert await queries.with_numbers([COM.value]) == {COM.value: "2026-001"}
        await web.get("/en/d/2026-001/numbers")
        await web.post("/en/d/2026-001/numbers", {"kind": "com", "value": "COM/2024/123"})
        assert await Reference.count() == 1
        assert (await _undo(web, "number added")).status_code == 200
    assert await Reference.count() == 0
    assert await listing.listed(Asked(search="COM(2024) 123"), now=now) == []
    assert "com" not in (await queries.by_id(dossier.id)).search_text.split()


async def test_a_number_that_is_none_keeps_what_was_typed(db: str, now: datetime):
    await _open(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for form in ({"kind": "com", "value": "<b>x"}, {"kind": "no", "value": "1"}, {}):
            await web.get("/en/d/2026-001/numbers")
            page = await web.post("/en/d/2026-001/numbers", form)
            assert page.status_code == 422
    assert await Reference.count() == 0


async def test_a_number_that_exists_elsewhere_is_a_question_with_both_choices(
    db: str, now: datetime
):
    await _open(now, "First", procedure_number=COM.value)
    second = await _open(now, "Second")
    form = {"kind": "com", "value": "COM(2024) 123"}
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/d/2026-002/numbers")
        page = await web.post("/en/d/2026-002/numbers", form)
        assert "2026-001 has this number." in page.text
        assert 'href="/en/d/2026-001"' in page.text
        assert await Reference.count() == 0
        page = await web.post("/en/d/2026-002/numbers", form | {"keep": "yes"})
        assert "The number is noted." in page.text
    assert [each.value for each in await queries.references_of(second.id)] == [COM.value]


async def test_removing_a_number_is_taken_back_and_a_missing_one_is_not_found(
    db: str, now: datetime
):
    dossier = await _open(now)
    await referring.add_reference(dossier.id, COM, by=await ana(now), now=now)
    form = {"kind": "com", "value": COM.value}
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/d/2026-001/numbers")
        page = await web.post("/en/d/2026-001/numbers/remove", form)
        assert "The number is removed." in page.text
        await web.get("/en/d/2026-001/numbers")
        assert (await web.post("/en/d/2026-001/numbers/remove", form)).status_code == 404
        assert (await _undo(web, "number removed")).status_code == 200
    assert await Reference.count() == 1


async def test_an_entry_that_names_a_reference_is_suggested_for_its_dossier(db: str, now: datetime):
    dossier = await _open(now, "Herds")
    await referring.add_reference(dossier.id, COM, by=await ana(now), now=now)
    found = await queries.suggestion(Matter("Something else", "en", (COM.value,), ""))
    assert found is not None
    assert (found[0]["number"], found[1].reason) == ("2026-001", "number")


async def test_relatives_are_proposed_with_reasons_and_shown_on_both_pages(db: str, now: datetime):
    await _open(now, "First", topics=("water",), countries=("AT",))
    await _open(now, "Second", topics=("water",), countries=("AT", "SI"))
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/d/2026-001")
        assert "May belong to it" in page.text
        assert "Countries: Austria" in page.text
        page = await web.post("/en/d/2026-001/related", {"other": "2026-002"})
        assert "The dossiers are related." in page.text
        assert "May belong to it" not in page.text
        assert 'href="/en/d/2026-001"' in (await web.get("/en/d/2026-002")).text
        await web.post("/en/d/2026-002/related", {"other": "2026-001"})
        assert await RelatedDossier.count() == 1
        assert (await _undo(web, "dossiers related")).status_code == 200
        assert await RelatedDossier.count() == 0


async def test_parting_is_taken_back_with_its_reason(db: str, now: datetime):
    first, second = await _open(now, "First"), await _open(now, "Second")
    by = await ana(now)
    await relating.relate(second.id, first.number, reason="One package", by=by, now=now)
    async with browser(now) as web:
        await web.sign_in(by, now)
        page = await web.get("/en/d/2026-001")
        assert "One package" in page.text
        await web.post("/en/d/2026-001/related/remove", {"other": "2026-002"})
        assert await RelatedDossier.count() == 0
        await web.get("/en/d/2026-001")
        again = await web.post("/en/d/2026-001/related/remove", {"other": "2026-002"})
        assert again.status_code == 404
        await _undo(web, "dossiers parted")
    [row] = await RelatedDossier.select(RelatedDossier.reason)
    assert row == {"reason": "One package"}


async def test_what_cannot_be_related_is_asked_back(db: str, now: datetime):
    await _open(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for other, says in {
            "2026-001": "This is the number of the dossier itself",
            "2026-999": "There is no dossier with this number",
            "%00x": "There is no dossier with this number",
            "": "There is no dossier with this number",
        }.items():
            await web.get("/en/d/2026-001/numbers")
            page = await web.post("/en/d/2026-001/related", {"other": other, "reason": "Kept"})
            assert page.status_code == 422, other
            assert says in page.text, other
            assert 'value="Kept"' in page.text
        await web.get("/en/d/2026-001/numbers")
        form = {"other": "2026-001", "reason": "x" * 201}
        assert (await web.post("/en/d/2026-001/related", form)).status_code == 422


async def test_only_the_secretariat_notes_numbers_and_relates(db: str, now: datetime):
    await _open(now)
    for person in (await maja(now), (await presidency(now))[0]):
        async with browser(now) as web:
            await web.sign_in(person, now)
            page = await web.get("/en/d/2026-001")
            assert page.status_code == 200
            assert "/numbers" not in page.text
            assert (await web.get("/en/d/2026-001/numbers")).status_code == 404
            for tail in ("numbers", "numbers/remove", "related", "related/remove"):
                await web.get("/en/me")
                assert (await web.post(f"/en/d/2026-001/{tail}", {})).status_code == 404, tail


async def test_each_version_of_a_source_shows_what_changed(db: str, now: datetime):
    dossier = await _open(now)
    number = await entry("Regulation on herds", now=now)
    changes = {"title": ["Regulation on sheep", "Regulation on herds"], "text": ["", "<b>New</b>"]}
    await EntryVersion(
        entry=number, number=2, seen_at=now, title="Regulation on herds", text="<b>New</b>",
        changes=json.dumps(changes),
    ).save()  # fmt: skip
    await actions.attach([number], dossier.id, by=await ana(now), now=now)
    for person in (await ana(now), await maja(now)):
        async with browser(now) as web:
            await web.sign_in(person, now)
            page = (await web.get("/en/d/2026-001/sources/1")).text
            assert "<del>sheep</del><ins>herds</ins>" in page
            assert "<ins>&lt;b&gt;New&lt;/b&gt;</ins>" in page
            for tail in ("0", "2", "99999999999999999999", "x"):
                assert (await web.get(f"/en/d/2026-001/sources/{tail}")).status_code == 404


async def test_the_history_is_narrowed_to_a_section(db: str, now: datetime):
    await _open(now, window=NewWindow(now + timedelta(days=90), "Europe/Brussels"))
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        assert "dossier opened" in (await web.get("/en/d/2026-001")).text
        page = (await web.get("/en/d/2026-001?only=documents")).text
        assert "dossier opened" not in page
        assert "Nothing of this kind has happened yet." in page
        for garbage in ("only=%00", "only=x", "before=x", "before=0", "before=99999999999"):
            assert (await web.get(f"/en/d/2026-001?{garbage}")).status_code == 200, garbage


async def test_the_sponsor_is_changed_and_one_too_long_is_asked_back(db: str, now: datetime):
    dossier = await _open(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/d/2026-001/edit")
        base = page.text.split('name="base" value="')[1].split('"')[0]
        form = {"title": "Herdenschutz", "priority": "2", "base": base}
        page = await web.post("/en/d/2026-001/edit", form | {"sponsor": "x" * 121})
        assert page.status_code == 422
        page = await web.post("/en/d/2026-001/edit", form | {"sponsor": "Slovenija"})
        assert "Slovenija" in page.text
        await _undo(web, "dossier changed")
    assert (await queries.by_id(dossier.id)).sponsor == ""


async def _titles(now: datetime, **wanted: str) -> list[str]:
    return [row["title"] for row in await listing.listed(Asked(**wanted), now=now)]


async def test_the_list_is_sorted_and_filtered_by_lead_priority_and_body(db: str, now: datetime):
    await known.seed(now)
    other = (await luca(now)).id

    def closes(days: int) -> NewWindow:
        return NewWindow(now + timedelta(days=days), "Europe/Brussels")

    await _open(now, "late", priority=1, window=closes(90))
    await _open(now, "none", priority=3, lead=other)
    await _open(now, "soon", body="commission", window=closes(60))
    assert await _titles(now) == ["soon", "none", "late"]
    assert await _titles(now, sort="deadline") == ["soon", "late", "none"]
    assert await _titles(now, sort="priority") == ["late", "soon", "none"]
    assert await _titles(now, lead="Luca Beispiel") == ["none"]
    assert await _titles(now, priority="1") == ["late"]
    assert await _titles(now, body="commission") == ["soon"]
    for sort, order in {
        "newest": ["soon", "none", "late"], "deadline": ["soon", "late", "none"],
        "priority": ["late", "soon", "none"],
    }.items():  # fmt: skip
        numbers = [r["number"] for r in await listing.listed(Asked(sort=sort), now=now)]
        for place, number in enumerate(numbers):
            assert await _titles(now, sort=sort, after=number) == order[place + 1 :], (sort, place)


async def test_garbage_in_the_address_of_the_list_is_as_if_it_were_not_there(
    db: str, now: datetime
):
    await _open(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        query = "station=x&country=%00&topic=y&priority=9&sort=z&after=%27--&body=%00"
        page = await web.get(f"/en/dossiers?{query}")
        assert "Herdenschutz" in page.text
        page = await web.get("/en/dossiers?lead=Nobody")
        assert "No dossier fits." in page.text


async def test_the_page_costs_the_same_whatever_is_related_and_noted(db: str, now: datetime):
    first = await _open(now, topics=("water",), countries=("AT",))
    by = await ana(now)

    async def more(place: int) -> None:
        number = Number(Kind.COM, f"COM(2024) {place}")
        await referring.add_reference(first.id, number, by=by, now=now)
        other = await _open(now, f"Other {place}", topics=("water",), countries=("AT",))
        await _open(now, f"Near {place}", topics=("water",), countries=("AT",))
        await relating.relate(first.id, other.number, by=by, now=now)

    await more(1)
    async with browser(now) as web:
        await web.sign_in(by, now)
        await web.get("/en/d/2026-001")
        with counted() as one:
            await web.get("/en/d/2026-001")
        await more(2)
        await more(3)
        await web.get("/en/d/2026-001")
        with counted() as three:
            await web.get("/en/d/2026-001")
    assert len(one) == len(three)
