"""A dossier that has been asked about, and what the standing municipalities answered."""

import json
from datetime import datetime, timedelta

from advocacy.calls.tables import Call, Contribution, ContributionVersion, Invitation
from advocacy.dossiers.tables import Dossier, Window
from advocacy.municipalities.tables import Municipality
from advocacy.positions import actions
from advocacy.positions.forms import Piece
from advocacy.positions.rules import PassageStance
from advocacy.positions.tables import Position
from advocacy.positions.writing.merging import Ask, Draft
from tests.characters import ana, musterdorf, valdesempio, villexemple, vzorcna_vas

NUMBER = "2026-014"
SUPPORTS, CONTRADICTS = PassageStance.SUPPORTS, PassageStance.CONTRADICTS


async def dossier(now: datetime, number: str = NUMBER, station: str = "call") -> Dossier:
    made = Dossier(
        number=number,
        title="Großraubtiere",
        language="de",
        countries="AT,FR,IT,SI",
        station=station,
        opened=now,
        changed=now,
    )
    await made.save()
    return made


async def call(about: Dossier, now: datetime) -> Call:
    window = Window(
        dossier=about.id, closes=now + timedelta(days=21), zone="Europe/Brussels", changed=now
    )
    await window.save()
    person = await ana(now)
    made = Call(
        window=window.id,
        number=f"{about.number}-1",
        state="open",
        language="de",
        answers_until=now + timedelta(days=10),
        zone="Europe/Vienna",
        person=person.id,
        created=now,
    )
    await made.save()
    return made


async def answer(
    to: Call, from_: Municipality, text: str, now: datetime, *, stance: str = "yes", **more: object
) -> Contribution:
    invitation = Invitation(
        call=to.id, municipality=from_.id, language=from_.language, state="answered"
    )
    await invitation.save()
    made = Contribution(invitation=invitation.id, state="given", received=now, changed=now, **more)
    await made.save()
    await _version(made.id, 1, stance, text, language=from_.language, now=now)
    return made


async def answer_anew(contribution: Contribution, text: str, language: str, now: datetime) -> None:
    await Contribution.update({Contribution.version: 2}).where(Contribution.id == contribution.id)
    await _version(contribution.id, 2, "no", text, language=language, now=now)


async def _version(
    contribution: int, number: int, stance: str, text: str, *, language: str, now: datetime
) -> None:
    await ContributionVersion(
        contribution=contribution,
        number=number,
        stance=stance,
        text=text,
        answers=json.dumps({"1": stance}),
        language=language,
        basis="mayor",
        answered_by="Janez Primer",
        at=now,
    ).save()


async def withdraw(contribution: Contribution) -> None:
    await Contribution.update({Contribution.state: "withdrawn"}).where(
        Contribution.id == contribution.id
    )


class Matter:
    """The dossier 2026-014 with four answers, split, and its position."""

    dossier: Dossier
    position: Position
    marks: dict[str, str]
    answers: dict[str, Contribution]


async def matter(now: datetime) -> Matter:
    """Vzorčna vas, Valdesempio and Villexemple support, Musterdorf contradicts."""
    it = Matter()
    it.dossier = await dossier(now)
    asked = await call(it.dossier, now)
    by = await ana(now)
    it.answers, it.marks = {}, {}
    for municipality, text, stance, public in (
        (await vzorcna_vas(now), "Imamo 14 planin nad 1.600 metri.", SUPPORTS, True),
        (await valdesempio(now), "Il costo supera il 3 % del bilancio.", SUPPORTS, False),
        (await villexemple(now), "Le coût est trop élevé pour nous.", SUPPORTS, True),
        (await musterdorf(now), "Teilfinanzierung genügt.", CONTRADICTS, True),
    ):
        code = municipality.code
        it.answers[code] = await answer(asked, municipality, text, now, name_public=public)
        await actions.split(it.answers[code].id, [Piece(text, "costs", stance)], by=by, now=now)
        it.marks[code] = f"@{it.answers[code].id}.1"
    it.position = await actions.start(
        it.dossier.id, language="de", title="Großraubtiere", by=by, now=now
    )
    return it


def text(it: Matter) -> Draft:
    """Two paragraphs: one that all four stand behind or against, one of the secretariat's own."""
    return Draft(
        "Großraubtiere",
        [
            ("k1", f"Die Kosten sind zu ersetzen [{' '.join(it.marks.values())}]."),
            ("k2", "Die Regel wird nach drei Jahren geprüft [@own]."),
        ],
        [Ask(0, "k1", "Voller Ersatz der Kosten")],
    )


async def written(now: datetime) -> Matter:
    it = await matter(now)
    await actions.save(it.position.id, text(it), base_version=0, by=await ana(now), now=now)
    return it


async def adopt(it: Matter, now: datetime, state: str = "adopted") -> None:
    await Position.update({Position.state: state, Position.adopted: now}).where(
        Position.id == it.position.id
    )
