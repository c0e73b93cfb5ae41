"""A call in five languages and an answer to it, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from advocacy.calls.asking.call_forms import NewQuestion, Words
from advocacy.calls.asking.official import Official, Paragraph
from advocacy.calls.asking.whole_calls import WholeCall
from advocacy.calls.papers.council_sheet import Copy
from advocacy.calls.queries import Personal
from advocacy.calls.rules import QuestionKind
from advocacy.calls.tables import Call, Contribution, ContributionVersion, Invitation
from advocacy.dossiers.tables import Dossier, Window
from advocacy.municipalities.tables import Municipality
from advocacy.people.tables import Person

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
UNTIL = datetime(2026, 12, 4, 17, tzinfo=UTC)  # 18:00 in Brussels
QUESTIONS = (
    NewQuestion(1, QuestionKind.STANCE, required=True),
    NewQuestion(2, QuestionKind.TEXT),
    NewQuestion(3, QuestionKind.NUMBER, unit="ha"),
)
SAID = {
    "de": ("Großraubtiere und Weide", "Berücksichtigt der Entwurf Ihre Gemeinde?", "Warum?"),
    "fr": ("Grands prédateurs", "Le projet tient-il compte de votre œuvre ?", "Pourquoi ?"),
    "it": ("Grandi carnivori", "La proposta è giusta per la Sua città?", "Perché?"),
    "sl": ("Velike zveri in paša", "Ali predlog upošteva življenje čred?", "Zakaj?"),
    "en": ("Large carnivores", "Does the draft fit your municipality?", "Why?"),
}
MAJA = Person(
    name="Maja Vzorec", phone="+386 40 555 010", email="maja.vzorec@alpennetz.example",
    role="coordinator", language="sl", created=NOW,
)  # fmt: skip
OFFICIAL = Official(
    "Proposal for a Directive",
    "en",
    (Paragraph(1, "1", "First. " * 100), Paragraph(2, "Art. 3 (2)", "Second paragraph.")),
)


def words(language: str) -> Words:
    title, question, why = SAID[language]
    asked = {1: question, 2: why, 3: "Koliko?"}
    return Words(title, "Imate 14 planin.", "Za kaj gre: žičnica, čuvaj, šola.", asked)


def whole(**changed: Any) -> WholeCall:
    call = Call(
        window=1, number="2026-014-1", state="open", language="de", answers_until=UNTIL,
        zone="Europe/Brussels", person=1, created=NOW,
    )  # fmt: skip
    call.id = 1
    window = Window(dossier=1, closes=UNTIL, zone="Europe/Brussels", changed=NOW)
    dossier = Dossier(number="2026-014", title="Wolf", language="de", opened=NOW, changed=NOW)
    made = WholeCall(
        call=call, window=window, dossier=dossier, questions=QUESTIONS,
        words={language: words(language) for language in SAID}, texts={},
    )  # fmt: skip
    return replace(made, **changed)


def place(name: str = "Vzorčna vas", code: str = "SI-07") -> Municipality:
    return Municipality(code=code, name=name, country=code[:2], language="sl", created=NOW)


def copy(language: str = "sl", number: int = 7) -> Copy:
    return Copy(number, place(), language, MAJA)


def personal(asked_in: str = "sl", *, call: WholeCall | None = None, **changed: Any) -> Personal:
    """Answered by the council; `changed` are columns of the version."""
    facts = {
        "contribution": 1, "number": 2, "stance": "partly", "language": "sl",
        "text": "Imamo 14 planin.\n\nŠe žičnico.", "answers": '{"3": "1.200"}',
        "basis": "council", "decided": date(2026, 11, 12), "answered_by": "Janez Primer",
        "role": "mayor", "channel": "web", "at": NOW,
    }  # fmt: skip
    invitation = Invitation(call=1, municipality=1, language=asked_in)
    invitation.id = 7
    contribution = Contribution(
        invitation=7, state="given", version=2, received=NOW, changed=NOW, name_public=True
    )
    version = ContributionVersion(**facts | changed)
    return Personal(invitation, place(), None, call or whole(), contribution, version)


def read(made: bytes) -> PdfReader:
    return PdfReader(BytesIO(made))


def said(made: bytes) -> str:
    """Line ends are the typesetter's."""
    return " ".join(" ".join(page.extract_text() for page in read(made).pages).split())
