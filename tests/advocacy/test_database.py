"""Both engines keep the same promises under load, failure and cancellation."""

import asyncio
from datetime import datetime, timedelta

import pytest

from advocacy import database
from advocacy.leases import Lease, give_back, hold
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.tables import Person
from advocacy.web.tables import PostedForm
from tests.characters import ana, maja, musterdorf, vzorcna_vas
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio


async def _add(key: str, now: datetime) -> None:
    await PostedForm(key=key, at=now).save()


async def test_a_failure_takes_back_everything(db: str, now: datetime):
    with pytest.raises(KeyError):
        async with database.transaction():
            await _add("one", now)
            raise KeyError
    assert await PostedForm.count() == 0


async def test_an_inner_transaction_rolls_back_alone(db: str, now: datetime):
    async with database.transaction():
        await _add("outer", now)
        with pytest.raises(KeyError):
            async with database.transaction():
                await _add("inner", now)
                raise KeyError
    assert await PostedForm.select(PostedForm.key) == [{"key": "outer"}]


async def test_a_refused_insert_in_an_inner_transaction_leaves_the_outer_usable(
    db: str, now: datetime
):
    async with database.transaction():
        await _add("same", now)
        with pytest.raises(database.DUPLICATE):
            async with database.transaction():
                await _add("same", now)
        await _add("other", now)
    assert await PostedForm.count() == 2


async def test_reading_then_writing_at_once_loses_no_write(db: str, now: datetime):
    person = await ana(now)

    async def one_more() -> None:
        async with database.transaction():
            await database.one_at_a_time("counting")
            row = await Person.select(Person.phone).where(Person.id == person.id).first()
            assert row
            await Person.update({Person.phone: str(int(row["phone"] or 0) + 1)}).where(
                Person.id == person.id
            )

    await asyncio.gather(*(one_more() for _ in range(40)))
    assert (await Person.select(Person.phone).first()) == {"phone": "40"}


async def test_poisoned_transactions_leave_the_engine_usable(db: str, now: datetime):
    async def poisoned(number: int) -> None:
        async with database.transaction():
            await _add(f"form {number}", now)
            await asyncio.gather(Person.count(), Person.count(), Person.raw("SELECT nonsense"))

    results = await asyncio.gather(*(poisoned(n) for n in range(15)), return_exceptions=True)
    assert all(isinstance(result, Exception) for result in results)
    assert await PostedForm.count() == 0
    await _add("after", now)
    assert await PostedForm.count() == 1


async def test_a_cancelled_transaction_gives_its_connection_back(db: str, now: datetime):
    async def slow() -> None:
        async with database.transaction():
            await _add("never", now)
            await asyncio.sleep(60)

    for _ in range(12):
        task = asyncio.create_task(slow())
        await asyncio.sleep(0.02)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert await PostedForm.count() == 0
    await asyncio.wait_for(_add("after", now), 5)


async def test_a_task_cannot_use_a_transaction_that_has_ended(db: str, now: datetime):
    go_on = asyncio.Event()

    async def later() -> int:
        await go_on.wait()
        return await Person.count()

    async with database.transaction():
        task = asyncio.create_task(later())
    go_on.set()
    with pytest.raises(Exception, match=r"ended|closed|released|pool"):
        await task


async def test_the_number_of_what_was_deleted_is_never_given_again(db: str, now: datetime):
    first = await musterdorf(now)
    made = Contact(municipality=first.id, name="Ana", email="a@x.example", language="de")
    await made.save()
    await Contact.delete().where(Contact.id == made.id)
    other = Contact(municipality=first.id, name="Eva", email="e@x.example", language="de")
    await other.save()
    assert other.id > made.id


async def test_rows_come_with_the_rows_they_refer_to_in_one_more_query_for_each_key(
    db: str, now: datetime
):
    helper, first, second = await maja(now), await vzorcna_vas(now), await musterdorf(now)
    await Municipality.update({Municipality.coordinator: helper.id}).where(
        Municipality.id == first.id
    )
    rows = Municipality.objects().order_by(Municipality.id)
    with counted() as asked:
        found = await database.with_referred(
            rows, Municipality.coordinator, Municipality.represented_by
        )
    assert [each.id for each in found] == [first.id, second.id]
    assert (found[0].coordinator.name, found[0].represented_by) == ("Maja Vzorec", None)
    assert (found[1].coordinator, found[1].represented_by) == (None, None)
    assert len(asked) == 2  # nobody is represented: nothing is asked
    one = await database.with_referred(rows.first(), Municipality.coordinator)
    assert one.coordinator.id == helper.id
    nobody = Municipality.objects().where(Municipality.id == second.id + 1).first()
    assert await database.with_referred(nobody, Municipality.coordinator) is None


async def test_one_lease_has_one_holder(db: str, now: datetime):
    async def try_it(owner: str) -> bool:
        return await hold("work", lasting=timedelta(seconds=10), now=now, owner=owner)

    taken = await asyncio.gather(*(try_it(f"process {n}") for n in range(10)))
    assert sum(taken) == 1


async def test_a_lease_that_ends_is_free_and_one_given_back_too(db: str, now: datetime):
    minute = timedelta(minutes=1)
    assert await hold("work", lasting=minute, now=now, owner="first") is True
    assert await hold("work", lasting=minute, now=now, owner="first") is True
    assert await hold("work", lasting=minute, now=now + minute / 2, owner="second") is False
    assert await hold("work", lasting=minute, now=now + minute, owner="second") is True
    await give_back("work", now=now + minute, owner="second")
    assert await hold("work", lasting=minute, now=now + minute, owner="third") is True
    assert await Lease.count() == 1
