"""Does the mail arrive? What waits, what failed, what came back, and another try."""

from datetime import datetime, timedelta

import pytest

from advocacy.errors import NotFound, Outdated
from advocacy.history.tables import Event
from advocacy.mail.actions import deliver
from advocacy.mail.rules import LetterState
from advocacy.mail.smtp import carrier_for
from advocacy.mail.tables import Letter
from advocacy.overview import mail_health
from advocacy.overview.labels import LETTERS
from advocacy.overview.mail_health import KindOfLetter, in_trouble, try_again
from advocacy.settings import ROOT, settings
from tests.browsing import browser
from tests.characters import ana, luca, maja
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio
REASON = "550 5.1.1 No such user"


async def _letter(
    key: str, state: LetterState, now: datetime, *, kind: str = "call", **more: object
) -> Letter:
    facts: dict[str, object] = {
        "key": key, "kind": kind, "recipient": f"{key}@vzorcna-vas.example", "language": "sl",
        "subject": "Skrivnost", "text": "Skrivno besedilo", "html": "<p>Skrivno</p>",
        "state": state, "due": now, "created": now,
    }  # fmt: skip
    made = Letter(**facts | more)
    await made.save()
    return made


async def test_the_figures_tell_kinds_and_times_apart(db: str, now: datetime) -> None:
    earlier, long_ago = now - timedelta(hours=1), now - timedelta(days=40)
    await _letter("a", LetterState.WAITING, now, due=earlier)
    await _letter("b", LetterState.WAITING, now, due=now + timedelta(hours=1), kind="reminder")
    await _letter("c", LetterState.FAILED, now)
    await _letter("d", LetterState.BOUNCED, now)
    await _letter("e", LetterState.FAILED, long_ago)
    await _letter("f", LetterState.SENT, now, sent=earlier)
    await _letter("g", LetterState.STOPPED, now)
    found = await mail_health.mail_health(now=now)
    assert found.kinds == (KindOfLetter("call", 1, 1, 1), KindOfLetter("reminder", 1, 0, 0))
    assert (found.waiting, found.failed, found.bounced) == (2, 1, 1)
    assert (found.oldest_due, found.last_sent, found.is_late) == (earlier, earlier, True)


async def test_a_letter_that_is_just_due_is_not_late(db: str, now: datetime) -> None:
    await _letter("a", LetterState.WAITING, now, due=now - timedelta(minutes=5))
    assert not (await mail_health.mail_health(now=now)).is_late


async def test_an_empty_outbox_is_in_order(db: str, now: datetime) -> None:
    found = await mail_health.mail_health(now=now)
    assert found == mail_health.MailHealth((), None, None, is_late=False)
    assert await in_trouble() == ([], None)


async def test_a_letter_that_failed_is_tried_again_and_leaves(db: str, now: datetime) -> None:
    failed = await _letter("a", LetterState.FAILED, now, tries=8, error=REASON)
    recipient = await try_again(failed.id, by=await ana(now), now=now)
    assert recipient == "a@vzorcna-vas.example"
    row = await Letter.objects().get(Letter.id == failed.id)
    assert row is not None
    assert (row.state, row.tries, row.due) == (LetterState.WAITING, 0, now)
    event = await Event.objects().order_by(Event.id, ascending=False).first()
    assert event is not None
    assert (event.action, event.kind, event.object) == ("letter tried again", "letter", failed.id)
    assert await deliver(carrier_for(settings()), now=now) == 1


@pytest.mark.parametrize(
    "state", [state for state in LetterState if state is not LetterState.FAILED]
)
async def test_only_what_failed_can_be_tried_again(
    state: LetterState, db: str, now: datetime
) -> None:
    other = await _letter("a", state, now)
    with pytest.raises(Outdated):
        await try_again(other.id, by=await ana(now), now=now)
    row = await Letter.objects().get(Letter.id == other.id)
    assert row is not None
    assert row.state == state


async def test_two_who_try_again_send_one_letter(db: str, now: datetime) -> None:
    failed = await _letter("a", LetterState.FAILED, now)
    await try_again(failed.id, by=await ana(now), now=now)
    with pytest.raises(Outdated):
        await try_again(failed.id, by=await luca(now), now=now)


@pytest.mark.parametrize("number", [0, -1, 999_999, 2**40])
async def test_a_letter_that_is_not_there(number: int, db: str, now: datetime) -> None:
    with pytest.raises(NotFound):
        await try_again(number, by=await ana(now), now=now)


async def test_the_page_shows_reasons_and_never_a_text(db: str, now: datetime) -> None:
    failed = await _letter("a", LetterState.FAILED, now, error=REASON)
    await _letter("b", LetterState.BOUNCED, now, error="mailbox full", kind="unheard-of")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/mail")
        assert page.status_code == 200
        assert "2 letters have not arrived in the last 30 days." in page.text
        for piece in (REASON, "mailbox full", "Question of a call", "unheard-of"):
            assert piece in page.text
        for secret in ("Skrivnost", "Skrivno"):
            assert secret not in page.text
        assert page.text.count('action="/en/mail/') == 1
        page = await web.post(f"/en/mail/{failed.id}/again")
        assert "The letter to a@vzorcna-vas.example is tried again." in page.text
        for number, status in ((failed.id, 409), (99999999999999, 404)):
            await web.get("/en/sources")  # a page with a form: its key goes along
            assert (await web.post(f"/en/mail/{number}/again")).status_code == status


async def test_only_the_secretariat_sees_the_mail(db: str, now: datetime) -> None:
    await _letter("a", LetterState.FAILED, now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        assert (await web.get("/en/mail")).status_code == 404
        await web.get("/en/me")
        assert (await web.post("/en/mail/1/again")).status_code == 404


async def test_many_letters_come_page_by_page_with_as_many_queries(db: str, now: datetime) -> None:
    asked = []
    for number in range(mail_health.PAGE + 3):
        await _letter(f"l{number:02}", LetterState.FAILED, now)
        with counted() as statements:
            first, further = await in_trouble()
        asked.append(len(statements))
    rest, end = await in_trouble(before=further)
    assert [row["recipient"][:3] for row in [*first, *rest]] == [
        f"l{number:02}" for number in reversed(range(mail_health.PAGE + 3))
    ]
    assert (len(rest), end, set(asked)) == (3, None, {1})
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for query in ("?before=garbage", "?before=99999999999", "?before=-1", "?before=1"):
            assert (await web.get(f"/en/mail{query}")).status_code == 200
        assert "There are no older ones." in (await web.get("/en/mail?before=1")).text
        assert f"?before={further}" in (await web.get("/en/mail")).text


def test_every_letter_that_is_written_has_a_label() -> None:
    templates = {path.stem for path in (ROOT / "templates" / "mail").glob("*.txt")} - {"dates"}
    assert templates == set(LETTERS)
