"""A store in memory that keeps what polls find, as feeds.polling.storing does: for rules, not for speed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from feeds.identity.comparing import New, Same, Stored
from feeds.identity.recognition import Answer, Match, Question, recognise
from feeds.parsing import ParsedEntry

HOME = "https://www.musterdorf.example/feed"


@dataclass
class Shelf:
    """One source. `versions`: id of the entry → what was published as it, oldest first."""

    policy: str = "id"
    rows: dict[int, Stored] = field(default_factory=dict)
    aliases: dict[str, int] = field(default_factory=dict)
    versions: dict[int, list[ParsedEntry]] = field(default_factory=dict)
    questions: int = 0

    def poll(self, document: Sequence[ParsedEntry], *, whole: bool = False) -> list[Match]:
        """`whole`: items that came as before are handed in all the same, as from JSON."""
        before = {row.received_hash for row in self.rows.values()} - {""}
        unread = frozenset() if whole else before & {each.received_hash for each in document}
        entries = [each for each in document if each.received_hash not in unread]
        asking = recognise(entries, self.policy, address=HOME, unread=frozenset(unread))
        try:
            question = next(asking)
            while True:
                self.questions += 1
                question = asking.send(self._answer(question))
        except StopIteration as decided:
            self.policy, matches = decided.value
        for match in matches:
            self._keep(match)
        return [match for match in matches if not isinstance(match.standing, Same)]

    def _answer(self, question: Question) -> Answer:
        keys = set(question.keys)
        aliases = {key: row for key, row in self.aliases.items() if key in keys and question.look}
        rows = [
            row
            for row in self.rows.values()
            if row.key in keys
            or (question.look and row.title in question.titles)
            or (question.look and row.text.startswith(tuple(question.beginnings) or ("\0",)))
            or row.id in aliases.values()
        ]
        return Answer(rows, aliases, barren=not self.rows)

    def _keep(self, match: Match) -> None:
        stored = match.stored
        if match.alias and stored is not None:
            self.aliases.setdefault(match.key, stored.id)
        if isinstance(match.standing, Same):
            return
        if isinstance(match.standing, New):
            assert all(row.key != match.key for row in self.rows.values())
        number = stored.id if stored else len(self.rows) + 1
        self.versions.setdefault(number, []).append(match.entry)
        self.rows[number] = as_stored(match, number, len(self.versions[number]))


def as_stored(match: Match, number: int, versions: int) -> Stored:
    entry = match.entry
    return Stored(
        id=number,
        key=match.stored.key if match.stored else match.key,
        hash=match.hash,
        title=entry.title,
        address=entry.address,
        author=entry.author,
        html=entry.html,
        text=entry.text,
        versions=versions,
        received_hash=entry.received_hash,
        published=entry.published,
        deadlines=json.dumps(
            [
                {"at": each.at.isoformat(), "kind": each.kind, "stated": True}
                for each in entry.deadlines
            ]
        ),
        enclosures=json.dumps([{"address": each.address} for each in entry.enclosures]),
    )


def received(entry: ParsedEntry) -> ParsedEntry:
    """As it came: all that can be told apart is."""
    return replace(entry, received_hash=str(hash(replace(entry, received_hash=""))))
