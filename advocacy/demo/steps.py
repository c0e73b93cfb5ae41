"""One step of a matter, done as the product does it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from advocacy.calls import actions as calls
from advocacy.calls.answering.forms import Answer as TypedAnswer
from advocacy.calls.asking import attaching, official
from advocacy.calls.asking.attaching import Handed
from advocacy.calls.asking.call_forms import NewCall, NewQuestion, Words
from advocacy.calls.rules import Basis, QuestionKind, Stance
from advocacy.calls.tables import Call, Contribution, Invitation
from advocacy.demo import network
from advocacy.demo.answers import (
    Answer,
    Position,
)
from advocacy.demo.matters import Matter
from advocacy.dossiers import actions as dossiers
from advocacy.dossiers import queries as known_dossiers
from advocacy.dossiers.forms import NewDossier, NewWindow
from advocacy.dossiers.tables import Dossier
from advocacy.errors import NotFound
from advocacy.people.tables import Person
from advocacy.positions import actions as positions
from advocacy.positions.forms import Piece
from advocacy.positions.rules import Disposition, PassageStance
from advocacy.positions.tables import Position as StoredPosition
from advocacy.positions.writing.merging import Ask, Draft
from advocacy.translations import actions as translations
from feeds.tables import Entry

ZONE = "Europe/Brussels"
CITED = re.compile(r"@([A-Z]{2}-\d{2})\.(\d+)")


async def person(name: str) -> Person:
    found = await Person.objects().where(Person.name == name).first()
    if found is None:
        raise NotFound(f"Nobody is called {name}")
    return found


async def open_matter(matter: Matter, by: Person, now: datetime) -> Dossier:
    entry = await _entry(matter)
    closes = evening(now, matter.closes)
    window = NewWindow(
        closes=entry.next_deadline if entry and entry.next_deadline else closes,
        zone=ZONE,
        precision="exact",
        kind=matter.kind,
        opens=now + timedelta(days=matter.opened - 1),
        evidence=entry.title if entry else "",
    )
    new = NewDossier(
        title=matter.title,
        language="de",
        body=matter.body,
        procedure=matter.procedure,
        procedure_number=await _procedure_number(matter, entry),
        topics=matter.topics,
        countries=matter.countries,
        lead=by.id,
        priority=1,
        window=window,
    )
    at = now + timedelta(days=matter.opened)
    return await dossiers.open_dossier(new, entry_id=entry.id if entry else None, by=by, now=at)


async def _entry(matter: Matter) -> Entry | None:
    if not matter.entry:
        return None
    return await Entry.objects().where(Entry.title.like(f"%{matter.entry}%")).first()


async def _procedure_number(matter: Matter, entry: Entry | None) -> str:
    found = re.search(r"\d{4}/" + re.escape(matter.number), entry.title if entry else "")
    return found[0] if found else ""


async def ask(matter: Matter, dossier: Dossier, by: Person, now: datetime) -> Call:
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
        NewCall("de", evening(now, matter.answers_until), ZONE, matter.audience, questions, words),
        by=by,
        now=at,
    )
    if matter.official:
        await _attach(call.id, matter, by, at)
    for language, name in (("de", "Eva Musterfrau"), ("fr", "Claire Exemple"),
                           ("it", "Giulia Esempio"), ("sl", "Maja Vzorec")):  # fmt: skip
        await calls.check_text(call.id, language, by=await person(name), now=at)
    await calls.launch(call.id, by=by, now=at, hold=timedelta(0))
    await calls.open_held(at)
    return call


async def _attach(call_id: int, matter: Matter, by: Person, at: datetime) -> None:
    """The official text, in German, with its paragraphs as they stand."""
    title = matter.official_title
    text = "\n\n".join(matter.official)
    await attaching.hand_in(call_id, Handed(title, "de", text.encode()), by=by, now=at)
    there = await official.kept(call_id)
    base = attaching.fingerprint(there, None) if there else ""
    await attaching.count(call_id, title, "de", text, base=base, by=by, now=at)


async def _answer(
    call: Call, answer: Answer, comments: Mapping[int, str], now: datetime
) -> Contribution:
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
        comments=comments,
    )
    return await calls.contribute(invitation.id, typed, now=at)


async def answers(matter: Matter, call: Call, now: datetime) -> dict[str, int]:
    """The number of each contribution, by the municipality's code."""
    given = {}
    for answer in sorted(matter.answers, key=lambda each: -each.answered):
        comments = matter.comments.get(answer.municipality, {})
        given[answer.municipality] = (await _answer(call, answer, comments, now)).id
    return given


async def split(
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


async def write(
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


async def dispose(text: Position, passages: dict[str, int], by: Person, at: datetime) -> None:
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


async def translate(
    position: StoredPosition, text: Position, given: dict[str, int], at: datetime
) -> None:
    from advocacy.translations.queries import aligned

    claire = await person("Claire Exemple")
    french = {"title": text.title["fr"]}
    french |= {f"ask-{number}": ask for number, ask in enumerate(text.asks["fr"], 1)}
    rows = [row for row in await aligned(position.id, "fr") if row.key not in french]
    for row, paragraph in zip(rows, text.paragraphs["fr"], strict=True):
        french[row.key] = CITED.sub(lambda mark: f"@{given[mark[1]]}.{mark[2]}", paragraph)
    await translations.save_all(position.id, "fr", french, by=claire, now=at)
    await translations.check(position.id, "fr", by=claire, now=at)


def evening(now: datetime, days: int) -> datetime:
    """Six in the evening, Brussels winter time, so many days from today."""
    return (now + timedelta(days=days)).replace(hour=17, minute=0, second=0, microsecond=0)
