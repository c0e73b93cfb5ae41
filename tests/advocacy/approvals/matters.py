"""A position that is ready for a round, with the presidency of three."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from advocacy.approvals.actions import open_round
from advocacy.approvals.rules import Policy
from advocacy.approvals.tables import Ballot, Round
from advocacy.calls.tables import Contribution
from advocacy.dossiers.tables import Dossier, Window
from advocacy.people.tables import Person
from advocacy.positions import actions, queries
from advocacy.positions.forms import Piece
from advocacy.positions.rules import PassageStance
from advocacy.positions.tables import Position, PositionVersion
from advocacy.positions.writing.merging import Ask, Draft
from advocacy.translations import actions as translations
from tests.advocacy.positions import matters
from tests.characters import ana, musterdorf, presidency, valdesempio, villexemple, vzorcna_vas

NUMBER = matters.NUMBER
COSTS = "Stroške zaščite je treba pokriti v celoti."


@dataclass
class Matter:
    dossier: Dossier
    window: Window
    position: Position
    answers: list[Contribution]
    members: list[Person]


async def ready(now: datetime, *, binding: str = "") -> Matter:
    """Three paragraphs: one rests on two municipalities, one on one that differs, one is own."""
    about = await matters.dossier(now)
    to = await matters.call(about, now)
    by = await ana(now)
    slovene = await matters.answer(to, await vzorcna_vas(now), COSTS, now)
    german = await matters.answer(
        to, await musterdorf(now), "Die Teilfinanzierung genügt.", now, stance="no"
    )
    italian = await matters.answer(
        to, await valdesempio(now), "Il costo supera il 3 % del bilancio.", now, name_public=False
    )
    await matters.answer(to, await villexemple(now), "", now)
    for answer, words, stance in (
        (slovene, COSTS, PassageStance.SUPPORTS),
        (german, "Die Teilfinanzierung genügt.", PassageStance.CONTRADICTS),
        (italian, "Il costo supera il 3 % del bilancio.", PassageStance.SUPPORTS),
    ):
        await actions.split(answer.id, [Piece(words, "", stance)], by=by, now=now)
    position = await actions.start(about.id, language="de", title="Großraubtiere", by=by, now=now)
    draft = Draft(
        "Großraubtiere",
        [
            ("k1", "Die Gemeinden leben mit den Großraubtieren. [@own]"),
            ("k2", f"Die Kosten sind voll zu tragen. [@{slovene.id}.1 @{italian.id}.1]"),
            ("k3", f"Eine Überprüfung wird verlangt. [@{german.id}.1]"),
        ],
        [Ask(1, "k2", "Volle Kostendeckung"), Ask(2, "k3", "Überprüfung nach drei Jahren")],
    )
    await actions.save(position.id, draft, base_version=0, by=by, now=now)
    if binding:
        await actions.bind(position.id, binding.split(","), by=by, now=now)
    window = await Window.objects().where(Window.dossier == about.id).first()
    assert window
    position = await queries.by_number(NUMBER)
    answers = [slovene, german, italian]
    return Matter(about, window, position, answers, await presidency(now))


async def edited(
    matter: Matter, now: datetime, words: str = "Neu gefasst. [@own]"
) -> PositionVersion:
    """The secretariat saves a new text of the first paragraph."""
    current = await queries.version(matter.position.id)
    draft = queries.draft_of(current)
    paragraphs = [("k1", words), *draft.paragraphs[1:]]
    changed = Draft(draft.title, paragraphs, draft.asks)
    return await actions.save(
        matter.position.id, changed, base_version=current.number, by=await ana(now), now=now
    )


async def opened(
    matter: Matter,
    now: datetime,
    *,
    policy: Policy = Policy.MAJORITY,
    quorum: int = 2,
    lasting: timedelta = timedelta(days=3),
    **more: object,
) -> Round:
    return await open_round(
        matter.position.id,
        policy=policy,
        quorum=quorum,
        ends=now + lasting,
        by=await ana(now),
        now=now,
        **more,
    )


async def ballot(held: Round, person: Person) -> Ballot:
    found = (
        await Ballot.objects().where(Ballot.round == held.id, Ballot.person == person.id).first()
    )
    assert found
    return found


async def translated(matter: Matter, language: str, now: datetime) -> None:
    """Every part of the current text, checked."""
    by = await ana(now)
    version = await queries.version(matter.position.id)
    parts = [
        ("title", "Titre"),
        *((key, f"Texte {key}.") for key, _ in queries.paragraphs_of(version)),
        *((f"ask-{ask.number}", f"Demande {ask.number}") for ask in queries.asks_of(version)),
    ]
    for key, words in parts:
        await translations.save(matter.position.id, language, key, words, by=by, now=now)
        await translations.check(matter.position.id, language, [key], by=by, now=now)
