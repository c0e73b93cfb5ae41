"""Write a position: begin it, save a version, say in which languages it binds, look at it.

save: what was | what others made of it | what I made of it
      → merged (merging.py) → its citations checked → a new version, whole, with its hash
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from advocacy import database
from advocacy.dossiers.actions import advance
from advocacy.dossiers.queries import current_window
from advocacy.dossiers.rules import Station
from advocacy.errors import Invalid, Message, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.people.rules import LANGUAGES
from advocacy.people.tables import Person
from advocacy.positions import forms, queries, rules
from advocacy.positions.passages import deciding, quotations, splitting, wordings
from advocacy.positions.passages.deciding import dispose, tag
from advocacy.positions.passages.splitting import mend, split
from advocacy.positions.rules import PositionState
from advocacy.positions.tables import Position, PositionVersion, Seen
from advocacy.positions.writing.merging import Ask, Collision, Draft, Merged, merge
from advocacy.provenance import Paragraphs, Problem, Wrong, parse, text_hash, without_citations
from feeds.reading.folding import search_text

__all__ = ["UNDO", "bind", "dispose", "mark_seen", "mend", "save", "split", "start", "tag"]

SAYS: Mapping[Wrong, Message] = {
    Wrong.UNKNOWN: Message(
        "%(citation)s is not a passage or source of this dossier. Sentence: %(sentence)s"
    ),
    Wrong.WITHDRAWN: Message(
        "%(citation)s does not stand any more: the municipality has withdrawn or "
        "changed its answer. Sentence: %(sentence)s"
    ),
    Wrong.MALFORMED: Message("%(citation)s is not a citation like [@17.2]. Sentence: %(sentence)s"),
}
SENTENCE_SHOWN = 120  # characters


class SameParagraph(Outdated):
    """Both wrote one paragraph. `merged` holds everything else, and mine where they collide."""

    def __init__(self, merged: Merged, current: int) -> None:
        self.collisions: Sequence[Collision] = merged.collisions
        self.merged, self.current = merged.draft, current
        super().__init__(
            Message("Somebody has saved this paragraph meanwhile"),
            theirs="\n\n".join(each.theirs for each in merged.collisions),
            mine="\n\n".join(each.mine for each in merged.collisions),
        )


async def start(
    dossier_id: int, *, language: str, title: str, by: Person, now: datetime
) -> Position:
    """A dossier has one position: a second start gives the first. It begins as version 0."""
    title = forms.one_line(title)
    if language not in LANGUAGES:
        raise Invalid({"language": Message("Choose one of the five languages")})
    forms.check_draft(Draft(title, []))
    async with database.transaction():
        await database.one_at_a_time(f"position of {dossier_id}")
        if known := await queries.of_dossier(dossier_id):
            return known
        window = await current_window(dossier_id)
        position = Position(
            dossier=dossier_id,
            window=window.id if window else None,
            language=language,
            state=PositionState.DRAFT,
        )
        await position.save()
        await _keep(position, 0, Draft(title, []), by=by, now=now)
        await advance(dossier_id, Station.DRAFT, by=by, now=now)
        await _record("position started", position, by=by, now=now, details={"language": language})
    return position


async def save(
    position_id: int, draft: Draft, *, base_version: int, by: Person, now: datetime
) -> PositionVersion:
    """A new version from `draft`, which was written on `base_version`; others' changes stay.

    Raises Invalid naming each sentence with a wrong citation (only in what was changed: an old
    one does not keep others from writing), SameParagraph when somebody saved the same paragraph.
    Without any change the current version is the answer. A text that is in a round or adopted
    becomes a draft again; its round finds that out by the hash.
    """
    draft = with_keys(draft)
    forms.check_draft(draft)
    async with database.transaction():
        await database.one_at_a_time(f"position {position_id}")
        position = await _open(position_id)
        current = await queries.version(position_id)
        base = await queries.version(position_id, base_version)
        theirs = queries.draft_of(current)
        merged = merge(queries.draft_of(base), theirs, draft)
        if merged.collisions:
            raise SameParagraph(merged, current.number)
        if _same(merged.draft, theirs):
            return current
        forms.check_draft(merged.draft)
        await _check_citations(position.dossier, merged.draft.paragraphs, theirs.paragraphs)
        kept = await _keep(position, current.number + 1, merged.draft, by=by, now=now)
        await _step(position, kept.number, by=by, now=now)
        details = {"version": kept.number, "base": base_version, "state before": position.state}
        await _record("position saved", position, by=by, now=now, details=details)
    return kept


async def _open(position_id: int) -> Position:
    position = await Position.objects().where(Position.id == position_id).first()
    if position is None:
        raise NotFound("There is no such position")
    rules.check_edit(position.state)
    return position


def with_keys(draft: Draft) -> Draft:
    """What is new gets the key that it keeps for good."""
    paragraphs = [(key or forms.new_key(), text) for key, text in draft.paragraphs]
    return replace(draft, paragraphs=paragraphs, asks=[Ask(*ask) for ask in draft.asks])


def _same(one: Draft, other: Draft) -> bool:
    return (one.title, list(one.paragraphs), list(one.asks)) == (
        other.title,
        list(other.paragraphs),
        list(other.asks),
    )


async def _check_citations(dossier_id: int, paragraphs: Paragraphs, before: Paragraphs) -> None:
    known = dict(before)
    changed = [(key, text) for key, text in paragraphs if known.get(key) != text]
    rows = await quotations.passages(dossier_id)
    problems = await queries.wrong_citations(dossier_id, changed, rows)
    texts, wrong = dict(changed), dict[str, Message]()
    for each in problems:
        field, sentence = f"text-{each.paragraph}", said(each, texts)
        wrong[field] = _and(wrong[field], sentence) if field in wrong else sentence
    if wrong:
        raise Invalid(wrong)


def _and(one: Message, other: Message) -> Message:
    return Message("%(one)s %(other)s", {"one": one, "other": other})


def said(problem: Problem, texts: Mapping[str, str]) -> Message:
    """Names the sentence, so that it is found without counting."""
    sentence = parse(texts[problem.paragraph])[problem.sentence - 1].text
    shown = " ".join(sentence.split())[:SENTENCE_SHOWN]
    return Message(SAYS[problem.reason].text, {"citation": problem.citation, "sentence": shown})


async def _keep(
    position: Position, number: int, draft: Draft, *, by: Person, now: datetime
) -> PositionVersion:
    asks = [{"number": a.number, "paragraph": a.paragraph, "text": a.text} for a in draft.asks]
    texts = [without_citations(text) for _, text in draft.paragraphs]
    words = "\n".join([draft.title, *texts, *(ask.text for ask in draft.asks)])
    kept = PositionVersion(
        position=position.id,
        number=number,
        title=draft.title,
        paragraphs=json.dumps(
            [{"key": key, "text": text} for key, text in draft.paragraphs], ensure_ascii=False
        ),
        asks=json.dumps(asks, ensure_ascii=False),
        text_hash=hash_of(draft),
        person=by.id,
        note=draft.note,
        at=now,
        search_text=search_text(words, language=position.language),
    )
    await kept.save()
    return kept


def hash_of(draft: Draft) -> str:
    """What a round on this text is bound to."""
    return text_hash(draft.paragraphs, draft.title, [(ask.number, ask.text) for ask in draft.asks])


async def _step(position: Position, number: int, *, by: Person, now: datetime) -> None:
    changed = (
        await Position.update(
            {
                Position.version: number,
                Position.state: PositionState.DRAFT.value,
                Position.adopted: None,
            }
        )
        .where(
            Position.id == position.id,
            Position.version == position.version,
            Position.state == position.state,
        )
        .returning(Position.id)
    )
    if not changed:
        raise Outdated("The position has just been changed. Please save again.")
    if position.state != PositionState.DRAFT:
        await advance(position.dossier, Station.DRAFT, by=by, now=now)


async def bind(position_id: int, languages: Sequence[str], *, by: Person, now: datetime) -> None:
    """In these languages the text goes out: they are checked before approval."""
    async with database.transaction():
        position = await _open(position_id)
        if unknown := set(languages) - set(LANGUAGES):
            name = min(unknown)
            raise Invalid({"binding": Message("%(name)s is not one of ours", {"name": name})})
        wanted = [each for each in LANGUAGES if each in languages and each != position.language]
        before = position.binding_languages
        changed = (
            await Position.update({Position.binding_languages: ",".join(wanted)})
            .where(Position.id == position_id, Position.binding_languages == before)
            .returning(Position.id)
        )
        if not changed:
            raise Outdated("Somebody has just changed the languages")
        details = {"before": before, "after": ",".join(wanted)}
        await _record("binding languages changed", position, by=by, now=now, details=details)


async def mark_seen(position_id: int, person: Person, version: int, now: datetime) -> None:
    """What changed since is shown to each person from the version last looked at."""
    await Seen.insert(
        Seen(position=position_id, person=person.id, version=version, at=now)
    ).on_conflict(
        target=(Seen.position, Seen.person), action="DO UPDATE", values=[Seen.version, Seen.at]
    )


async def _record(
    action: str,
    position: Position,
    *,
    by: Person,
    now: datetime,
    details: Mapping[str, object],
) -> int:
    return await record(
        action,
        kind="position",
        object=position.id,
        dossier=position.dossier,
        by=by,
        now=now,
        details=details,
    )


UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    **deciding.UNDO,
    **splitting.UNDO,
    **wordings.UNDO,
}
