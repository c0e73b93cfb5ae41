"""A dossier with a window, a call in four languages, four municipalities: ready to be sent."""

from datetime import UTC, datetime, timedelta

from advocacy.calls import actions
from advocacy.calls.answering.forms import Answer, NewCall, NewQuestion, Words
from advocacy.calls.asking.audience import Audience
from advocacy.calls.queries import token_of
from advocacy.calls.rules import QuestionKind, Stance
from advocacy.calls.tables import Call, Invitation
from advocacy.dossiers.tables import Dossier, Window
from advocacy.municipalities.tables import Municipality
from tests.characters import (
    ana,
    claire,
    eva,
    giulia,
    maja,
    musterdorf,
    valdesempio,
    villexemple,
    vzorcna_vas,
)

UNTIL = datetime(2026, 12, 4, 17, tzinfo=UTC)  # 18:00 in Brussels
CLOSES = datetime(2026, 12, 14, 22, 59, 59, tzinfo=UTC)
QUESTIONS = (
    NewQuestion(1, QuestionKind.STANCE, required=True),
    NewQuestion(2, QuestionKind.TEXT),
    NewQuestion(3, QuestionKind.NUMBER, unit="ha"),
)
SAID = {
    "de": ("Berücksichtigt der Entwurf Ihre Gemeinde?", "Warum?", "Wie viel Weide?"),
    "fr": ("Le projet tient-il compte de votre commune ?", "Pourquoi ?", "Combien d'alpage ?"),
    "it": ("La proposta tiene conto del Suo Comune?", "Perché?", "Quanto pascolo?"),
    "sl": ("Ali predlog upošteva vašo občino?", "Zakaj?", "Koliko pašnikov?"),
}


FORM = {
    "stance": "partly",
    "text": "Imamo 14 planin.",
    "answer-3": "14",
    "basis": "mayor",
    "answered_by": "Janez Primer",
    "role": "mayor",
    "name_public": "1",
}
"""What a municipality sends from its page."""


def words(language: str) -> Words:
    questions = dict(enumerate(SAID[language], start=1))
    title = f"Herdenschutz {language}"
    return Words(title=title, why="Warum Sie.", summary="Worum es geht.", questions=questions)


def new_call(**changed: object) -> NewCall:
    values: dict[str, object] = {
        "language": "de",
        "answers_until": UNTIL,
        "zone": "Europe/Brussels",
        "audience": Audience(),
        "questions": QUESTIONS,
        "words": {language: words(language) for language in SAID},
    }
    return NewCall(**(values | changed))  # type: ignore[arg-type]


async def people(now: datetime) -> None:
    for person in (ana, maja, giulia, eva, claire):
        await person(now)


async def members(now: datetime) -> list[Municipality]:
    return [
        await make(now) for make in (vzorcna_vas, musterdorf, valdesempio, villexemple)
    ]  # fmt: skip


async def window(now: datetime) -> Window:
    dossier = Dossier(
        number="2026-014", title="Großraubtiere", language="de", station="opened",
        countries="AT,FR,IT,SI", opened=now, changed=now,
    )  # fmt: skip
    await dossier.save()
    made = Window(dossier=dossier.id, closes=CLOSES, zone="Europe/Brussels", changed=now)
    await made.save()
    return made


async def drafted(now: datetime, **changed: object) -> Call:
    await people(now)
    await members(now)
    there = await window(now)
    return await actions.draft_call(there.id, new_call(**changed), by=await ana(now), now=now)


async def checked(now: datetime) -> Call:
    call = await drafted(now)
    for language in SAID:
        await actions.check_text(call.id, language, by=await ana(now), now=now)
    return call


async def opened(now: datetime) -> Call:
    call = await checked(now)
    await actions.launch(call.id, by=await ana(now), now=now - timedelta(minutes=10))
    assert await actions.open_held(now) == 1
    return call


async def invitation(code: str) -> Invitation:
    found = await Invitation.objects().where(Invitation.municipality.code == code).first()
    assert found is not None
    return found


async def link(code: str) -> str:
    return f"/a/{token_of((await invitation(code)).id)}"


def answer(text: str = "Imamo 14 planin.", stance: Stance = Stance.PARTLY) -> Answer:
    return Answer(stance=stance, language="sl", answered_by="Janez Primer", text=text)
