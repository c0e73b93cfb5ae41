"""Ask somebody to check a language of a call by a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from advocacy import database, deadlines
from advocacy.calls import rules
from advocacy.calls.asking.holding import hold
from advocacy.calls.asking.recipients import Chosen
from advocacy.calls.asking.whole_calls import WholeCall
from advocacy.calls.rules import CallState
from advocacy.calls.tables import CallText
from advocacy.dossiers.queries import countries_of, milestones_of
from advocacy.errors import Invalid, Message, Outdated
from advocacy.history.actions import record
from advocacy.mail.actions import post
from advocacy.mail.letters import Written, write
from advocacy.people.queries import people_with
from advocacy.people.rules import LANGUAGES, Role
from advocacy.people.tables import Person
from advocacy.settings import settings


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who was asked to check a language, and until when. Over as soon as it is checked."""

    person: int
    name: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Whom to ask for a language that nobody has checked: as it was asked, else as it could be."""

    language: str
    person: int | None
    due: date
    asked: bool


async def ask(
    call_id: int, language: str, person: Person, due: date, *, by: Person, now: datetime
) -> None:
    """With a letter to them, in their language. Asking the same again writes no second one.

    Invalid: a day that is over, or after the call's end; somebody who cannot check. Outdated:
    the call has left, or this language is checked.
    """
    async with database.transaction():
        whole = await hold(call_id)
        if whole.call.state != CallState.DRAFT:
            raise Outdated("This call has been sent: its words stay as they are")
        if language in whole.checked and language not in whole.stale:
            raise Outdated("This text has been checked meanwhile")
        if wrong := _wrong(whole, language, person, due, now=now):
            raise Invalid(wrong)
        there = await _text(call_id, language)
        if there.asked == person.id and there.due == due:
            return
        await CallText.update({CallText.asked: person.id, CallText.due: due}).where(
            CallText.id == there.id
        )
        await record(
            "call text wanted", kind="call", object=call_id, by=by, now=now,
            dossier=whole.dossier.id,
            details={"language": language, "person": person.name, "due": due},
        )  # fmt: skip
        if person.id != by.id:
            await post(_letter(whole, language, person, due, by=by), now=now)


async def _text(call_id: int, language: str) -> CallText:
    """The row of this language, where the words will stand."""
    there = await CallText.objects().where(
        CallText.call == call_id, CallText.language == language
    ).first()  # fmt: skip
    if there is None:
        there = CallText(call=call_id, language=language, title="")
        await there.save()
    return there


def _wrong(
    whole: WholeCall, language: str, person: Person, due: date, *, now: datetime
) -> dict[str, Message]:
    call, wrong = whole.call, dict[str, Message]()
    if language not in LANGUAGES:
        wrong[f"person-{language}"] = Message("Choose one of the languages")
    elif not person.active or person.role not in {Role.COORDINATOR, Role.SECRETARIAT}:
        wrong[f"person-{language}"] = Message("Choose somebody of the house")
    if due < deadlines.local_date(now, call.zone):
        wrong[f"due-{language}"] = Message("This day is over")
    elif due > deadlines.last_day(call.answers_until, call.zone):
        wrong[f"due-{language}"] = Message("This is after the deadline for answers")
    return wrong


def _letter(whole: WholeCall, language: str, person: Person, due: date, *, by: Person) -> Written:
    number, spoken = whole.call.number, person.language
    return write(
        "text_wanted",
        key=f"text-wanted/{whole.call.id}/{language}/{person.id}/{due.isoformat()}",
        recipient=person.email,
        recipient_name=person.name,
        language=spoken,
        headers={"Reply-To": by.email},
        dossier=whole.dossier.id,
        person=person,
        by=by,
        call=whole.call,
        text_language=language,
        due=due,
        words=whole.lead,
        link=f"{settings().base_url}/{spoken}/c/{number}/text/{language}",
    )  # fmt: skip


async def wanted(whole: WholeCall) -> dict[str, Wanted]:
    """By language, of what is not checked or has changed since."""
    rows = await CallText.select(
        CallText.language, CallText.due, CallText.asked.id.as_alias("person"),
        CallText.asked.name.as_alias("name"),
    ).where(CallText.call == whole.call.id, CallText.asked.is_not_null())  # fmt: skip
    done = set(whole.checked) - set(whole.stale)
    return {
        row["language"]: Wanted(row["person"], row["name"], row["due"])
        for row in rows
        if row["language"] not in done
    }


async def checkers() -> list[Person]:
    """Who may be asked: coordinators first."""
    return [*await people_with(Role.COORDINATOR), *await people_with(Role.SECRETARIAT)]


async def proposals(
    whole: WholeCall,
    chosen: Chosen,
    people: Sequence[Person],
    asked: Mapping[str, Wanted],
    *,
    now: datetime,
) -> list[Proposal]:
    """For each language that is not checked: the coordinator who speaks it, and a working day
    before the call should leave. The lead language is checked by who writes it.
    """
    open_ones = rules.missing_languages(chosen.languages, set(whole.checked) - set(whole.stale))
    due = await proposed_day(whole, now=now)
    found = []
    for language in open_ones:
        there = asked.get(language)
        if there is not None:
            found.append(Proposal(language, there.person, there.due or due, asked=True))
        else:
            speaks = (each.id for each in people if each.language == language)
            who = None if language == whole.call.language else next(speaks, None)
            found.append(Proposal(language, who, due, asked=False))
    return found


async def proposed_day(whole: WholeCall, *, now: datetime) -> date:
    """The working day before the plan's day for sending; tomorrow's when that has come."""
    zone = whole.call.zone
    today = deadlines.local_date(now, zone)
    planned = await milestones_of([whole.window.id])
    out = next((m.due for m in planned if m.kind == deadlines.Milestone.CALL_OUT), None)
    countries = [each for each in countries_of(whole.dossier) if each in deadlines.COUNTRIES]
    if out is not None:
        before, _ = deadlines.working_day_before(deadlines.local_date(out, zone), 1, countries)
        if before > today:
            return before
    next_days = (today + timedelta(days=n) for n in range(1, 15))
    tomorrow = next(day for day in next_days if deadlines.day_off(day, countries) is None)
    return max(today, min(tomorrow, deadlines.last_day(whole.call.answers_until, zone)))
