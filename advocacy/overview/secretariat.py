"""What needs the secretariat now, and what waits for others."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any  # a column behind several foreign keys
from zoneinfo import ZoneInfo

from piccolo.columns.combination import WhereRaw

from advocacy import texts
from advocacy.approvals.rules import RoundState
from advocacy.approvals.tables import Ballot
from advocacy.calls.rules import CallState
from advocacy.deadlines import Milestone as Kind
from advocacy.dossiers.contradictions.claims import open_claims
from advocacy.dossiers.rules import DeadlineState
from advocacy.outcomes.tables import Outcome
from advocacy.overview import mails, rules
from advocacy.overview.gatherings import to_keep
from advocacy.overview.participation import CallRow
from advocacy.overview.proposed import to_answer
from advocacy.overview.questions import of_the_house
from advocacy.overview.rules import Need, Step
from advocacy.overview.windows import OFFICE_ZONE, OpenWindow
from advocacy.people.queries import people_with
from advocacy.people.rules import Role
from advocacy.positions.rules import PositionState
from advocacy.positions.tables import Position
from advocacy.submissions.rules import SubmissionState
from advocacy.submissions.tables import Submission
from advocacy.texts import gettext, ngettext
from advocacy.triage import queries as triage
from advocacy.triage.forms import Filters
from feeds.tables import Source

_round: Any = Submission.round  # Piccolo types the columns of a joined table loosely
_handed_in = _round.position.dossier
_submission: Any = Outcome.submission
_followed = _submission.round.position.dossier


@dataclass(frozen=True, slots=True)
class Waiting:
    """Others are at it: who does what, about which matter. `nudge`: where one can remind them."""

    what: str
    about: str
    language: str
    path: str
    at: datetime | None
    zone: str
    nudge: str = ""


async def needs(
    windows: Sequence[OpenWindow], calls: Sequence[CallRow], *, now: datetime
) -> list[Need]:
    """All of them, in order; `owner` has the dossier. The number of queries does not grow with
    the rows.
    """
    leads = {window.number: window.lead for window in windows}
    found = [*await _to_sort(now), *_of_calls(calls, leads, now=now)]
    found += await _of_claims(leads)
    found += await _of_windows(windows, calls)
    found += await to_answer(leads)
    office = {each.id for each in await people_with(Role.SECRETARIAT)}
    found += await of_the_house(sorted(office), now=now)
    found += await mails.of_the_house()
    found += await to_keep(office, now=now)
    found += await _to_report_back(office)
    found += await _to_look_again(office, now)
    found += await _failing(now)
    return rules.in_order(found)


async def _to_sort(now: datetime) -> list[Need]:
    page = await triage.inbox(Filters(deadline=True), now=now, limit=triage.PAGE)
    if not page.rows:
        return []
    first, count = page.rows[0], len(page.rows)
    act = ngettext(
        "Sort %(num)d entry with a deadline", "Sort %(num)d entries with a deadline", count
    ) % {"num": count}
    why = gettext("The first to end, from %(source)s") % {"source": first.source}
    return [
        Need(
            act, first.title, first.language or "", why, "/inbox", first.ahead or now, first.zone,
            size=count,
        )
    ]  # fmt: skip


async def _of_claims(leads: Mapping[str, int | None]) -> list[Need]:
    """What a source says of a deadline, against what we know: until the earlier of the two."""
    why = gettext("%(source)s names another date: %(date)s")
    return [
        Need(
            gettext("Decide which deadline holds"),
            claim.title,
            claim.language,
            why % {"source": claim.source, "date": texts.short_day(claim.closes, claim.zone)},
            f"/d/{claim.number}#deadlines",
            min(claim.closes, claim.known or claim.closes),
            claim.zone,
            owner=leads.get(claim.number),
        )
        for claim in await open_claims()
    ]


def _of_calls(
    calls: Sequence[CallRow], leads: Mapping[str, int | None], *, now: datetime
) -> list[Need]:
    found = []
    for call in calls:
        if call.state is CallState.DRAFT:
            act, why = gettext("Send the call"), _unchecked(call)
        elif call.state is CallState.OPEN and rules.needs_a_push(
            asked=call.asked, answered=call.answered, answers_until=call.answers_until, now=now
        ):
            act, why = gettext("Ask again who has not answered"), answered_of(call)
        else:
            continue
        found.append(
            Need(
                act, call.title, call.language, why, call.path, call.answers_until, call.zone,
                owner=leads.get(call.dossier), size=call.asked - call.answered,
            )
        )  # fmt: skip
    return found


def answered_of(call: CallRow) -> str:
    """41 of 60 municipalities have answered, with the country that is furthest behind."""
    said = ngettext(
        "%(answered)s of %(num)d municipality has answered",
        "%(answered)s of %(num)d municipalities have answered",
        call.asked,
    ) % {"answered": call.answered, "num": call.asked}
    if not call.shares:
        return said
    last = min(call.shares, key=lambda share: (share.percent, -share.asked))
    country = f"{texts.country_name(last.key)}: {last.answered} / {last.asked}"
    return f"{said} · {country}"


def _unchecked(call: CallRow) -> str:
    if not call.unchecked:
        return gettext("Every language is checked")
    names = texts.listed([texts.language_name(code) for code in call.unchecked])
    return gettext("Not checked yet: %(languages)s") % {"languages": names}


async def _of_windows(windows: Sequence[OpenWindow], calls: Sequence[CallRow]) -> list[Need]:
    positions = {
        row["dossier"]: (PositionState(row["state"]), row["version"])
        for row in await Position.select(Position.dossier, Position.state, Position.version)
    }
    called = {call.window for call in calls}
    told: set[tuple[int, Step]] = set()
    found = []
    for window in windows:
        if window.state in {DeadlineState.PROPOSED, DeadlineState.MOVED}:
            why = gettext("A source says so; nobody has confirmed it")
            found.append(_need(gettext("Confirm the deadline"), window, why, window.closes))
        state, version = positions.get(window.dossier, (None, 0))
        step = rules.next_step(
            window.station, has_call=window.id in called, position=state, version=version
        )
        # A dossier has one text, whichever of its windows closes first.
        once = (window.id if step is Step.ASK else window.dossier, step)
        if step is not Step.NOTHING and once not in told:
            told.add(once)
            found.append(_next(step, window, version))
    return found


def _next(step: Step, window: OpenWindow, version: int) -> Need:
    position = f"/p/{window.number}"
    if step is Step.ASK:
        why = gettext("The dossier is open, no call is prepared")
        return _need(gettext("Ask the municipalities"), window, why, window.due(Kind.CALL_OUT))
    if step is Step.WRITE:
        why = gettext("The answers are in, nothing is written")
        due = window.due(Kind.DRAFT, Kind.CORE_POSITION)
        return _need(gettext("Write the position"), window, why, due)
    if step is Step.APPROVE:
        why = gettext("Version %(number)s is a draft") % {"number": version}
        due = window.due(Kind.PRESIDENCY, Kind.OBJECTIONS_UNTIL)
        return _need(gettext("Send the position to the presidency"), window, why, due, position)
    why = gettext("It is adopted and has not been handed in")
    return _need(gettext("Submit the position"), window, why, window.closes, position)


def _need(act: str, window: OpenWindow, why: str, at: datetime, path: str = "") -> Need:
    return Need(
        act, window.title, window.language, why, path or window.path, at, window.zone,
        owner=window.lead,
    )  # fmt: skip


async def _to_report_back(office: Collection[int]) -> list[Need]:
    rows = await Submission.select(
        Submission.submitted,
        _handed_in.number.as_alias("number"),
        _handed_in.title.as_alias("title"),
        _handed_in.language.as_alias("language"),
        _handed_in.lead.as_alias("lead"),
    ).where(
        Submission.state.is_in([SubmissionState.SUBMITTED, SubmissionState.RECEIVED]),
        WhereRaw("NOT EXISTS (SELECT 1 FROM report_back r WHERE r.submission = submission.id)"),
    )
    why = gettext("The municipalities do not know yet what became of their answers")
    return [
        Need(
            gettext("Report back"),
            row["title"],
            row["language"],
            why,
            f"/d/{row['number']}",
            row["submitted"] + rules.REPORT_BACK_WITHIN,
            OFFICE_ZONE,
            owner=row["lead"] if row["lead"] in office else None,
        )
        for row in rows
        if row["submitted"]
    ]


async def _to_look_again(office: Collection[int], now: datetime) -> list[Need]:
    """Asks whose outcome somebody wanted to look at again by now."""
    rows = await (
        Outcome.select(
            Outcome.review,
            _followed.number.as_alias("number"),
            _followed.title.as_alias("title"),
            _followed.language.as_alias("language"),
            _followed.lead.as_alias("lead"),
        )
        .where(Outcome.review.is_not_null(), Outcome.review <= now.date())
        .order_by(Outcome.review)
    )
    by_number = {row["number"]: row for row in reversed(rows)}
    return [
        Need(
            gettext("Look again what became of it"),
            row["title"],
            row["language"],
            gettext("Somebody set this day when the outcome was kept"),
            f"/p/{number}/outcome",
            datetime.combine(row["review"], time(23, 59), tzinfo=ZoneInfo(OFFICE_ZONE)),
            OFFICE_ZONE,
            owner=row["lead"] if row["lead"] in office else None,
        )
        for number, row in by_number.items()
    ]


async def _failing(now: datetime) -> list[Need]:
    rows = await (
        Source.select(Source.name, Source.address, Source.last_success, Source.created)
        .where(Source.state == "active", Source.failures >= rules.FAILURES_SHOWN)
        .order_by(Source.first_failure)
    )
    if not rows:
        return []
    count = len(rows)
    act = ngettext(
        "Look at %(num)d source that fails", "Look at %(num)d sources that fail", count
    ) % {"num": count}
    at = min(rules.blind_from(row["last_success"], created=row["created"]) for row in rows)
    why = gettext("What is announced there does not reach us")
    name = rows[0]["name"] or rows[0]["address"]
    return [Need(act, name, "", why, "/sources", max(at, now), OFFICE_ZONE, size=count)]


async def waiting(
    calls: Sequence[CallRow], needs: Sequence[Need], names: Mapping[int, str]
) -> list[Waiting]:
    """For the municipalities' answers, the presidency's votes, and what a colleague has to do:
    `needs` of others, `names` of theirs. One query.
    """
    found = [
        Waiting(
            answered_of(call), call.title, call.language, call.path, call.answers_until, call.zone,
            nudge=call.path,
        )
        for call in calls
        if call.state is CallState.OPEN
    ]  # fmt: skip
    found += await _rounds()
    found += [
        Waiting(
            f"{names.get(need.owner or 0, '')}: {need.act}", need.about, need.language, need.path,
            need.at, need.zone,
        )
        for need in needs
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.at is None, each.at, each.about))


async def _rounds() -> list[Waiting]:
    position: Any = Ballot.round.position
    dossier = position.dossier
    rows = await Ballot.select(
        Ballot.choice,
        Ballot.round.id.as_alias("round"),
        Ballot.round.ends.as_alias("ends"),
        dossier.number.as_alias("number"),
        dossier.title.as_alias("title"),
        dossier.language.as_alias("language"),
    ).where(Ballot.round.state == RoundState.OPEN)
    rounds = {row["round"]: row for row in rows}
    found = []
    for number, row in rounds.items():
        choices = [each["choice"] for each in rows if each["round"] == number]
        voted = sum(bool(choice) for choice in choices)
        what = ngettext(
            "%(voted)s of %(num)d member of the presidency has decided",
            "%(voted)s of %(num)d members of the presidency have decided",
            len(choices),
        ) % {"voted": voted, "num": len(choices)}
        path = f"/p/{row['number']}"
        found.append(
            Waiting(
                what, row["title"], row["language"], path, row["ends"], OFFICE_ZONE,
                nudge=f"{path}/rounds",
            )
        )  # fmt: skip
    return found
