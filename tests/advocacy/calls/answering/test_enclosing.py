import asyncio
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.calls import actions, queries
from advocacy.calls.answering import enclosing
from advocacy.calls.tables import ContributionVersion, Enclosure
from advocacy.errors import Invalid, NotFound
from tests.advocacy.calls import story
from tests.advocacy.calls.answering import files


async def kept(code: str = "SI-07") -> list[str]:
    row = await story.invitation(code)
    found = await enclosing.of_invitation(row.id)
    return [each.name for each in found if not each.removed]


def problem(name: str, content: bytes) -> str:
    with pytest.raises(Invalid) as error:
        enclosing.sniffed(name, content)
    return str(error.value)


def test_a_file_is_what_its_content_is():
    assert enclosing.sniffed("Načrt.pdf", files.pdf()).media_type == "application/pdf"
    assert enclosing.sniffed("slika.PNG", files.png()).media_type == "image/png"


def test_what_cannot_be_taken_is_named_with_the_reason():
    assert problem("prazno.pdf", b"") == "prazno.pdf is empty. It was not taken."
    large = b"%PDF-" + b"0" * enclosing.LARGEST
    assert problem("načrt.pdf", large) == "načrt.pdf has more than 10 MB. It was not taken."
    assert "it looks like a PNG picture" in problem("načrt.pdf", files.png())
    assert "is a program" in problem("x.exe", b"MZ" + b"\0" * 100)
    assert "damaged" in problem("pol.pdf", files.pdf()[:100])
    assert "of no kind" in problem("vse.zip", files.archive())
    assert "web page" in problem("x.html", b"<!doctype html><script>1</script>")


def test_a_name_with_a_path_keeps_its_last_part():
    assert enclosing.sniffed("C:\\Moje\\načrt.pdf", files.pdf()).name == "načrt.pdf"
    assert enclosing.sniffed("../../etc/a.png", files.png()).name == "a.png"


@given(st.text(max_size=40), st.binary(max_size=200))
def test_any_name_and_any_bytes_are_taken_or_refused_in_words(name: str, content: bytes):
    try:
        came_of_it = enclosing.sniffed(name, content).content
    except Invalid as error:
        came_of_it = str(error).encode()
    assert came_of_it


@pytest.mark.anyio
async def test_files_are_kept_and_the_version_names_them(db: str, now: datetime):
    await story.opened(now)
    row = await story.invitation("SI-07")
    numbers = await enclosing.keep(
        row.id, [("a.pdf", files.pdf()), ("b.png", files.png())], now=now
    )  # fmt: skip
    assert await kept() == ["a.pdf", "b.png"]
    assert await enclosing.content(numbers[1]) == files.png()
    assert (await story.invitation("SI-07")).opened == now
    await actions.contribute(row.id, replace(story.answer(), enclosures=tuple(numbers)), now=now)
    version = await ContributionVersion.objects().first()
    assert version is not None
    named = await enclosing.of_version(version)
    assert [(each.id, each.name, each.size) for each in named] == [
        (numbers[0], "a.pdf", len(files.pdf())),
        (numbers[1], "b.png", len(files.png())),
    ]


@pytest.mark.anyio
async def test_the_same_file_again_is_the_one_that_is_there(db: str, now: datetime):
    await story.opened(now)
    row = await story.invitation("SI-07")
    first = await enclosing.keep(row.id, [("a.pdf", files.pdf())], now=now)
    again = await enclosing.keep(row.id, [("a.pdf", files.pdf())] * 2, now=now)
    assert again == first * 2
    assert await Enclosure.count() == 1


@pytest.mark.anyio
async def test_a_sixth_file_is_named_and_none_of_its_company_is_kept(db: str, now: datetime):
    await story.opened(now)
    row = await story.invitation("SI-07")
    await enclosing.keep(row.id, [(f"{n}.png", files.png()) for n in range(4)], now=now)
    with pytest.raises(Invalid) as error:
        await enclosing.keep(row.id, [("4.png", files.png()), ("5.png", files.png())], now=now)
    assert str(error.value) == "At most 5 files go with an answer. 5.png was not taken."
    assert await kept() == ["0.png", "1.png", "2.png", "3.png"]


@pytest.mark.anyio
async def test_files_from_several_windows_at_once_are_never_more_than_five(db: str, now: datetime):
    await story.opened(now)
    row = await story.invitation("SI-07")
    await asyncio.gather(
        *(enclosing.keep(row.id, [(f"{n}.png", files.png())], now=now) for n in range(9)),
        return_exceptions=True,
    )
    assert len(await kept()) == 5


@pytest.mark.anyio
async def test_a_mail_brings_its_own_five(db: str, now: datetime):
    await story.opened(now)
    row = await story.invitation("SI-07")
    await enclosing.keep(row.id, [(f"{n}.png", files.png()) for n in range(5)], now=now)
    made = await enclosing.keep(row.id, [("mail.pdf", files.pdf())], channel="mail", now=now)
    assert len(made) == 1


@pytest.mark.anyio
async def test_what_was_sent_stays_when_it_is_taken_out_of_the_next_version(db: str, now: datetime):
    await story.opened(now)
    row = await story.invitation("SI-07")
    [sent] = await enclosing.keep(row.id, [("a.pdf", files.pdf())], now=now)
    await actions.contribute(row.id, replace(story.answer(), enclosures=(sent,)), now=now)
    [unsent] = await enclosing.keep(row.id, [("b.png", files.png())], now=now)
    for number in (sent, unsent, unsent):
        await enclosing.remove(row.id, number, now=now)
    assert await kept() == []
    assert await enclosing.content(sent) == files.pdf()
    with pytest.raises(NotFound):
        await enclosing.content(unsent)
    await actions.contribute(row.id, story.answer("Brez priloge."), now=now)
    whole = await queries.invitation(row.id)
    assert whole.enclosed == []
    [back] = await enclosing.keep(row.id, [("a.pdf", files.pdf())], now=now)
    assert back == sent
    assert await kept() == ["a.pdf"]


@pytest.mark.anyio
async def test_nobody_takes_along_or_takes_out_a_file_of_another(db: str, now: datetime):
    await story.opened(now)
    theirs, ours = await story.invitation("AT-01"), await story.invitation("SI-07")
    [number] = await enclosing.keep(theirs.id, [("a.pdf", files.pdf())], now=now)
    await actions.contribute(ours.id, replace(story.answer(), enclosures=(number,)), now=now)
    assert await ContributionVersion.select(ContributionVersion.enclosures) == [
        {"enclosures": "[]"}
    ]
    await enclosing.remove(ours.id, number, now=now)
    assert await kept("AT-01") == ["a.pdf"]
    with pytest.raises(NotFound):
        await enclosing.one(ours.id, number)
