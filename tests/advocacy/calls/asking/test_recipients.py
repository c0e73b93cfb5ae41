from datetime import datetime

import pytest

from advocacy.calls.asking.audience import Audience
from advocacy.calls.asking.recipients import Chosen, chosen_by, regions
from advocacy.calls.rules import WhyNot
from advocacy.municipalities.tables import Contact, Municipality
from tests.advocacy.calls import story
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio


async def region(now: datetime, *members: str) -> Municipality:
    made = Municipality(
        code="AT-R1", name="Region Mustertal", kind="region", country="AT", language="de",
        region="Tirol", created=now,
    )  # fmt: skip
    await made.save()
    await Contact(municipality=made.id, name="Eva", email="amt@tal.example", language="de").save()
    await Municipality.update({Municipality.represented_by: made.id}).where(
        Municipality.code.is_in(list(members))
    )
    return made


def codes(chosen: Chosen) -> list[str]:
    return [each.code for each in chosen.asked]


async def test_a_region_is_asked_in_place_of_the_members_it_represents(db: str, now: datetime):
    await story.members(now)
    await region(now, "AT-01", "IT-01")
    chosen = await chosen_by(Audience())
    assert codes(chosen) == ["AT-R1", "FR-01", "SI-07"]
    assert [(each.code, each.by_name) for each in chosen.represented] == [
        ("AT-01", "Region Mustertal"),
        ("IT-01", "Region Mustertal"),
    ]
    assert chosen.by_region == {"AT-R1": ("Region Mustertal", 2)}


async def test_a_member_chosen_by_code_is_asked_beside_its_region(db: str, now: datetime):
    await story.members(now)
    await region(now, "AT-01")
    chosen = await chosen_by(Audience(countries=("AT",), codes=("AT-01",)))
    assert codes(chosen) == ["AT-01", "AT-R1"]
    assert chosen.represented == ()


async def test_a_member_is_asked_where_its_region_is_not(db: str, now: datetime):
    await story.members(now)
    made = await region(now, "AT-01")
    assert codes(await chosen_by(Audience(codes=("AT-01",)))) == ["AT-01"]
    await Municipality.update({Municipality.active: False}).where(Municipality.id == made.id)
    assert codes(await chosen_by(Audience(countries=("AT",)))) == ["AT-01"]


async def test_a_region_is_chosen_by_its_name_and_the_page_lists_them(db: str, now: datetime):
    await story.members(now)
    await Municipality.update({Municipality.region: "Tirol, Osten"}).where(
        Municipality.code == "AT-01"
    )
    assert codes(await chosen_by(Audience(regions=("Tirol, Osten",)))) == ["AT-01"]
    found = await regions()
    assert {code: [(r.name, r.members) for r in rows] for code, rows in found.items()} == {
        "AT": [("Tirol, Osten", 1)]
    }


async def test_who_gets_no_letter_is_told_with_the_reason(db: str, now: datetime):
    await story.members(now)
    await Contact.update({Contact.calls: "never"}).where(Contact.name == "Janez Primer")
    await Contact.update({Contact.bounced: now}).where(Contact.name == "Luc Modèle")
    await Contact.delete().where(Contact.name == "Paola Esempio")
    chosen = await chosen_by(Audience())
    assert {each.code: each.why_not for each in chosen.asked} == {
        "AT-01": None,
        "FR-01": WhyNot.BOUNCED,
        "IT-01": WhyNot.NOBODY,
        "SI-07": WhyNot.WANTS_NONE,
    }


async def test_where_one_address_comes_back_another_person_is_written_to(db: str, now: datetime):
    places = await story.members(now)
    await Contact.update({Contact.bounced: now}).where(Contact.name == "Janez Primer")
    second = Contact(
        municipality=places[0].id, name="Tina Primer", email="tina@si-07.example", language="sl"
    )
    await second.save()
    chosen = await chosen_by(Audience(codes=("SI-07",)))
    assert [each.contact.name for each in chosen.asked if each.contact] == ["Tina Primer"]


async def test_three_hundred_take_as_many_queries_as_one(db: str, now: datetime):
    await story.members(now)
    with counted() as few:
        await chosen_by(Audience())
    await Municipality.insert(
        *(
            Municipality(code=f"AT-{n}", name="M", country="AT", language="de", created=now)
            for n in range(100, 400)
        )
    )
    with counted() as many:
        found = await chosen_by(Audience())
    assert len(found.asked) == 304
    assert len(many) == len(few)
