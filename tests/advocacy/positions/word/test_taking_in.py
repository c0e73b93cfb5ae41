"""A Word file that came back becomes proposals, and nothing else changes."""

from datetime import datetime

import pytest

from advocacy.errors import Invalid, Message, NotAllowed
from advocacy.history.tables import Event
from advocacy.positions import actions, queries
from advocacy.positions.passages import quotations
from advocacy.positions.tables import Position, Proposal
from advocacy.positions.word.taking_in import Taken, take_in
from advocacy.positions.word.working_copy import working_copy
from advocacy.positions.writing.merging import Ask, Draft
from tests.advocacy.positions import matters
from tests.advocacy.positions.matters import Matter
from tests.advocacy.positions.word.handed import DRAFT, content
from tests.characters import ana

pytestmark = pytest.mark.anyio


async def _handed(now: datetime) -> Matter:
    """The position that the files were made from stands at version 3."""
    it = await matters.matter(now)
    by = await ana(now)
    marks = dict(zip(("@17.1", "@17.2"), it.marks.values(), strict=False))
    draft = Draft(
        DRAFT.title, [(key, _with(text, marks)) for key, text in DRAFT.paragraphs], DRAFT.asks
    )
    first = Draft(draft.title, draft.paragraphs[:2])
    await actions.save(it.position.id, first, base_version=0, by=by, now=now)
    second = Draft(draft.title, draft.paragraphs[:3])
    await actions.save(it.position.id, second, base_version=1, by=by, now=now)
    third = Draft(draft.title, draft.paragraphs, [Ask(0, a.paragraph, a.text) for a in draft.asks])
    await actions.save(it.position.id, third, base_version=2, by=by, now=now)
    return it


def _with(text: str, marks: dict[str, str]) -> str:
    for old, new in marks.items():
        text = text.replace(old, new)
    return text


async def _taken(it: Matter, name: str, now: datetime) -> Taken:
    return await take_in(it.position.id, f"{name}.docx", content(name), by=await ana(now), now=now)


async def _proposals(it: Matter) -> list[Proposal]:
    return await Proposal.objects().where(Proposal.position == it.position.id).order_by(Proposal.id)


async def test_every_change_is_a_proposal_with_its_author_and_its_citations(db: str, now: datetime):
    it = await _handed(now)
    taken = await _taken(it, "two_authors", now)
    assert taken == Taken(5, 0, [], ["Luca Beispiel", "Giulia Esempio"], 3, 3)
    current = await queries.version(it.position.id)
    before = dict(queries.paragraphs_of(current))
    found = [(p.author, p.paragraph, p.before, p.text) for p in await _proposals(it)]
    k2 = before["k2"]
    assert found == [
        ("Luca Beispiel", "k1", before["k1"],
         before["k1"].replace("voll zu tragen", "immer voll zu tragen")),
        ("Luca Beispiel", "k2", k2, k2.replace("Ende.", "Ganz am Ende.")),
        ("Giulia Esempio", "k2", k2, k2.replace("Zäune", "Zäune und Hunde")),
        ("Giulia Esempio", "k3", before["k3"],
         before["k3"].replace("Überprüfung", "Bewertung")),
        ("Giulia Esempio", "k4", before["k4"], ""),
    ]  # fmt: skip
    assert current.number == 3


async def test_who_brings_a_file_without_tracked_changes_speaks_for_it(db: str, now: datetime):
    it = await _handed(now)
    taken = await _taken(it, "untracked", now)
    assert (taken.proposed, taken.people) == (3, ["Ana Muster"])
    ask = (await _proposals(it))[-1]
    assert (ask.paragraph, ask.before, ask.text) == (
        "ask-2", "Überprüfung nach drei Jahren", "Überprüfung nach zwei Jahren",
    )  # fmt: skip


async def test_a_new_paragraph_is_offered_behind_the_one_it_follows(db: str, now: datetime):
    it = await _handed(now)
    await _taken(it, "new_paragraph", now)
    (new,) = await _proposals(it)
    assert (new.before, new.text, new.after) == ("", "Die Herden brauchen Schutz.", "k3")
    assert new.paragraph not in {"", "k1", "k2", "k3", "k4"}


async def test_a_move_is_offered_at_both_places(db: str, now: datetime):
    it = await _handed(now)
    await _taken(it, "moved", now)
    there, here = await _proposals(it)
    assert (there.before, there.text, there.after) == ("", "Zuletzt steht dies.", "k2")
    assert (here.paragraph, here.before, here.text) == ("k4", "Zuletzt steht dies.", "")
    assert all(each.reason for each in (there, here))


async def test_the_same_file_twice_proposes_nothing_twice(db: str, now: datetime):
    it = await _handed(now)
    for name, changes in (("two_authors", 5), ("new_paragraph", 1), ("moved", 2)):
        first, again = await _taken(it, name, now), await _taken(it, name, now)
        assert (first.proposed, again.proposed, again.known) == (changes, 0, changes)
    events = await Event.count().where(Event.action == "word file taken in")
    assert (len(await _proposals(it)), events) == (8, 3)


async def test_a_file_of_an_older_version_is_compared_with_that_version(db: str, now: datetime):
    it = await _handed(now)
    later = queries.draft_of(await queries.version(it.position.id))
    paragraphs = [("k1", "Ganz anders. [@own]"), *later.paragraphs[1:]]
    await actions.save(
        it.position.id, Draft(later.title, paragraphs, later.asks), base_version=3,
        by=await ana(now), now=now,
    )  # fmt: skip
    taken = await _taken(it, "two_authors", now)
    assert (taken.version, taken.current, taken.is_older) == (3, 4, True)
    first = (await _proposals(it))[0]
    assert (first.version, first.before) == (3, dict(later.paragraphs)["k1"])


async def _refused(it: Matter, file: bytes, now: datetime) -> str:
    with pytest.raises(Invalid) as refused:
        await take_in(it.position.id, "a.docx", file, by=await ana(now), now=now)
    message = refused.value.fields["file"]
    assert isinstance(message, Message)
    assert await _proposals(it) == []
    return message.text % message.values


async def _copy(it: Matter, number: str, version: int, language: str) -> bytes:
    current = await queries.version(it.position.id)
    rows = await quotations.passages(it.dossier.id)
    return working_copy(
        queries.draft_of(current), rows, number=number, version=version, language=language,
        network="Alpennetz", made=current.at,
    )  # fmt: skip


async def test_a_wrong_file_is_told_what_is_wrong_with_it(db: str, now: datetime):
    it = await _handed(now)
    for number, version, language, why in (
        ("2026-015", 3, "de", "is a text of 2026-015 and not of 2026-014"),
        ("2026-014", 9, "de", "was made from version 9, which is not there"),
        ("2026-014", 3, "fr", "is a translation"),
        ("2026-014", 3, "de", "nothing was changed"),
    ):
        assert why in await _refused(it, await _copy(it, number, version, language), now)


async def test_what_has_been_handed_in_takes_no_file(db: str, now: datetime):
    it = await _handed(now)
    await Position.update({Position.state: "submitted"}).where(Position.id == it.position.id)
    with pytest.raises(NotAllowed):
        await _taken(it, "two_authors", now)
    assert await _proposals(it) == []


async def test_an_ask_that_was_taken_out_is_named_and_left(db: str, now: datetime):
    it = await _handed(now)
    current = await queries.version(it.position.id)
    draft = queries.draft_of(current)
    shorter = Draft(draft.title, draft.paragraphs, draft.asks[:1])
    file = working_copy(
        shorter, [], number="2026-014", version=3, language="de", network="Alpennetz",
        made=current.at,
    )  # fmt: skip
    taken = await take_in(it.position.id, "a.docx", file, by=await ana(now), now=now)
    assert (taken.proposed, taken.left) == (0, [2])
    assert await _proposals(it) == []
