"""What a municipality answered, as a paper for its files."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC
from textwrap import shorten
from typing import Any  # what a template shows

from advocacy import texts
from advocacy.calls import labels
from advocacy.calls.answering.forms import asked_besides, main_text
from advocacy.calls.asking.call_forms import NewQuestion, Words
from advocacy.calls.asking.official import Official
from advocacy.calls.queries import Personal
from advocacy.calls.rules import Basis, ContributionState, QuestionKind, Stance
from advocacy.calls.tables import ContributionVersion
from advocacy.deadlines import Milestone as Kind
from advocacy.dossiers.tables import Milestone
from advocacy.errors import Message, NotFound
from advocacy.municipalities.labels import ROLES
from advocacy.people.tables import Person
from advocacy.settings import settings
from advocacy.typesetting import compiled

AHEAD: Mapping[str, Message] = {
    Kind.DRAFT: Message("Draft of the position"),
    Kind.PRESIDENCY: Message("The presidency decides"),
    Kind.SUBMIT: Message("The position is handed in"),
}
CHANNELS: Mapping[str, Message] = {**labels.CHANNELS, "web": Message("with the personal link")}
"""How the answer came. Paper cannot say "on this page"."""
KILOBYTE, MEGABYTE = 1024, 1024 * 1024
BEGINNING = 240
"""Characters of an official paragraph that stand above a comment on it."""

Said = dict[str, str]


def receipt_pdf(
    personal: Personal,
    *,
    enclosures: Sequence[tuple[str, int]] = (),
    ahead: Sequence[Milestone] = (),
    coordinator: Person | None = None,
    language: str = "",
) -> bytes:
    """In the language of the invitation, if no other is wished; what was written keeps its own.

    `enclosures` are names with their sizes in bytes. Neither the personal link nor the short code
    stands on it: whoever finds the paper must not be able to answer. NotFound: no answer yet.
    """
    version = personal.version
    if version is None:
        raise NotFound("There is no answer yet")
    with texts.speaking(language or personal.invitation.language):
        content = _content(personal, version, coordinator)
        content["enclosures"] = [{"name": name, "size": size(kept)} for name, kept in enclosures]
        zone = personal.whole.call.zone
        content["ahead"] = [
            _fact(texts.translate(AHEAD[each.kind]), texts.day(each.due, zone))
            for each in ahead
            if each.kind in AHEAD
        ]
    return compiled("receipt.typ", content, made=version.at.astimezone(UTC))


def size(kept: int) -> str:
    """From bytes, rounded up: a file that is there is not empty."""
    if kept < MEGABYTE:
        said = texts.number(-(-kept // KILOBYTE))
        return texts.gettext("%(size)s kB") % {"size": said}
    return texts.gettext("%(size)s MB") % {"size": texts.number(round(kept / MEGABYTE, 1))}


def _content(
    personal: Personal, version: ContributionVersion, coordinator: Person | None
) -> dict[str, Any]:
    spoken, words = personal.whole.words_in(texts.language())
    official = personal.whole.official
    number = texts.gettext("version %(number)s") % {"number": version.number}
    return {
        "language": texts.language(),
        "network": settings().network,
        "reference": personal.reference,
        "foot": f"{personal.reference} · {number}",
        "title": texts.gettext("Your answer %(reference)s") % {"reference": personal.reference},
        "call": _said(words.title, spoken),
        "notes": _notes(personal),
        "facts": _facts(personal, version),
        "answers": list(_answers(personal.whole.questions, words, spoken, version)),
        "official": _said(official.title, official.language) if official else _said("", ""),
        "comments": _comments(official, version),
        "next": [texts.gettext("You will get a letter that tells what became of your answer.")],
        "help": _help(coordinator),
        "labels": {
            "page": texts.gettext("page {page} of {pages}"),
            "answer": texts.gettext("Your answer"),
            "comments": texts.gettext("Comments on the official text"),
            "enclosures": texts.gettext("Enclosures"),
            "next": texts.gettext("What happens next"),
        },
    }


def _said(text: str, language: str) -> Said:
    return {"text": text, "language": language}


def _own(text: str, version: ContributionVersion) -> Said:
    return _said(text, version.language)


def _fact(label: str, text: str, language: str = "") -> Said:
    return {"label": texts.label(label), "text": text, "language": language or texts.language()}


def _notes(personal: Personal) -> list[str]:
    contribution = personal.contribution
    notes = []
    if contribution and contribution.state == ContributionState.WITHDRAWN:
        notes.append(texts.gettext("This answer was withdrawn."))
    if contribution and contribution.late:
        notes.append(texts.gettext("Came after the deadline"))
    return notes


def _facts(personal: Personal, version: ContributionVersion) -> list[Said]:
    call, place = personal.whole.call, personal.municipality
    role = texts.translate(ROLES[version.role]) if version.role in ROLES else version.role
    channel = texts.translate(CHANNELS[version.channel])
    who = f"{version.answered_by}, {role} ({channel})"
    zone = texts.zone_name(call.zone)
    return [
        _fact(texts.gettext("Municipality"), f"{place.name} ({place.code})", place.language),
        _fact(texts.gettext("Answered by"), who),
        _fact(texts.gettext("Basis of the answer"), _basis(version)),
        _fact(texts.gettext("Received"), f"{texts.moment(version.at, call.zone)} ({zone})"),
        _fact(texts.gettext("Version"), str(version.number)),
        _fact(texts.gettext("Deadline"), f"{texts.moment(call.answers_until, call.zone)} ({zone})"),
    ]


def _basis(version: ContributionVersion) -> str:
    said = texts.translate(labels.BASES[Basis(version.basis)])
    return f"{texts.label(said)} {texts.day(version.decided)}" if version.decided else said


def _answers(
    questions: Sequence[NewQuestion], words: Words, spoken: str, version: ContributionVersion
) -> list[dict[str, Any]]:
    """In the order of the page: the stance, why, and what else was asked and answered."""
    stance = texts.translate(labels.STANCES[Stance(version.stance)])
    asked = _said(words.questions.get(1, words.title), spoken)
    rows = [{"asked": asked, "given": _said(stance, texts.language()), "quoted": False}]
    if version.text:
        main = main_text(questions)
        why = _said(words.questions.get(main.number, ""), spoken) if main else _said("", "")
        if not why["text"]:
            why = _said(texts.gettext("Reasons"), texts.language())
        rows.append({"asked": why, "given": _own(version.text, version), "quoted": True})
    given = json.loads(version.answers)
    for each in asked_besides(questions):
        if text := given.get(str(each.number)):
            asked = _said(words.questions.get(each.number, ""), spoken)
            rows.append({"asked": asked, **_given(each, text, words, spoken, version)})
    return rows


def _given(
    asked: NewQuestion, text: str, words: Words, spoken: str, version: ContributionVersion
) -> dict[str, Any]:
    if asked.kind == QuestionKind.CHOICE:
        options = words.options.get(asked.number, ())
        chosen = int(text) if text.isdecimal() else 0
        there = 0 < chosen <= len(options)
        return {"given": _said(options[chosen - 1] if there else text, spoken), "quoted": False}
    if asked.kind == QuestionKind.NUMBER:
        return {"given": _own(f"{text} {asked.unit}".strip(), version), "quoted": False}
    return {"given": _own(text, version), "quoted": True}


def _comments(official: Official | None, version: ContributionVersion) -> list[dict[str, Any]]:
    """Each below the beginning of its paragraph; the text may have lost one since."""
    paragraphs = {each.number: each for each in official.paragraphs} if official else {}
    rows = []
    for key, text in json.loads(version.comments).items():
        there = paragraphs.get(int(key))
        counted = there.label if there and there.label != key else ""
        begins = shorten(there.text, BEGINNING, placeholder=" …") if there else ""
        rows.append(
            {
                "label": " · ".join(part for part in (key, counted) if part),
                "official": _said(begins, official.language if official else ""),
                "given": _own(text, version),
            }
        )
    return rows


def _help(coordinator: Person | None) -> str:
    if coordinator is None:
        return ""
    said = texts.gettext("Help: %(name)s") % {"name": coordinator.name}
    return ", ".join(part for part in (said, coordinator.phone, coordinator.email) if part)
