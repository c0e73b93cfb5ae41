"""Around the demo's dossiers: a meeting ahead, a further window, a number, a paper, who follows."""

import io
from datetime import datetime, timedelta

import docx

from advocacy.bodies import actions as bodies
from advocacy.bodies.forms import MeetingForm
from advocacy.bodies.queries import by_key
from advocacy.demo import steps
from advocacy.documents import actions as documents
from advocacy.documents.forms import Description, Paper
from advocacy.documents.rules import MEDIA_TYPES, Kind
from advocacy.dossiers import actions as dossiers
from advocacy.dossiers import following
from advocacy.dossiers.forms import NewWindow
from advocacy.dossiers.relations import references, referring, relating
from advocacy.dossiers.tables import Dossier
from advocacy.people.tables import Person

MINUTES = (
    "Protokoll des Gesprächs mit der Almwirtschaft",
    "Anwesend: zwölf Gemeinden aus vier Ländern.",
    "1. Herdenschutz kostet mehr, als die Förderung deckt.",
    "2. Für Almen ohne Zufahrt gibt es keinen Ersatz für Zäune.",
    "3. Die Gemeinden wünschen eine Frist von sechs Monaten für Schadensmeldungen.",
)


async def tell(herds: Dossier, transit: Dossier, by: Person, now: datetime) -> None:
    day = now.date()
    committee = await by_key("permanent-committee")
    meeting = MeetingForm(
        begins=day + timedelta(days=24),
        ends=day + timedelta(days=25),
        title="Sitzung mit Anhörung der Beobachter",
        place="Musterstadt",
        documents_until=day + timedelta(days=10),
    )
    await bodies.add_meeting(committee.id, meeting, by=by, now=now)
    hearing = NewWindow(
        steps.evening(now, 52), steps.ZONE, kind="hearing",
        evidence="Die Verbände werden vor der Beschlussfassung gehört.",
    )  # fmt: skip
    await dossiers.add_window(herds.id, hearing, by=by, now=now)
    number = references.read("com", "COM(2026) 211")
    await referring.add_reference(herds.id, number, by=by, now=now)
    paper = Paper("protokoll-almwirtschaft.docx", MEDIA_TYPES[Kind.DOCX], _minutes())
    about = Description(title=MINUTES[0], language="de", original="de")
    await documents.add(herds.id, [paper], about, by=by, now=now)
    await relating.relate(
        herds.id, transit.number, reason="Beide betreffen die Almzufahrten", by=by, now=now
    )
    maja = await steps.person("Maja Vzorec")
    await following.follow(herds.id, maja.id, now=now)


def _minutes() -> bytes:
    paper = docx.Document()
    paper.add_heading(MINUTES[0], 1)
    for line in MINUTES[1:]:
        paper.add_paragraph(line)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()
