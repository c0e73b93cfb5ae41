"""One of each kind of news, told in two languages."""

from datetime import datetime, timedelta

from advocacy.advice.tables import GoodAnswer, GoodAnswerText
from advocacy.events.tables import Gathering, GatheringText
from advocacy.news import actions
from advocacy.news.forms import Noted
from advocacy.projects.tables import Project, ProjectText, TakesPart
from feeds.tables import Entry
from tests.advocacy.positions.matters import dossier
from tests.advocacy.triage.sample import entry
from tests.characters import ana, vzorcna_vas


async def noted(
    now: datetime, title: str = "Wolf count published", *, topics: tuple[str, ...] = (),
    countries: tuple[str, ...] = (), **sentences: str,
) -> int:  # fmt: skip
    known = await Entry.select(Entry.id).where(Entry.title == title).first()
    number = known["id"] if known else await entry(title, now=now)
    said = sentences or {"de": "Die Zahlen gelten für das nächste Jahr."}
    await actions.note(number, Noted(said, topics, countries), by=await ana(now), now=now)
    return number


async def gathering(now: datetime, *, state: str = "published", days: int = 20) -> Gathering:
    made = Gathering(
        kind="workshop", state=state, language="de", begins=now + timedelta(days=days),
        ends=now + timedelta(days=days, hours=3), zone="Europe/Vienna", place="Musterdorf",
        country="AT", topics="farming", person=(await ana(now)).id, published=now, created=now,
        changed=now,
    )  # fmt: skip
    await made.save()
    for language, title in (("de", "Werkstatt Herden"), ("sl", "Delavnica o čredah")):
        await GatheringText(
            gathering=made.id, language=language, title=title, summary="Ein Tag auf der Alm."
        ).save()
    return made


async def project(now: datetime) -> Project:
    made = Project(state="running", language="de", topics="carnivores", created=now, changed=now)
    await made.save()
    await ProjectText(project=made.id, language="de", title="Hirten", summary="Neun Almen.").save()
    await TakesPart(project=made.id, municipality=(await vzorcna_vas(now)).id).save()
    return made


async def answer(now: datetime) -> GoodAnswer:
    made = GoodAnswer(
        dossier=(await dossier(now)).id, topics="farming", language="de", state="published",
        person=(await ana(now)).id, created=now, published=now,
    )  # fmt: skip
    await made.save()
    await GoodAnswerText(
        good_answer=made.id, language="de", question="Wer zahlt?", answer="Das Land.", at=now
    ).save()
    return made


async def one_of_each(now: datetime) -> None:
    await noted(now, topics=("carnivores",), countries=("SI",))
    await gathering(now)
    await project(now)
    await answer(now)
