"""A call on a sheet of A4: to be talked over in the council, filled in with a pen, typed in."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any  # what a template shows

import segno

from advocacy import texts
from advocacy.calls import labels, rules
from advocacy.calls.answering.forms import main_text
from advocacy.calls.asking.call_forms import NewQuestion, Words
from advocacy.calls.asking.whole_calls import WholeCall
from advocacy.calls.queries import code_of, link_of
from advocacy.calls.rules import OFFERED, Basis, QuestionKind
from advocacy.municipalities.tables import Municipality
from advocacy.people.tables import Person
from advocacy.settings import settings
from advocacy.typesetting import compiled

Said = dict[str, str]


@dataclass(frozen=True, slots=True)
class Copy:
    """What is one municipality's own: its link, its short code, who helps it."""

    invitation: int
    municipality: Municipality
    language: str
    coordinator: Person | None = None


def council_sheets(whole: WholeCall, copies: Sequence[Copy]) -> bytes:
    """One after another, each in its language, each from its page 1. At least one copy.

    The sheet carries the personal link as a QR code and the short code: it is for the
    municipality alone, and says so.
    """
    made = whole.call.leaves or whole.call.created
    return compiled("council_sheet.typ", content_of(whole, copies), made=made.astimezone(UTC))


def content_of(whole: WholeCall, copies: Sequence[Copy]) -> dict[str, Any]:
    first = copies[0]
    return {
        "title": whole.words_in(first.language)[1].title,
        "language": first.language,
        "network": settings().network,
        "sheets": [_sheet(whole, each) for each in copies],
    }


def short_code(invitation_id: int) -> str:
    code = code_of(invitation_id)
    return f"{code[:4]}-{code[4:]}"


def picture_of(address: str) -> str:
    """A QR code as SVG, with the quiet zone of four modules that readers need (ISO/IEC 18004).

    A fold or a stain may cost it 15 % of its signs.
    """
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", border=4, xmldecl=False, light="#fff")
    return drawn.getvalue().decode()


def _sheet(whole: WholeCall, copy: Copy) -> dict[str, Any]:
    with texts.speaking(copy.language):
        spoken, words = whole.words_in(copy.language)
        place, call = copy.municipality, whole.call
        official = whole.official
        moment = texts.moment(call.answers_until, call.zone)
        deadline = texts.gettext("Deadline: %(moment)s (%(zone)s)")
        return {
            "language": copy.language,
            "reference": rules.reference(call.number, place.code),
            "place": _said(place.name, place.language),
            "title": _said(words.title, spoken),
            "deadline": deadline % {"moment": moment, "zone": texts.zone_name(call.zone)},
            "why": _said(words.why, spoken),
            "summary": _said(words.summary, spoken),
            "questions": list(_questions(whole.questions, words, spoken)),
            "official": _said(official.title, official.language) if official else _said("", ""),
            "bases": [
                {"text": texts.translate(label), "dated": basis is Basis.COUNCIL}
                for basis, label in labels.BASES.items()
            ],
            "code": short_code(copy.invitation),
            # Every browser adds it, and nobody has to type it.
            "code_page": f"{settings().base_url}/a".removeprefix("https://"),
            "code_picture": picture_of(link_of(copy.invitation)),
            "help": _help(copy.coordinator),
            "labels": _labels(),
        }


def _said(text: str, language: str) -> Said:
    return {"text": text, "language": language}


def _questions(questions: Sequence[NewQuestion], words: Words, spoken: str) -> list[dict[str, Any]]:
    """The question, why, and what else is asked; "Why?" also where nobody asked it in words."""
    rows = [_stance(words, spoken)]
    main = main_text(questions)
    if main is None:
        why = _said(texts.gettext("Why? (optional)"), texts.language())
        rows.append(_row("text", why, main=True))
    for each in questions:
        if each.kind == QuestionKind.STANCE:
            continue
        said = _said(words.questions.get(each.number, ""), spoken)
        rows.append(
            _row(
                each.kind,
                said,
                remark="" if each.required else texts.gettext("(optional)"),
                unit=each.unit,
                main=each == main,
                options=[_said(option, spoken) for option in words.options.get(each.number, ())],
            )
        )
    return rows


def _stance(words: Words, spoken: str) -> dict[str, Any]:
    options = [_said(texts.translate(labels.STANCES[each]), texts.language()) for each in OFFERED]
    return _row("stance", _said(words.questions.get(1, words.title), spoken), options=options)


def _row(kind: str, asked: Said, **more: Any) -> dict[str, Any]:
    bare: Mapping[str, Any] = {"remark": "", "unit": "", "main": False, "options": []}
    return {"kind": kind, "text": asked, **bare, **more}


def _help(coordinator: Person | None) -> str:
    if coordinator is None:
        return ""
    said = texts.gettext("Or give this sheet to %(name)s, who types it in for you.")
    said %= {"name": coordinator.name}
    reached = " · ".join(part for part in (coordinator.phone, coordinator.email) if part)
    return f"{said} {reached}".strip()


def _labels() -> dict[str, str]:
    return {
        "page": texts.gettext("page {page} of {pages}"),
        "sheet": texts.gettext("Sheet for the council"),
        "comments": texts.gettext("Comments on paragraphs of the text: number and comment"),
        "basis": texts.gettext("On what does the answer rest?"),
        "decided": texts.label(texts.gettext("Day")),
        "name": texts.gettext("Name"),
        "role": texts.gettext("Role"),
        "date": texts.gettext("Day"),
        "signature": texts.gettext("Signature"),
        "back": texts.gettext("To send the answer"),
        "scan": texts.gettext(
            "Scan the picture with a phone: the form opens. Nothing is sent before somebody "
            "presses “Send answer” there."
        ),
        "or_type": texts.label(texts.gettext("Or open this page")),
        "code": texts.label(texts.gettext("and type this code")),
        "keep": texts.gettext(
            "The code is for your municipality alone: whoever has this sheet can answer for it."
        ),
        "picture": texts.gettext("QR code that opens the form of your municipality"),
    }
