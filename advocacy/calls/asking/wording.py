"""The words of a call before it leaves: drafted, translated, checked by a named person."""

import json
from collections.abc import Mapping
from datetime import datetime

from advocacy import database
from advocacy.calls import rules
from advocacy.calls.answering.forms import NewCall, Words
from advocacy.calls.asking import audience, checking
from advocacy.calls.asking.holding import hold_window
from advocacy.calls.asking.whole_calls import WholeCall, whole_by_id
from advocacy.calls.rules import CallState
from advocacy.calls.tables import Call, CallText, Question, QuestionText
from advocacy.dossiers.rules import DeadlineState
from advocacy.dossiers.tables import Window
from advocacy.errors import Invalid, Message, Outdated
from advocacy.history.actions import record
from advocacy.people.tables import Person
from feeds.reading.folding import search_text

SENT = Message("This call has been sent: its words stay as they are")
SAVED_MEANWHILE = Message("Somebody saved this call meanwhile")


async def draft_call(window_id: int, new: NewCall, *, by: Person, now: datetime) -> Call:
    """A call for one window. Its number is the dossier's and a place: 2026-014-1.

    Outdated: the window takes no input any more.
    """
    async with database.transaction():
        window, dossier = await hold_window(window_id)
        if not takes_input(window, now=now):
            raise Outdated("This window is over: the body takes no input any more")
        call = Call(
            window=window.id,
            number=await _next_number(dossier.number),
            state=CallState.DRAFT,
            language=new.language,
            answers_until=new.answers_until,
            zone=new.zone,
            audience=audience.as_json(new.audience),
            person=by.id,
            created=now,
        )
        await call.save()
        await _write_questions(call.id, new)
        for language, words in new.words.items():
            await _write_words(call.id, language, words)
        await record(
            "call drafted", kind="call", object=call.id, by=by, now=now, dossier=dossier.id,
            details={"call": call.number},
        )  # fmt: skip
    return call


def takes_input(window: Window, *, now: datetime) -> bool:
    return window.closes > now and window.state != DeadlineState.WITHDRAWN


async def _next_number(dossier: str) -> str:
    """After the highest there is: a call keeps its number when its dossier is merged."""
    rows = await Call.select(Call.number).where(Call.number.like(f"{dossier}-%"))
    places = [int(row["number"].rpartition("-")[2]) for row in rows]
    return f"{dossier}-{max(places, default=0) + 1}"


async def change_call(
    call_id: int, new: NewCall, *, base_version: int, by: Person, now: datetime
) -> None:
    """What changed in a language is to be checked anew. Outdated: somebody saved meanwhile."""
    async with database.transaction():
        await database.one_at_a_time(f"call/{call_id}")
        before = await whole_by_id(call_id)
        moved = await (
            Call.update(
                {
                    Call.language: new.language,
                    Call.answers_until: new.answers_until,
                    Call.zone: new.zone,
                    Call.audience: audience.as_json(new.audience),
                    Call.version: base_version + 1,
                }
            )
            .where(
                Call.id == call_id, Call.state == CallState.DRAFT, Call.version == base_version
            )
            .returning(Call.id)
        )  # fmt: skip
        if not moved:
            raise Outdated(
                SENT if before.call.state != CallState.DRAFT else SAVED_MEANWHILE,
                theirs=_as_text(before.lead),
                mine=_as_text(new.words[new.language]),
            )
        await _write_questions(call_id, new)
        for language, words in new.words.items():
            await _write_words(call_id, language, words, before=before.words.get(language))
        await record(
            "call changed", kind="call", object=call_id, by=by, now=now, dossier=before.dossier.id
        )


def _as_text(words: Words) -> str:
    parts = (words.title, words.why, words.summary, *words.questions.values())
    return "\n\n".join(part for part in parts if part)


async def save_text(
    call_id: int, language: str, words: Words, *, base: str, by: Person, now: datetime
) -> None:
    """One language, by whoever speaks it. `base` is the hash of the words that were changed."""
    async with database.transaction():
        await database.one_at_a_time(f"call/{call_id}")
        whole = await _draft(call_id)
        before = whole.words.get(language, Words())
        if rules.words_hash(before.as_facts()) != base:
            raise Outdated(
                "Somebody saved this text meanwhile", theirs=_as_text(before), mine=_as_text(words)
            )
        await _write_words(call_id, language, words, before=before)
        await record(
            "call text saved", kind="call", object=call_id, by=by, now=now,
            dossier=whole.dossier.id, details={"language": language},
        )  # fmt: skip


async def check_text(call_id: int, language: str, *, by: Person, now: datetime) -> int | None:
    """A person has read it and says that it is right. The gate asks for this.

    Returns the event's id, which can be undone; None when it was checked already.
    """
    async with database.transaction():
        await database.one_at_a_time(f"call/{call_id}")
        whole = await _draft(call_id)
        if language not in whole.complete:
            raise Invalid({f"title-{language}": Message("This text is not complete yet")})
        if language in whole.checked and language not in whole.stale:
            return None
        before = checking.state(whole.texts[language])
        await CallText.update(
            {
                CallText.checked_by: by.id,
                CallText.checked: now,
                CallText.source_hash: whole.lead_hash,
                CallText.source_words: checking.kept(whole.lead),
            }
        ).where(CallText.call == call_id, CallText.language == language)
        return await record(
            "call text checked", kind="call", object=call_id, by=by, now=now,
            dossier=whole.dossier.id, details={"language": language, "before": before},
        )  # fmt: skip


async def _draft(call_id: int) -> WholeCall:
    whole = await whole_by_id(call_id)
    if whole.call.state != CallState.DRAFT:
        raise Outdated(SENT)
    return whole


async def _write_questions(call_id: int, new: NewCall) -> None:
    """Questions keep their rows, so that the words in other languages stay with them."""
    kept = {row.number: row for row in await Question.objects().where(Question.call == call_id)}
    for each in new.questions:
        row = kept.pop(each.number, None) or Question(call=call_id, number=each.number)
        row.kind, row.unit, row.required = each.kind, each.unit, each.required
        await row.save()
    for dropped in kept.values():
        await dropped.remove()


async def _write_words(
    call_id: int, language: str, words: Words, *, before: Words | None = None
) -> None:
    """Words that changed lose their check; the same words keep it."""
    row = await CallText.objects().where(
        CallText.call == call_id, CallText.language == language
    ).first() or CallText(call=call_id, language=language)  # fmt: skip
    if before is None or before != words:
        row.checked_by, row.checked, row.source_hash = None, None, ""
    row.title, row.why, row.summary = words.title, words.why, words.summary
    said = f"{words.title} {words.why} {words.summary}"
    row.search_text = search_text(said, language=language)
    await row.save()
    rows = await Question.select(Question.id, Question.number).where(Question.call == call_id)
    for question in rows:
        await _write_question_text(question, language, words)


async def _write_question_text(
    question: Mapping[str, int], language: str, words: Words
) -> None:  # fmt: skip
    number = question["number"]
    row = await QuestionText.objects().where(
        QuestionText.question == question["id"], QuestionText.language == language
    ).first() or QuestionText(question=question["id"], language=language)  # fmt: skip
    row.text = words.questions.get(number, "")
    row.options = json.dumps(list(words.options.get(number, ())), ensure_ascii=False)
    await row.save()
