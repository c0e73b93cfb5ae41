"""Minutes become an answer, a project or news: once, with their source."""

import asyncio
from datetime import datetime, timedelta

import pytest

from advocacy.calls.queries import contributions_of
from advocacy.calls.rules import Basis
from advocacy.calls.tables import Call, Contribution, ContributionVersion, Invitation
from advocacy.dossiers import queries as dossiers
from advocacy.dossiers.tables import DossierEntry
from advocacy.errors import Invalid, NotAllowed, Outdated
from advocacy.events import actions
from advocacy.events.forms import PointForm
from advocacy.events.rules import WhyNot
from advocacy.events.saying.chances import chances
from advocacy.events.saying.minutes import minutes_of, one
from advocacy.events.saying.typed import NewMinute
from advocacy.events.tables import Gathering, Minute
from advocacy.mail.tables import Letter
from advocacy.positions.forms import Piece
from advocacy.positions.passages.splitting import split
from advocacy.positions.rules import PassageStance
from advocacy.projects.tables import Project, ProjectText, TakesPart
from advocacy.triage.tables import Triage
from advocacy.undoing.actions import undo
from feeds.tables import Entry, Source
from tests.advocacy.calls.story import UNTIL, answer, invitation, opened
from tests.advocacy.events.matters import published
from tests.characters import ana, luca
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio

SAID = "Ograje na strmini stanejo tri dni dela."


async def held(now: datetime, *, dossier: str = "2026-014") -> Gathering:
    """A gathering with one point, on the dossier of the call."""
    gathering = await published(now)
    point = PointForm({"de": "Zäune", "sl": "Ograje"}, dossier=dossier)
    await actions.programme.add(gathering.id, point, by=await ana(now), now=now)
    return gathering


async def written(gathering: Gathering, now: datetime, **other: object) -> int:
    """The number of the new line."""
    facts = {
        "text": SAID, "language": "sl", "point": 1, "said_by": "Janez Primer", "code": "SI-07",
        "stance": "partly",
    } | other  # fmt: skip
    await actions.minutes.write(gathering.id, NewMinute(**facts), by=await ana(now), now=now)
    return (await minutes_of(gathering.id))[-1].number


async def test_a_line_becomes_the_answer_of_the_municipality_and_then_passages(
    db: str, now: datetime
):
    call = await opened(now)
    gathering = await held(now)
    number = await written(gathering, now)
    by = await ana(now)
    made = await actions.becoming.become_answer(
        gathering.id, number, basis=Basis.MAYOR, by=by, now=now
    )
    [row] = await contributions_of((await dossiers.by_number("2026-014")).id)
    assert (row["id"], row["text"], row["stance"], row["code"]) == (made, SAID, "partly", "SI-07")
    version = await ContributionVersion.objects().first()
    assert (version.channel, version.person, version.answered_by) == (
        "workshop", by.id, "Janez Primer",
    )  # fmt: skip
    receipt = await Letter.objects().where(Letter.kind == "receipt").first()
    assert SAID in receipt.text
    [passage] = await split(made, [Piece(SAID, "costs", PassageStance.SUPPORTS)], by=by, now=now)
    assert passage.text == SAID
    line = await one(gathering.id, number)
    assert (line.became, line.contribution) == ("contribution", made)
    assert (await Call.count(), call.number) == (1, "2026-014-1")


async def test_words_stand_behind_an_answer_that_was_given_before(db: str, now: datetime):
    await opened(now)
    from advocacy.calls import actions as calls

    await calls.contribute((await invitation("SI-07")).id, answer(), now=now)
    gathering = await held(now)
    number = await written(gathering, now, stance="no")
    await actions.becoming.become_answer(
        gathering.id, number, basis=Basis.OFFICE, by=await ana(now), now=now
    )
    versions = await ContributionVersion.objects().order_by(ContributionVersion.number)
    assert [each.text for each in versions] == ["Imamo 14 planin.", f"Imamo 14 planin.\n\n{SAID}"]
    assert versions[1].stance == "partly"
    assert await Contribution.count() == 1


async def test_two_who_press_at_once_make_one_of_it(db: str, now: datetime):
    await opened(now)
    gathering = await held(now)
    number = await written(gathering, now)
    ana_, luca_ = await ana(now), await luca(now)
    done = await asyncio.gather(
        actions.becoming.become_answer(gathering.id, number, basis=Basis.MAYOR, by=ana_, now=now),
        actions.becoming.become_news(gathering.id, number, by=luca_, now=now),
        return_exceptions=True,
    )
    assert sum(isinstance(each, Outdated) for each in done) == 1
    assert await Contribution.count() + await Entry.count() == 1


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"point": 0}, WhyNot.NO_DOSSIER),
        ({"code": ""}, WhyNot.NO_MUNICIPALITY),
        ({"stance": ""}, WhyNot.NO_STANCE),
    ],
)
async def test_what_is_missing_for_an_answer_is_said(
    db: str, now: datetime, other: dict[str, object], reason: WhyNot
):
    await opened(now)
    gathering = await held(now)
    number = await written(gathering, now, **other)
    found = await chances(await minutes_of(gathering.id), now=now)
    assert list(found.values()) == [reason]
    with pytest.raises(NotAllowed):
        await actions.becoming.become_answer(
            gathering.id, number, basis=Basis.MAYOR, by=await ana(now), now=now
        )
    assert (await one(gathering.id, number)).became == ""


async def test_who_was_not_asked_or_has_answered_in_time_keeps_the_answer(db: str, now: datetime):
    await opened(now)
    gathering = await held(now)
    await written(gathering, now)
    await Invitation.delete().where(Invitation.municipality.code == "SI-07")
    assert list((await chances(await minutes_of(gathering.id), now=now)).values()) == [
        WhyNot.NOT_ASKED
    ]


async def test_after_the_deadline_a_first_answer_is_late_and_a_given_one_stands(
    db: str, now: datetime
):
    await opened(now)
    gathering = await held(now)
    await written(gathering, now)
    late = UNTIL + timedelta(hours=1)
    [chance] = (await chances(await minutes_of(gathering.id), now=late)).values()
    assert isinstance(chance, int)
    from advocacy.calls import actions as calls

    await calls.contribute((await invitation("SI-07")).id, answer(), now=now)
    [chance] = (await chances(await minutes_of(gathering.id), now=late)).values()
    assert chance == WhyNot.OVER


async def test_as_many_queries_for_many_lines_as_for_one(db: str, now: datetime):
    await opened(now)
    gathering = await held(now)
    await written(gathering, now)
    with counted() as single:
        await chances(await minutes_of(gathering.id), now=now)
    for code in ("AT-01", "IT-01", "FR-01"):
        await written(gathering, now, code=code)
    with counted() as several:
        await chances(await minutes_of(gathering.id), now=now)
    assert len(single) == len(several)


async def test_news_is_an_entry_of_the_networks_own_source_beside_the_dossier(
    db: str, now: datetime
):
    await opened(now)
    gathering = await held(now)
    number = await written(gathering, now)
    made = await actions.becoming.become_news(gathering.id, number, by=await ana(now), now=now)
    entry = await Entry.objects(Entry.source).where(Entry.id == made).first()
    assert entry.title == "Varovanje čred poleti, 13. dec. 2026: Ograje"
    assert (entry.text, entry.html) == (SAID, f"<p>{SAID}</p>")
    assert entry.address.endswith(f"/sl/events/{gathering.id}#minute-{number}")
    assert (entry.source.kind, entry.source.state) == ("network", "paused")
    [beside] = await DossierEntry.select(DossierEntry.dossier, DossierEntry.entry)
    dossier = await dossiers.by_number("2026-014")
    assert beside == {"dossier": dossier.id, "entry": made}
    assert (await Triage.objects().first()).decision == "attached"


async def test_news_of_no_dossier_lies_in_the_inbox_and_the_source_is_made_once(
    db: str, now: datetime
):
    await opened(now)
    gathering = await held(now)
    numbers = [await written(gathering, now, point=0, text=text) for text in ("<b>A", "B")]
    by = await ana(now)
    await asyncio.gather(
        *(actions.becoming.become_news(gathering.id, each, by=by, now=now) for each in numbers)
    )
    assert (await Source.count(), await Entry.count(), await Triage.count()) == (1, 2, 0)
    first = await Entry.objects().where(Entry.text == "<b>A").first()
    assert first.html == "<p>&lt;b&gt;A</p>"


async def test_nobody_visits_the_networks_own_source(db: str, now: datetime):
    from feeds import polling

    await opened(now)
    gathering = await held(now)
    number = await written(gathering, now)
    await actions.becoming.become_news(gathering.id, number, by=await ana(now), now=now)
    later = now + timedelta(days=2)
    await polling.poll_due(now=later, owner="test", limit=10)
    assert (await Source.objects().first()).last_polled is None


async def test_a_project_begins_with_what_was_said_and_who_said_it(db: str, now: datetime):
    await opened(now)
    gathering = await held(now)
    number = await written(gathering, now)
    made = await actions.becoming.become_project(gathering.id, number, by=await ana(now), now=now)
    project = await Project.objects(Project.led_by).where(Project.id == made).first()
    text = await ProjectText.objects().where(ProjectText.project == made).first()
    assert (project.led_by.code, project.topics) == ("SI-07", "farming,carnivores")
    assert (text.language, text.summary) == ("sl", SAID)
    assert await TakesPart.count().where(TakesPart.project == made) == 1
    assert (await one(gathering.id, number)).project == made


async def test_what_has_become_something_is_neither_changed_nor_taken_out(db: str, now: datetime):
    await opened(now)
    gathering = await held(now)
    number = await written(gathering, now)
    by = await ana(now)
    await actions.becoming.become_news(gathering.id, number, by=by, now=now)
    base = (await one(gathering.id, number)).fingerprint()
    new = NewMinute("Anders", "de")
    with pytest.raises(Outdated):
        await actions.minutes.change(gathering.id, number, new, base=base, by=by, now=now)
    with pytest.raises(Outdated):
        await actions.minutes.remove(gathering.id, number, by=by, now=now)


async def test_minutes_are_changed_by_one_at_a_time_and_come_back(db: str, now: datetime):
    await opened(now)
    gathering = await held(now)
    number = await written(gathering, now)
    by = await ana(now)
    base = (await one(gathering.id, number)).fingerprint()
    await actions.minutes.change(
        gathering.id, number, NewMinute("Eins", "de"), base=base, by=by, now=now
    )
    with pytest.raises(Outdated) as error:
        await actions.minutes.change(
            gathering.id, number, NewMinute("Zwei", "de"), base=base, by=by, now=now
        )
    assert (error.value.theirs, error.value.mine) == ("Eins", "Zwei")
    event = await actions.minutes.remove(gathering.id, number, by=by, now=now)
    assert await Minute.count() == 0
    await undo(event, by=by, now=now)
    assert (await one(gathering.id, number)).text == "Eins"


async def test_a_municipality_that_there_is_not_is_named(db: str, now: datetime):
    await opened(now)
    gathering = await held(now)
    with pytest.raises(Invalid):
        await written(gathering, now, code="SI-99")


async def test_a_failing_answer_leaves_the_line_free(
    db: str, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    await opened(now)
    gathering = await held(now)
    number = await written(gathering, now)

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no receipt")

    monkeypatch.setattr("advocacy.calls.answering.contributing.receipt", broken)
    with pytest.raises(RuntimeError):
        await actions.becoming.become_answer(
            gathering.id, number, basis=Basis.MAYOR, by=await ana(now), now=now
        )
    assert (await one(gathering.id, number)).became == ""
    assert await Contribution.count() == 0
