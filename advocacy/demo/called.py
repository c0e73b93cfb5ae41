"""What happens around a call: replies by mail, somebody away, a letter that came back, telephone."""

from datetime import datetime, timedelta
from email.message import EmailMessage

from advocacy.calls import actions as calls
from advocacy.calls.asking import wanted
from advocacy.calls.asking.audience import Audience
from advocacy.calls.asking.call_forms import NewCall, NewQuestion, Words
from advocacy.calls.queries import invitation_of
from advocacy.calls.ringing import ringing
from advocacy.calls.rules import QuestionKind, RingOutcome
from advocacy.calls.tables import Call
from advocacy.demo import steps
from advocacy.dossiers import queries as dossiers
from advocacy.dossiers.tables import Dossier
from advocacy.letterbox.actions import take_in
from advocacy.mail.tables import Letter
from advocacy.municipalities import actions as municipalities
from advocacy.people.tables import Person
from advocacy.settings import settings

REPLIES = (
    ("SI-08", "Deloma. Imamo tri planine, ograje stanejo preveč.\n\nLep pozdrav"),
    ("IT-08", "Buongiorno,\n\nci riferiamo alla Vostra lettera: i costi per i cani sono alti."),
    ("FR-06", "En partie. Le délai de quatorze jours est trop court."),
)
"""By mail: the first and the last say what they think, the second leaves it open."""
AWAY = ("AT-12", "Ich bin bis zum {day} nicht im Haus. Danach antworte ich gern.")
STRANGER = (
    "AT-13",
    "amtsleitung@traunfelsmuster.example",
    "Ja. Wir unterstützen das.\n\nDie Amtsleitung",
)
UNKNOWN = ("info@muster-verein.example", "Wann ist die nächste Umfrage?")


async def tell(dossier: Dossier, call: Call, by: Person, now: datetime) -> None:
    for code, words in REPLIES:
        await _reply(call, code, words, now - timedelta(hours=20))
    code, words = AWAY
    day = (now + timedelta(days=5)).strftime("%d.%m.%Y")
    automatic = {"Auto-Submitted": "auto-replied"}
    await _reply(call, code, words.format(day=day), now - timedelta(hours=19), headers=automatic)
    code, sender, words = STRANGER
    await _reply(call, code, words, now - timedelta(hours=18), sender=sender)
    await _take(*UNKNOWN, "Frage", now - timedelta(hours=17))
    await _ring(call, now)
    await ringing.ask(call.id, "IT", "Bitte vor Freitag.", by=by, now=now - timedelta(hours=6))
    broken = (await invitation_of(call.number, "CH-09")).contact
    if broken is not None:
        reason = "552 5.2.2 mailbox full"
        await municipalities.note_bounce(broken.id, reason, now=now - timedelta(days=13))
    await _next_call(dossier, by, now)


async def _ring(call: Call, now: datetime) -> None:
    maja, at = await steps.person("Maja Vzorec"), now - timedelta(hours=3)
    for code, outcome, note in (
        ("SI-03", RingOutcome.REACHED, "Odgovorijo do petka."),
        ("SI-05", RingOutcome.NO_ANSWER, ""),
    ):
        asked = await invitation_of(call.number, code)
        if not asked.given:
            await ringing.ring(asked.invitation.id, outcome, note=note, by=maja, now=at)


async def _reply(
    call: Call,
    code: str,
    words: str,
    at: datetime,
    *,
    sender: str = "",
    headers: dict[str, str] | None = None,
) -> None:
    """As a mail program writes it: to our letter, with the letter quoted below."""
    asked = await invitation_of(call.number, code)
    key = f"call/{call.id}/{asked.invitation.id}"
    letter = await Letter.objects().where(Letter.key == key).first()
    if letter is None or asked.contact is None or asked.given:
        return
    quoted = "\n".join(f"> {line}" for line in letter.text.splitlines())
    domain = settings().sender.rpartition("@")[2]
    more = {"In-Reply-To": f"<{key.replace('/', '.')}@{domain}>"} | (headers or {})
    await _take(
        sender or asked.contact.email, f"{words}\n\n{quoted}", f"Re: {letter.subject}", at,
        headers=more,
    )  # fmt: skip


async def _take(
    sender: str, text: str, subject: str, at: datetime, *, headers: dict[str, str] | None = None
) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, settings().sender, subject
    mail["Message-ID"] = f"<{at:%Y%m%d%H%M}.{len(text)}@{sender.rpartition('@')[2]}>"
    for name, value in (headers or {}).items():
        mail[name] = value
    mail.set_content(text)
    await take_in(mail.as_bytes(), via="pipe", now=at)


async def _next_call(dossier: Dossier, by: Person, now: datetime) -> None:
    """A second call, still in the making: the Slovene text waits for its coordinator."""
    window = await dossiers.current_window(dossier.id)
    if window is None:
        return
    words = {
        "de": Words("Wie lang darf die Meldefrist sein?", "", "", {1: "Reichen 28 Tage?"}),
        "sl": Words("Kako dolg je lahko rok za prijavo?", "", "", {1: "Zadošča 28 dni?"}),
    }
    audience = Audience(countries=("AT", "SI"))
    question = NewQuestion(1, QuestionKind.STANCE, required=True)
    until = steps.evening(now, 18)
    new = NewCall("de", until, steps.ZONE, audience, (question,), words)
    call = await calls.draft_call(window.id, new, by=by, now=now - timedelta(hours=5))
    maja = await steps.person("Maja Vzorec")
    day = now.date() + timedelta(days=2)
    await wanted.ask(call.id, "sl", maja, day, by=by, now=now - timedelta(hours=4))
