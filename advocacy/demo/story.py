"""What has happened in the demo so far, told through the product's own actions.

Three matters: protective forests, submitted and decided; transit, answered, drafted, translated,
waiting for the presidency; and herd protection, called, a third of the answers in, a draft on the
way. The last two were opened from entries that the demo's sources published.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from advocacy import database
from advocacy.approvals import actions as approvals
from advocacy.approvals.rules import Policy
from advocacy.bodies import known
from advocacy.calls import actions as calls
from advocacy.calls.queries import link_of
from advocacy.calls.tables import Invitation
from advocacy.demo import advice, called, events, finished, network, planning, projects, steps
from advocacy.demo.answers import (
    CARNIVORE_ANSWERS,
    CARNIVORE_DRAFT,
    TRANSIT_ANSWERS,
    TRANSIT_POSITION,
)
from advocacy.demo.matters import HERDS, TRANSIT
from advocacy.demo.sources import DEMO_SOURCES, WATCHED_PART
from advocacy.dossiers.tables import Dossier
from advocacy.leases import PROCESS
from advocacy.municipalities.actions import import_rows
from advocacy.municipalities.forms import Member, NewContact
from advocacy.people.actions import add_person
from advocacy.people.forms import NewPerson
from advocacy.people.rules import Role
from advocacy.people.tables import Person
from feeds import polling
from feeds.sources import add
from feeds.tables import Source

LOOPBACK = ("127.0.0.0/8",)


@dataclass(frozen=True, slots=True)
class OpenLetter:
    municipality: str
    address: str


async def is_empty() -> bool:
    return not await Person.exists()


async def tell(sources: str, *, now: datetime) -> None:
    """`sources` is the address of the demo's web, as http://127.0.0.1:8900."""
    await _people(now)
    ana = await steps.person("Ana Muster")
    await import_rows([_member(each) for each in network.MUNICIPALITIES], by=ana, now=now)
    await known.seed(now)
    await _listen(sources, now)
    await finished.tell(ana, now)
    transit = await _transit(ana, now)
    herds = await _herds(ana, now)
    await planning.tell(herds, transit, ana, now)
    await projects.tell(herds, now)
    await advice.tell(herds, now)
    await events.tell(herds, transit, ana, now)


async def move_sources(sources: str, *, now: datetime) -> None:
    """The demo's web may stand on another port than last time."""
    for source in await Source.objects().where(Source.kind != "network"):
        path = source.address.split("/", 3)[3]
        moved = f"{sources}/{path}"
        if moved != source.address:
            await Source.update(
                {Source.address: moved, Source.next_due: now, Source.failures: 0}
            ).where(Source.id == source.id)


async def open_letter() -> OpenLetter | None:
    """Somebody who has not answered yet."""
    waiting = await database.with_referred(
        Invitation.objects()
        .where(
            Invitation.call.state == "open",
            Invitation.state == "sent",
            Invitation.municipality.country == "SI",
        )
        .order_by(Invitation.id)
        .first(),
        Invitation.municipality,
    )
    if waiting is None:
        return None
    return OpenLetter(waiting.municipality.name, link_of(waiting.id))


async def _people(now: datetime) -> None:
    for each in network.PEOPLE:
        new = NewPerson(
            each.name, each.email, Role(each.role), each.languages[0], each.countries, each.phone
        )
        await add_person(new, by=None, now=now - timedelta(days=90))


def _member(each: network.Municipality) -> Member:
    return Member(
        code=each.code,
        name=each.name,
        country=each.country,
        language=each.language,
        nuts=each.nuts3,
        region=each.region,
        map_region=each.map_region,
        latitude=each.latitude,
        longitude=each.longitude,
        population=each.population,
        topics=each.topics,
        contact=NewContact(each.mayor, each.email, phone=each.phone, language=each.language),
    )


async def _listen(sources: str, now: datetime) -> None:
    for each in DEMO_SOURCES:
        source = await add(
            f"{sources}{each.path}",
            now=now,
            kind=each.kind,
            name=each.name,
            language=each.language,
            countries=each.countries,
            selector=WATCHED_PART if each.kind == "page" else None,
            private_networks=LOOPBACK,
        )
        await polling.poll(source.id, now=now, owner=PROCESS, private_networks=LOOPBACK, pause=0)


async def _transit(ana: Person, now: datetime) -> Dossier:
    dossier = await steps.open_matter(TRANSIT, ana, now)
    call = await steps.ask(TRANSIT, dossier, ana, now)
    given = await steps.answers(TRANSIT, call, now)
    await calls.close_over(now - timedelta(days=37))
    drafted = now - timedelta(days=30)
    passages = await steps.split(TRANSIT_ANSWERS, given, ana, drafted)
    position = await steps.write(dossier, TRANSIT_POSITION, given, ana, drafted)
    await steps.dispose(TRANSIT_POSITION, passages, ana, drafted)
    await steps.translate(position, TRANSIT_POSITION, given, now - timedelta(days=20))
    roberto = await steps.person("Roberto Modello")
    opened = now - timedelta(days=2)
    held = await approvals.open_round(
        position.id,
        policy=Policy.MAJORITY,
        quorum=2,
        ends=steps.evening(now, 4),
        by=ana,
        now=opened,
    )
    await approvals.vote(
        held.id, roberto, "approve", "", held.text_hash, now=opened + timedelta(hours=5)
    )
    return dossier


async def _herds(ana: Person, now: datetime) -> Dossier:
    dossier = await steps.open_matter(HERDS, ana, now)
    call = await steps.ask(HERDS, dossier, ana, now)
    given = await steps.answers(HERDS, call, now)
    drafted = now - timedelta(days=1)
    await steps.split(CARNIVORE_ANSWERS, given, ana, drafted)
    await steps.write(dossier, CARNIVORE_DRAFT, given, ana, drafted)
    await called.tell(dossier, call, ana, now)
    return dossier
