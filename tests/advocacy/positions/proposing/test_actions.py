from datetime import datetime, timedelta

import pytest

from advocacy.errors import Invalid, NotAllowed, NotFound, Outdated
from advocacy.history.tables import Event
from advocacy.mail.tables import Letter
from advocacy.positions import actions as writing
from advocacy.positions import queries as positions
from advocacy.positions.proposing import actions, acts, mails, queries
from advocacy.positions.proposing.actions import Answer
from advocacy.positions.rules import ProposalState
from advocacy.positions.tables import Position, Proposal, Remark
from advocacy.undoing.actions import undo
from tests.advocacy.positions.matters import Matter, adopt
from tests.advocacy.positions.proposing.drafts import proposed, readable, text_of
from tests.characters import ana, eva, luca, maja

pytestmark = pytest.mark.anyio

ACCEPTED, MODIFIED, NOT_ACCEPTED = (
    ProposalState.ACCEPTED,
    ProposalState.MODIFIED,
    ProposalState.NOT_ACCEPTED,
)


async def answered(
    it: Matter, words: str, answers: dict[int, Answer], now: datetime, version: int = 1
) -> int:
    return await actions.answer(
        it.position.id, "k1", text_of(it, words), answers, base_version=version,
        by=await ana(now), now=now,
    )  # fmt: skip


async def row(number: int) -> Proposal:
    return await Proposal.objects().where(Proposal.id == number).first()


async def paragraph(it: Matter) -> str:
    return dict(positions.paragraphs_of(await positions.version(it.position.id)))["k1"]


async def kinds() -> list[tuple[str, str, str]]:
    rows = await Letter.select(Letter.kind, Letter.recipient, Letter.state).order_by(Letter.id)
    return [(each["kind"], each["recipient"], each["state"]) for each in rows]


async def test_the_same_words_sent_twice_are_one_proposal(db: str, now: datetime):
    it = await readable(now)
    by = await maja(now)
    first = await proposed(it, "Die Kosten sind voll zu ersetzen", by, now)
    assert await proposed(it, "Die Kosten sind voll zu ersetzen", by, now) == first
    assert await queries.open_by_paragraph(it.position.id) == {"k1": 1}
    assert await queries.open_count(it.position.id) == 1
    assert await Event.count().where(Event.action == "wording proposed") == 1


async def test_words_that_change_nothing_or_are_too_long_are_refused(db: str, now: datetime):
    it = await readable(now)
    by = await maja(now)
    for words in ("Die Kosten sind zu ersetzen", "x" * 10_001):
        with pytest.raises(Invalid) as wrong:
            await proposed(it, words, by, now)
        assert list(wrong.value.fields) == ["text"]
    with pytest.raises(NotFound):
        await actions.propose(
            it.position.id, "no such key", "Anders", before="", version=1, source="page",
            author="Maja", language="de", by=by, now=now,
        )  # fmt: skip
    assert await queries.open_count(it.position.id) == 0


async def test_nothing_is_proposed_on_a_text_that_was_handed_in(db: str, now: datetime):
    it = await readable(now)
    await adopt(it, now, "submitted")
    with pytest.raises(NotAllowed):
        await proposed(it, "Die Kosten sind voll zu ersetzen", await maja(now), now)


async def test_two_proposals_are_accepted_into_one_version_and_their_authors_hear_it(
    db: str, now: datetime
):
    it = await readable(now)
    one = await proposed(it, "Die Kosten sind voll zu ersetzen", await maja(now), now)
    other = await proposed(it, "Alle Kosten sind zu ersetzen", None, now, code="IT-01")
    answers = {one: Answer(ACCEPTED), other: Answer(ACCEPTED)}
    await answered(it, "Alle Kosten sind voll zu ersetzen", answers, now)
    assert await paragraph(it) == text_of(it, "Alle Kosten sind voll zu ersetzen")
    assert [(await row(each)).state for each in (one, other)] == [ACCEPTED, ACCEPTED]
    assert (await positions.version(it.position.id)).note == "Proposals of Maja Vzorec, IT-01"
    assert await kinds() == [
        ("proposal_answered", "maja.vzorec@alpennetz.example", "waiting"),
        ("proposal_answered", "office@it-01.example", "waiting"),
    ]
    assert await queries.open_count(it.position.id) == 0


async def test_accepted_is_only_what_the_text_holds(db: str, now: datetime):
    it = await readable(now)
    one = await proposed(it, "Die Kosten sind voll zu ersetzen", await maja(now), now)
    for said, words in (
        (Answer(ACCEPTED), "Die Kosten sind zu ersetzen"),
        (Answer(MODIFIED), "Die Kosten sind ganz zu ersetzen"),
        (Answer(NOT_ACCEPTED), "Die Kosten sind zu ersetzen"),
    ):
        with pytest.raises(Invalid) as wrong:
            await answered(it, words, {one: said}, now)
        field = "state" if said.state is ACCEPTED else "reason"
        assert list(wrong.value.fields) == [f"{field}-{one}"]
    assert (await row(one)).state == "open"
    assert (await positions.version(it.position.id)).number == 1


async def test_words_that_are_not_accepted_do_not_slip_into_the_text(db: str, now: datetime):
    it = await readable(now)
    one = await proposed(it, "Die Kosten sind voll zu ersetzen", await maja(now), now)
    other = await proposed(it, "Alle Kosten sind zu ersetzen", await eva(now), now)
    answers = {one: Answer(ACCEPTED), other: Answer(NOT_ACCEPTED, "Nicht alle.")}
    with pytest.raises(Invalid) as wrong:
        await answered(it, "Alle Kosten sind voll zu ersetzen", answers, now)
    assert list(wrong.value.fields) == [f"state-{other}"]
    await answered(it, "Die Kosten sind voll zu ersetzen", answers, now)
    assert (await row(other)).answer == "Nicht alle."


async def test_modified_words_that_are_the_proposed_ones_are_simply_accepted(
    db: str, now: datetime
):
    it = await readable(now)
    one = await proposed(it, "Die Kosten sind voll zu ersetzen", await maja(now), now)
    await answered(it, "Die Kosten sind voll zu ersetzen", {one: Answer(MODIFIED)}, now)
    found = await row(one)
    assert (found.state, found.consent) == (ACCEPTED, "")


async def test_a_proposal_that_is_not_accepted_leaves_the_text_alone(db: str, now: datetime):
    it = await readable(now)
    one = await proposed(it, "Die Kosten sind voll zu ersetzen", await maja(now), now)
    await answered(it, "Ganz anders", {one: Answer(NOT_ACCEPTED, "Zu teuer.")}, now)
    assert (await positions.version(it.position.id)).number == 1
    assert [kind for kind, _, _ in await kinds()] == ["proposal_answered"]


async def test_a_wrong_citation_is_told_at_the_text_and_nothing_is_answered(db: str, now: datetime):
    it = await readable(now)
    one = await proposed(it, "Die Kosten sind voll zu ersetzen", await maja(now), now)
    with pytest.raises(Invalid) as wrong:
        await actions.answer(
            it.position.id, "k1", "Die Kosten sind voll zu ersetzen [@999.1].",
            {one: Answer(ACCEPTED)}, base_version=1, by=await ana(now), now=now,
        )  # fmt: skip
    assert list(wrong.value.fields) == ["text"]
    assert (await row(one)).state == "open"


async def test_whoever_answers_second_or_on_changed_words_loses_nothing(db: str, now: datetime):
    it = await readable(now)
    by = await maja(now)
    one = await proposed(it, "Die Kosten sind voll zu ersetzen", by, now)
    draft = positions.draft_of(await positions.version(it.position.id))
    changed = writing.Draft(
        draft.title, [("k1", text_of(it, "Kosten werden ersetzt")), draft.paragraphs[1]], draft.asks
    )
    await writing.save(it.position.id, changed, base_version=1, by=await luca(now), now=now)
    with pytest.raises(Outdated):
        await answered(it, "Die Kosten sind voll zu ersetzen", {one: Answer(ACCEPTED)}, now)
    assert (await row(one)).state == "open"
    said = {one: Answer(NOT_ACCEPTED, "Schon anders gesagt.")}
    await answered(it, "", said, now, version=2)
    with pytest.raises(Outdated):
        await answered(it, "", said, now, version=2)


async def test_an_answer_is_taken_back_with_its_words_until_the_letter_leaves(
    db: str, now: datetime
):
    it = await readable(now)
    one = await proposed(it, "Die Kosten sind voll zu ersetzen", await maja(now), now)
    event = await answered(it, "Die Kosten sind voll zu ersetzen", {one: Answer(ACCEPTED)}, now)
    path = await undo(event, by=await ana(now), now=now + timedelta(minutes=2))
    assert path == "/p/2026-014/proposals"
    assert (await row(one)).state == "open"
    assert await paragraph(it) == text_of(it, "Die Kosten sind zu ersetzen")
    assert [state for _, _, state in await kinds()] == ["stopped"]
    with pytest.raises(Outdated):
        await undo(event, by=await ana(now), now=now + timedelta(minutes=3))
    again = await answered(
        it, "Die Kosten sind voll zu ersetzen", {one: Answer(ACCEPTED)},
        now + timedelta(minutes=4), version=3,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        await undo(again, by=await ana(now), now=now + timedelta(minutes=14))


async def test_modified_words_go_back_to_their_author_and_a_no_opens_them_again(
    db: str, now: datetime
):
    it = await readable(now)
    one = await proposed(it, "Die Kosten sind voll zu ersetzen", None, now, code="SI-07")
    words = "Die Kosten sind zur Hälfte zu ersetzen"
    await answered(it, words, {one: Answer(MODIFIED, "Mehr gibt es nicht.")}, now)
    found = await row(one)
    assert (found.state, found.consent, found.taken_text) == (MODIFIED, "asked", text_of(it, words))
    assert await kinds() == [("consent", "office@si-07.example", "waiting")]
    token = mails.consent_token(found)
    assert f"/consent/{token}" in (await Letter.select(Letter.text).first())["text"]

    with pytest.raises(Invalid):
        await actions.consent(token, agrees=False, remark=" ", now=now)
    await actions.consent(token, agrees=False, remark="Ne, vse.", now=now)
    await actions.consent(token, agrees=False, remark="Ne, vse.", now=now)
    found = await row(one)
    assert (found.state, found.consent, found.consent_remark) == ("open", "refused", "Ne, vse.")
    assert await Event.count().where(Event.action == "consent refused") == 1

    await actions.consent(token, agrees=True, remark="", now=now)
    assert (await row(one)).state == MODIFIED
    with pytest.raises(NotFound):
        await actions.consent("x" * 43, agrees=True, remark="", now=now)


async def test_what_its_author_withdrew_does_not_come_back_by_the_link(db: str, now: datetime):
    it = await readable(now)
    by = await maja(now)
    one = await proposed(it, "Die Kosten sind voll zu ersetzen", by, now)
    await answered(it, "Die Kosten sind halb zu ersetzen", {one: Answer(MODIFIED, "So.")}, now)
    token = mails.consent_token(await row(one))
    await actions.consent(token, agrees=False, remark="Nein", now=now)
    await actions.withdraw(one, by=by, now=now)
    with pytest.raises(Outdated):
        await actions.consent(token, agrees=True, remark="", now=now)
    assert (await row(one)).state == "withdrawn"


async def test_remarks_do_not_fill_the_house_either(
    db: str, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    it = await readable(now)
    monkeypatch.setattr(acts, "MOST_OPEN", 2)
    who = {"version": 1, "author": "SI-07", "language": "sl", "by": None, "now": now}
    for text in ("Ena.", "Dve."):
        await actions.remark(it.position.id, "k1", text, **who)
    with pytest.raises(NotAllowed):
        await actions.remark(it.position.id, "k1", "Tri.", **who)


async def test_a_link_to_earlier_words_leads_nowhere(db: str, now: datetime):
    it = await readable(now)
    one = await proposed(it, "Die Kosten sind voll zu ersetzen", await maja(now), now)
    await answered(it, "Die Kosten sind halb zu ersetzen", {one: Answer(MODIFIED, "So.")}, now)
    token = mails.consent_token(await row(one))
    await actions.consent(token, agrees=False, remark="Nein", now=now)
    later = now + timedelta(hours=1)
    said = {one: Answer(MODIFIED, "Besser so.")}
    await answered(it, "Die Kosten sind fast ganz zu ersetzen", said, later, version=2)
    assert (await row(one)).consent == "asked"
    with pytest.raises(NotFound):
        await actions.consent(token, agrees=True, remark="", now=later)


async def test_only_its_author_withdraws_a_proposal_and_only_unanswered(db: str, now: datetime):
    it = await readable(now)
    by = await maja(now)
    one = await proposed(it, "Die Kosten sind voll zu ersetzen", by, now)
    with pytest.raises(NotFound):
        await actions.withdraw(one, by=await eva(now), now=now)
    await actions.withdraw(one, by=by, now=now)
    await actions.withdraw(one, by=by, now=now)
    assert (await row(one)).state == "withdrawn"
    other = await proposed(it, "Alle Kosten sind zu ersetzen", by, now)
    await answered(it, "", {other: Answer(NOT_ACCEPTED, "Nein.")}, now)
    with pytest.raises(Outdated):
        await actions.withdraw(other, by=by, now=now)


async def test_a_remark_is_kept_once_settled_once_and_its_author_hears_the_words(
    db: str, now: datetime
):
    it = await readable(now)
    by = await maja(now)
    said = {"version": 1, "author": by.name, "language": "sl", "by": by, "now": now}
    number = await actions.remark(it.position.id, "k1", "Kaj pa planine?", **said)
    assert await actions.remark(it.position.id, "k1", "Kaj pa planine?", **said) == number
    with pytest.raises(Invalid):
        await actions.remark(it.position.id, "k1", " ", **said)
    await actions.settle(number, "Sie stehen in § 2.", by=await ana(now), now=now)
    with pytest.raises(Outdated):
        await actions.settle(number, "Noch einmal.", by=await ana(now), now=now)
    assert (await Remark.select(Remark.answer).first())["answer"] == "Sie stehen in § 2."
    assert await kinds() == [("remark_answered", "maja.vzorec@alpennetz.example", "waiting")]


async def test_the_draft_is_put_before_all_who_answered_and_taken_back(db: str, now: datetime):
    it = await readable(now)
    by = await ana(now)
    until = now + timedelta(days=5)
    event = await actions.show(it.position.id, until, by=by, now=now)
    assert sorted(await kinds()) == [
        ("member_check", f"office@{code}.example", "waiting")
        for code in ("at-01", "fr-01", "it-01", "si-07")
    ]
    assert await undo(event, by=by, now=now) == "/p/2026-014/proposals"
    assert {state for _, _, state in await kinds()} == {"stopped"}
    position = await Position.objects().where(Position.id == it.position.id).first()
    assert position.members_until is None
    later = now + timedelta(minutes=1)
    await actions.show(it.position.id, until, by=by, now=later)
    assert len(await kinds()) == 8
    await actions.close(it.position.id, by=by, now=later)
    with pytest.raises(NotAllowed):
        await actions.close(it.position.id, by=by, now=later)


async def test_the_check_ends_ahead_and_before_the_window_closes(db: str, now: datetime):
    it = await readable(now)
    by = await ana(now)
    for until in (now, now + timedelta(days=22)):
        with pytest.raises(Invalid) as wrong:
            await actions.show(it.position.id, until, by=by, now=now)
        assert list(wrong.value.fields) == ["until"]
    with pytest.raises(NotAllowed):
        await actions.show(it.position.id, now + timedelta(days=1), by=await maja(now), now=now)
    assert await kinds() == []
