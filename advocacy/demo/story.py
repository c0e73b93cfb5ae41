"""What has happened in the demo so far, told through the product's own actions.

Two matters: transit, answered, drafted, translated, waiting for the presidency; and herd
protection, called, a third of the answers in, a draft on the way. Both were opened from entries
that the demo's sources published.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from advocacy.approvals import actions as approvals
from advocacy.approvals.rules import Policy
from advocacy.calls import actions as calls
from advocacy.calls.call_forms import NewCall, NewQuestion, Words
from advocacy.calls.forms import Answer as TypedAnswer
from advocacy.calls.queries import link_of
from advocacy.calls.rules import Basis, QuestionKind, Stance
from advocacy.calls.tables import Call, Contribution, Invitation
from advocacy.demo import network
from advocacy.demo.answers import (
    CARNIVORE_ANSWERS,
    CARNIVORE_DRAFT,
    TRANSIT_ANSWERS,
    TRANSIT_POSITION,
    Answer,
    Position,
)
from advocacy.demo.matters import HERDS, TRANSIT, Matter
from advocacy.demo.sources import DEMO_SOURCES, WATCHED_PART
from advocacy.dossiers import actions as dossiers
from advocacy.dossiers import bodies
from advocacy.dossiers import queries as known_dossiers
from advocacy.dossiers.forms import NewDossier, NewWindow
from advocacy.dossiers.tables import Dossier
from advocacy.errors import NotFound
from advocacy.leases import PROCESS
from advocacy.municipalities.actions import import_rows
from advocacy.municipalities.forms import Member, NewContact
from advocacy.people.actions import add_person
from advocacy.people.forms import NewPerson
from advocacy.people.rules import Role
from advocacy.people.tables import Person
from advocacy.positions import actions as positions
from advocacy.positions.forms import Piece
from advocacy.positions.merging import Ask, Draft
from advocacy.positions.rules import Disposition, PassageStance
from advocacy.positions.tables import Position as StoredPosition
from advocacy.translations import actions as translations
from feeds import polling
from feeds.sources import add
from feeds.tables import Entry, Source

LOOPBACK = ("127.0.0.0/8",)
ZONE = "Europe/Brussels"
CITED = re.compile(r"@([A-Z]{2}-\d{2})\.(\d+)")


@dataclass(frozen=True, slots=True)
class OpenLetter:
    municipality: str
    address: str


async def is_empty() -> bool:
    return not await Person.exists()


async def tell(sources: str, *, now: datetime) -> None:
    """`sources` is the address of the demo's web, as http://127.0.0.1:8900."""
    await _people(now)
    ana = await _person("Ana Muster")
    await import_rows([_member(each) for each in network.MUNICIPALITIES], by=ana, now=now)
    await bodies.seed(now)
    await _listen(sources, now)
    await _transit(ana, now)
    await _herds(ana, now)


async def move_sources(sources: str, *, now: datetime) -> None:
    """The demo's web may stand on another port than last time."""
    for source in await Source.objects():
        path = source.address.split("/", 3)[3]
        moved = f"{sources}/{path}"
        if moved != source.address:
            await Source.update(
                {Source.address: moved, Source.next_due: now, Source.failures: 0}
            ).where(Source.id == source.id)


async def open_letter() -> OpenLetter | None:
    """Somebody who has not answered yet."""
    waiting = await (
        Invitation.objects(Invitation.municipality)
        .where(
            Invitation.call.state == "open",
            Invitation.state == "sent",
            Invitation.municipality.country == "SI",
        )
        .order_by(Invitation.id)
        .first()
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


async def _person(name: str) -> Person:
    found = await Person.objects().where(Person.name == name).first()
    if found is None:
        raise NotFound(f"Nobody is called {name}")
    return found


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


async def _open(matter: Matter, by: Person, now: datetime) -> Dossier:
    entry = await Entry.objects().where(Entry.title.like(f"%{matter.entry}%")).first()
    closes = _evening(now, matter.closes)
    window = NewWindow(
        closes=entry.next_deadline if entry and entry.next_deadline else closes,
        zone=ZONE,
        precision="exact",
        kind="feedback",
        opens=now + timedelta(days=matter.opened - 1),
        evidence=entry.title if entry else "",
    )
    new = NewDossier(
        title=matter.title,
        language="de",
        body="commission",
        procedure="have-your-say",
        procedure_number=await _procedure_number(matter, entry),
        topics=matter.topics,
        countries=matter.countries,
        lead=by.id,
        priority=1,
        window=window,
    )
    at = now + timedelta(days=matter.opened)
    return await dossiers.open_dossier(new, entry_id=entry.id if entry else None, by=by, now=at)


async def _procedure_number(matter: Matter, entry: Entry | None) -> str:
    found = re.search(r"\d{4}/" + re.escape(matter.number), entry.title if entry else "")
    return found[0] if found else ""


async def _ask(matter: Matter, dossier: Dossier, by: Person, now: datetime) -> Call:
    window = await known_dossiers.current_window(dossier.id)
    if window is None:
        raise NotFound("The dossier has no window")
    questions = (
        NewQuestion(1, QuestionKind.STANCE, required=True),
        NewQuestion(2, QuestionKind.TEXT),
    )
    words = {
        language: Words(
            text.title, text.why, text.summary, {1: text.stance_question, 2: text.text_question}
        )
        for language, text in matter.words.items()
        if language != "en"
    }
    at = now + timedelta(days=matter.called)
    call = await calls.draft_call(
        window.id,
        NewCall("de", _evening(now, matter.answers_until), ZONE, matter.audience, questions, words),
        by=by,
        now=at,
    )
    for language, name in (("de", "Eva Musterfrau"), ("fr", "Claire Exemple"),
                           ("it", "Giulia Esempio"), ("sl", "Maja Vzorec")):  # fmt: skip
        await calls.check_text(call.id, language, by=await _person(name), now=at)
    await calls.launch(call.id, by=by, now=at, hold=timedelta(0))
    await calls.open_held(at)
    return call


async def _answer(call: Call, answer: Answer, now: datetime) -> Contribution:
    member = next(each for each in network.MUNICIPALITIES if each.code == answer.municipality)
    invitation = await (
        Invitation.objects()
        .where(Invitation.call == call.id, Invitation.municipality.code == answer.municipality)
        .first()
    )
    if invitation is None:
        raise NotFound(f"{answer.municipality} was not asked")
    at = now - timedelta(days=answer.answered)
    decided: date | None = None
    if answer.decided is not None:
        decided = (now - timedelta(days=answer.decided)).date()
    typed = TypedAnswer(
        stance=Stance(answer.stance),
        language=member.language,
        answered_by=member.mayor,
        text=answer.text,
        basis=Basis(answer.basis),
        decided=decided,
    )
    return await calls.contribute(invitation.id, typed, now=at)


async def _answers(matter: Matter, call: Call, now: datetime) -> dict[str, int]:
    """The number of each contribution, by the municipality's code."""
    given = {}
    for answer in sorted(matter.answers, key=lambda each: -each.answered):
        given[answer.municipality] = (await _answer(call, answer, now)).id
    return given


async def _split(
    answers: Sequence[Answer], given: dict[str, int], by: Person, at: datetime
) -> dict[str, int]:
    """The row of each passage, by code and number as the draft cites it: SI-07.2"""
    found: dict[str, int] = {}
    for answer in answers:
        pieces = [Piece(p.text, p.tag, PassageStance(p.stance)) for p in answer.passages]
        if not pieces:
            continue
        made = await positions.split(given[answer.municipality], pieces, by=by, now=at)
        found |= {f"{answer.municipality}.{each.number}": each.id for each in made}
    return found


async def _write(
    dossier: Dossier, text: Position, given: dict[str, int], by: Person, at: datetime
) -> StoredPosition:
    def cited(paragraph: str) -> str:
        return CITED.sub(lambda mark: f"@{given[mark[1]]}.{mark[2]}", paragraph)

    position = await positions.start(
        dossier.id, language="de", title=text.title["de"], by=by, now=at
    )
    draft = Draft(
        text.title["de"],
        [("", cited(paragraph)) for paragraph in text.paragraphs["de"]],
        [Ask(number, "", ask) for number, ask in enumerate(text.asks["de"], 1)],
    )
    await positions.save(position.id, draft, base_version=position.version, by=by, now=at)
    return position


async def _transit(ana: Person, now: datetime) -> None:
    dossier = await _open(TRANSIT, ana, now)
    call = await _ask(TRANSIT, dossier, ana, now)
    given = await _answers(TRANSIT, call, now)
    await calls.close_over(now - timedelta(days=37))
    drafted = now - timedelta(days=30)
    passages = await _split(TRANSIT_ANSWERS, given, ana, drafted)
    position = await _write(dossier, TRANSIT_POSITION, given, ana, drafted)
    await _dispose(TRANSIT_POSITION, passages, ana, drafted)
    await _translate(position, given, now - timedelta(days=20))
    roberto = await _person("Roberto Modello")
    opened = now - timedelta(days=2)
    held = await approvals.open_round(
        position.id,
        policy=Policy.MAJORITY,
        quorum=2,
        ends=_evening(now, 4),
        by=ana,
        now=opened,
    )
    await approvals.vote(
        held.id, roberto, "approve", "", held.text_hash, now=opened + timedelta(hours=5)
    )


async def _dispose(text: Position, passages: dict[str, int], by: Person, at: datetime) -> None:
    """What is cited was taken up; for what is used nowhere somebody says why."""
    cited = {
        f"{mark[1]}.{mark[2]}" for part in text.paragraphs["de"] for mark in CITED.finditer(part)
    }
    used = [number for name, number in passages.items() if name in cited]
    unused = [number for name, number in passages.items() if name not in cited]
    await positions.dispose(used, Disposition.TAKEN_UP, by=by, now=at)
    if unused:
        reason = "Betrifft die Umsetzung im eigenen Land; an die Koordination weitergegeben."
        await positions.dispose(unused, Disposition.NOTED, reason, by=by, now=at)


async def _translate(position: StoredPosition, given: dict[str, int], at: datetime) -> None:
    from advocacy.translations.queries import aligned

    claire = await _person("Claire Exemple")
    text = TRANSIT_POSITION
    french = {"title": text.title["fr"]}
    french |= {f"ask-{number}": ask for number, ask in enumerate(text.asks["fr"], 1)}
    rows = [row for row in await aligned(position.id, "fr") if row.key not in french]
    for row, paragraph in zip(rows, text.paragraphs["fr"], strict=True):
        french[row.key] = CITED.sub(lambda mark: f"@{given[mark[1]]}.{mark[2]}", paragraph)
    await translations.save_all(position.id, "fr", french, by=claire, now=at)
    await translations.check(position.id, "fr", by=claire, now=at)


async def _herds(ana: Person, now: datetime) -> None:
    dossier = await _open(HERDS, ana, now)
    call = await _ask(HERDS, dossier, ana, now)
    given = await _answers(HERDS, call, now)
    drafted = now - timedelta(days=1)
    await _split(CARNIVORE_ANSWERS, given, ana, drafted)
    await _write(dossier, CARNIVORE_DRAFT, given, ana, drafted)


def _evening(now: datetime, days: int) -> datetime:
    """Six in the evening, Brussels winter time, so many days from today."""
    return (now + timedelta(days=days)).replace(hour=17, minute=0, second=0, microsecond=0)
