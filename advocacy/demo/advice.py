"""Questions of municipalities in the demo: one waits, one has waited too long at the secretariat,
one is asked back, one is answered and published, and one came from somebody whom nobody knows.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from advocacy.advice import actions, queries
from advocacy.advice.asking.taking_in import Asker
from advocacy.advice.forms import Handing, NewQuestion, Reply, Told, Translated
from advocacy.advice.publishing import good_answers
from advocacy.advice.publishing.published import whole
from advocacy.advice.tables import Enquiry
from advocacy.demo import steps
from advocacy.dossiers.tables import Dossier
from advocacy.municipalities.queries import by_code, contacts_of
from advocacy.people.tables import Person


@dataclass(frozen=True, slots=True)
class Asked:
    """`days` ago."""

    code: str
    days: float
    subject: str
    text: str


NIGHT = Asked(
    "SI-07", 1.2, "Ovce ponoči na planini",
    "Predlog govori o nočni ogradi. Na naši planini je zemlja kamnita in ograde ni mogoče "
    "postaviti. Ali se nočni hlev šteje za zaščito črede?",
)  # fmt: skip
NIGHT_IN_GERMAN = (
    "Der Entwurf spricht von einem Nachtpferch. Auf unserer Alm ist der Boden felsig, und ein Zaun "
    "lässt sich nicht setzen. Zählt ein Nachtstall als Herdenschutz?"
)
DOGS = Asked(
    "AT-01", 9, "Wer haftet für den Herdenschutzhund?",
    "Bei uns in Musterdorf führt ein Wanderweg über die Alm. Wer haftet, wenn der Herdenschutzhund "
    "jemanden beißt: der Halter oder die Gemeinde?",
)  # fmt: skip
DOGS_ANSWERED = (
    "Es haftet, wer den Hund hält. Die Gemeinde haftet nur für ihren eigenen Weg. Tafeln am "
    "Beginn des Weges, ein ausgewiesener Umweg und eine Prüfung des Hundes senken das Risiko."
)
SEASON = Asked(
    "IT-01", 4.5, "Domande di contributo fuori termine",
    "La malga apre a giugno e i fondi si chiedono entro marzo, quando non sappiamo ancora quanti "
    "capi salgono. La rete può chiedere un termine più lungo?",
)  # fmt: skip
COST = Asked(
    "FR-03", 3, "Coût d'un deuxième berger",
    "Le texte prévoit une garde permanente. Qui paie le deuxième berger d'une petite commune ?",
)  # fmt: skip
STRANGER = NewQuestion(
    "Anfrage zur Almkarte",
    "Guten Tag, ich schreibe für eine Schule. Gibt es eine Karte aller Gemeinden des Netzwerks?",
)

PUBLISHED = {
    "de": Told(
        "Wer haftet, wenn ein Herdenschutzhund an einem Wanderweg jemanden beißt: der Halter oder "
        "die Gemeinde?",
        DOGS_ANSWERED,
    ),
    "fr": Told(
        "Qui répond des morsures d'un chien de protection près d'un sentier : le détenteur ou la "
        "commune ?",
        "Le détenteur du chien. La commune ne répond que de son propre sentier. Des panneaux au "
        "départ, un détour balisé et un test du chien réduisent le risque.",
    ),
    "it": Told(
        "Chi risponde se un cane da guardiania morde qualcuno su un sentiero: il detentore o il "
        "Comune?",
        "Il detentore del cane. Il Comune risponde solo del proprio sentiero. Cartelli all'inizio, "
        "una deviazione segnalata e una verifica del cane riducono il rischio.",
    ),
    "sl": Told(
        "Kdo odgovarja, če pastirski pes ob poti koga ugrizne: lastnik ali občina?",
        "Lastnik psa. Občina odgovarja samo za svojo pot. Table na začetku poti, označen obvoz in "
        "preizkus psa zmanjšajo tveganje.",
    ),
}  # fmt: skip


async def tell(herds: Dossier, now: datetime) -> None:
    ana, luca = await steps.person("Ana Muster"), await steps.person("Luca Beispiel")
    await _waits(herds, ana, now)
    await _helps_others(herds, now)
    await _handed_over(herds, luca, now)
    await _asked_back(herds, now)
    asker = Asker("Paul Beispiel", "paul@schule.example", "de", sure=False)
    await actions.ask(STRANGER, asker, channel="mail", quiet=True, now=now - timedelta(hours=7))


async def _ask(asked: Asked, dossier: Dossier | None, now: datetime) -> Enquiry:
    member = await by_code(asked.code)
    contact = (await contacts_of([member.id]))[member.id][0]
    asker = Asker(contact.name, contact.email, contact.language, member, contact)
    return await actions.ask(
        NewQuestion(asked.subject, asked.text), asker,
        dossier=dossier.id if dossier else None, now=now - timedelta(days=asked.days),
    )  # fmt: skip


async def _owner(enquiry: Enquiry) -> Person:
    thread = await queries.whole(enquiry.id)
    return await steps.person(thread.row.owner_name)


async def _waits(herds: Dossier, ana: Person, now: datetime) -> None:
    enquiry = await _ask(NIGHT, herds, now)
    said = Translated(1, "de", NIGHT_IN_GERMAN)
    await actions.translate(enquiry.id, said, by=ana, now=now - timedelta(days=1))


async def _helps_others(herds: Dossier, now: datetime) -> None:
    enquiry = await _ask(DOGS, herds, now)
    by, at = await _owner(enquiry), now - timedelta(days=8)
    await actions.answer(enquiry.id, Reply(DOGS_ANSWERED, "", 1), by=by, now=at)
    answer = await good_answers.draft(enquiry.id, by=by, now=at)
    texts = (await whole(answer.id)).texts
    for language, told in PUBLISHED.items():
        shown = good_answers.stamp_of(texts.get(language))
        await good_answers.save_text(answer.id, language, told, shown=shown, by=by, now=at)
    await good_answers.publish(answer.id, sure=True, by=by, now=at + timedelta(hours=2))


async def _handed_over(herds: Dossier, luca: Person, now: datetime) -> None:
    enquiry = await _ask(SEASON, herds, now)
    note = "Riguarda la posizione della rete: lo lascio alla segreteria."
    by = await _owner(enquiry)
    await actions.hand_over(
        enquiry.id, Handing(luca.id, note, 1), by=by, now=now - timedelta(days=4)
    )


async def _asked_back(herds: Dossier, now: datetime) -> None:
    enquiry = await _ask(COST, herds, now)
    reply = Reply("Combien d'animaux montent chez vous, et pendant combien de semaines ?", "", 1)
    by = await _owner(enquiry)
    await actions.ask_back(enquiry.id, reply, by=by, now=now - timedelta(days=2))
