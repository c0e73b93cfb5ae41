"""Calls, what was answered, the passages of it, and what became of them."""

import json
from collections.abc import Mapping
from typing import Any  # columns behind foreign keys

from advocacy import texts
from advocacy.calls.labels import BASES, CALLS, CHANNELS, CONTRIBUTIONS, STANCES
from advocacy.calls.rules import Basis, CallState, ContributionState, Stance
from advocacy.calls.tables import Call, CallText, Contribution, ContributionVersion
from advocacy.exports.sheets.matters import OFFICE, local
from advocacy.outcomes.labels import LABELS as FATES
from advocacy.outcomes.rules import Fate
from advocacy.outcomes.tables import Outcome
from advocacy.people.rules import Role
from advocacy.people.tables import Person
from advocacy.positions.labels import DISPOSITIONS, STATES
from advocacy.positions.labels import STANCES as PASSAGE_STANCES
from advocacy.positions.tables import Passage, Position, PositionVersion
from advocacy.spreadsheets.writing import Cell, Sheet
from advocacy.submissions.labels import LABELS as SUBMISSIONS
from advocacy.submissions.rules import SubmissionState
from advocacy.submissions.tables import Submission
from advocacy.texts import gettext


async def calls(by: Person) -> Sheet:  # noqa: ARG001  as all
    rows = await Call.select(
        *(Call.id, Call.number, Call.state, Call.language, Call.answers_until, Call.zone),
    ).order_by(Call.id)
    titles = {
        (row["call"], row["language"]): row["title"]
        for row in await CallText.select(CallText.call, CallText.language, CallText.title)
    }
    written: list[list[Cell]] = [
        [
            row["number"],
            titles.get((row["id"], texts.language())) or titles.get((row["id"], row["language"])),
            texts.translate(CALLS[CallState(row["state"])]),
            local(row["answers_until"], row["zone"]),
        ]
        for row in rows
    ]
    named = {
        "number": gettext("Number"),
        "title": gettext("Title"),
        "state": gettext("State"),
        "answers_until": gettext("Answers until"),
    }
    return Sheet("calls", named, written)


def _mine(invitation: Any, by: Person) -> Any:
    """A coordinator sees what the municipalities of the own countries wrote."""
    if by.role == Role.SECRETARIAT:
        return invitation.id > 0
    countries = [code for code in by.countries.split(",") if code]
    return invitation.municipality.country.is_in(countries or [""])


async def contributions(by: Person) -> Sheet:
    """The version that holds of each answer, in its own language."""
    invitation: Any = Contribution.invitation
    rows = await (
        Contribution.select(
            *(Contribution.id, Contribution.state, Contribution.version, Contribution.received),
            *(Contribution.late, Contribution.name_public),
            invitation.call.number.as_alias("call"),
            invitation.municipality.code.as_alias("code"),
            invitation.municipality.name.as_alias("name"),
        )
        .where(_mine(invitation, by))
        .order_by(Contribution.id)
    )
    answered: Any = ContributionVersion.contribution
    versions = {
        (row["contribution"], row["number"]): row
        for row in await ContributionVersion.select().where(_mine(answered.invitation, by))
    }
    written = [
        _answer(row, said)
        for row in rows
        if (said := versions.get((row["id"], row["version"]))) is not None
    ]
    named = {
        "call": gettext("Call"),
        "code": gettext("Code"),
        "name": gettext("Name"),
        "stance": gettext("Stance"),
        "text": gettext("Answer"),
        "language": gettext("Language"),
        "basis": gettext("Rests on"),
        "decided": gettext("Decided on"),
        "answered_by": gettext("Answered by"),
        "channel": gettext("Channel"),
        "received": gettext("Received"),
        "late": gettext("Late"),
        "state": gettext("State"),
    }
    return Sheet("answers", named, written)


def _answer(row: dict[str, Any], said: dict[str, Any]) -> list[Cell]:
    there = stands(row)
    return [
        *(row["call"], row["code"], row["name"]),
        texts.translate(STANCES[Stance(said["stance"])]) if said["stance"] and there else "",
        *(
            said["text"] if there else "",
            said["language"],
            texts.translate(BASES[Basis(said["basis"])]),
        ),
        *(said["decided"], said["answered_by"], texts.translate(CHANNELS[said["channel"]])),
        *(local(row["received"], OFFICE), gettext("Yes") if row["late"] else ""),
        texts.translate(CONTRIBUTIONS[ContributionState(row["state"])]),
    ]


def stands(row: Mapping[str, Any]) -> bool:
    """What a municipality has taken back stays a fact; its words do not leave the house."""
    return bool(row["state"] == ContributionState.GIVEN)


async def passages(by: Person) -> Sheet:
    invitation: Any = Passage.contribution.invitation
    rows = await (
        Passage.select(
            *(Passage.number, Passage.text, Passage.language, Passage.tag, Passage.stance),
            Passage.place,
            *(Passage.disposition, Passage.disposition_reason, Passage.contribution),
            Passage.contribution.state.as_alias("state"),
            invitation.call.number.as_alias("call"),
            invitation.municipality.code.as_alias("code"),
        )
        .where(_mine(invitation, by))
        .order_by(Passage.id)
    )
    written: list[list[Cell]] = [
        [
            *(f"{row['contribution']}.{row['number']}", row["call"], row["code"]),
            *(
                _words(row, "text"),
                row["language"],
                _words(row, "tag"),
                row["place"],
                texts.translate(PASSAGE_STANCES[row["stance"]]),
            ),
            *(texts.translate(DISPOSITIONS[row["disposition"]]), _words(row, "disposition_reason")),
        ]
        for row in rows
    ]
    named = {
        "passage": gettext("Passage"),
        "call": gettext("Call"),
        "code": gettext("Code"),
        "text": gettext("Text"),
        "language": gettext("Language"),
        "tag": gettext("Tag"),
        "place": gettext("What it speaks of"),
        "stance": gettext("Stance"),
        "disposition": gettext("What became of it"),
        "reason": gettext("Reason"),
    }
    return Sheet("passages", named, written)


def _words(row: Mapping[str, Any], name: str) -> str:
    return str(row[name]) if stands(row) else ""


async def positions(by: Person) -> Sheet:  # noqa: ARG001
    rows = await Position.select(
        *(Position.id, Position.language, Position.state, Position.version, Position.adopted),
        Position.dossier.number.as_alias("number"),
    ).order_by(Position.id)
    titles = {
        (row["position"], row["number"]): row["title"]
        for row in await PositionVersion.select(
            PositionVersion.position, PositionVersion.number, PositionVersion.title
        )
    }
    written: list[list[Cell]] = [
        [
            *(row["number"], titles.get((row["id"], row["version"]), ""), row["language"]),
            *(row["version"], texts.translate(STATES[row["state"]])),
            local(row["adopted"], OFFICE),
        ]
        for row in rows
    ]
    named = {
        "number": gettext("Number"),
        "title": gettext("Title"),
        "language": gettext("Language"),
        "version": gettext("Version"),
        "state": gettext("State"),
        "adopted": gettext("Adopted"),
    }
    return Sheet("positions", named, written)


async def submissions(by: Person) -> Sheet:  # noqa: ARG001
    position: Any = Submission.round.position
    rows = await Submission.select(
        *(Submission.state, Submission.channel, Submission.language, Submission.submitted),
        *(Submission.receipt, Submission.text_hash, position.dossier.number.as_alias("number")),
        Submission.window.closes.as_alias("closes"),
    ).order_by(Submission.id)
    written: list[list[Cell]] = [
        [
            *(row["number"], texts.translate(SUBMISSIONS[SubmissionState(row["state"])])),
            *(row["channel"], row["language"], local(row["submitted"], OFFICE)),
            *(local(row["closes"], OFFICE), row["receipt"], row["text_hash"]),
        ]
        for row in rows
    ]
    named = {
        "number": gettext("Number"),
        "state": gettext("State"),
        "channel": gettext("Channel"),
        "language": gettext("Language"),
        "submitted": gettext("Submitted"),
        "deadline": gettext("Deadline"),
        "receipt": gettext("Receipt"),
        "text_hash": "SHA-256",
    }
    return Sheet("submissions", named, written)


async def outcomes(by: Person) -> Sheet:  # noqa: ARG001
    """Each demand and its fate."""
    submitted: Any = Outcome.submission
    held = submitted.round
    position = held.position
    rows = await Outcome.select(
        *(Outcome.ask, Outcome.fate, Outcome.quotation, Outcome.decided),
        held.version.as_alias("version"),
        position.id.as_alias("position"),
        position.dossier.number.as_alias("number"),
    ).order_by(Outcome.id)
    asks = {
        (version["position"], version["number"], ask["number"]): ask["text"]
        for version in await PositionVersion.select(
            PositionVersion.position, PositionVersion.number, PositionVersion.asks
        )
        for ask in json.loads(version["asks"])
    }
    written: list[list[Cell]] = [
        [
            *(row["number"], row["ask"]),
            asks.get((row["position"], row["version"], row["ask"]), ""),
            *(texts.translate(FATES[Fate(row["fate"])]), row["quotation"], row["decided"]),
        ]
        for row in rows
    ]
    named = {
        "number": gettext("Number"),
        "ask": gettext("Demand"),
        "text": gettext("Text"),
        "fate": gettext("What became of it"),
        "quotation": gettext("Quotation"),
        "decided": gettext("Decided on"),
    }
    return Sheet("outcomes", named, written)
