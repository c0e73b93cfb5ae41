"""The versions of an answer: each is a row that is never changed, and one of them stands."""

import json
from datetime import datetime
from typing import Any  # values of columns

from advocacy.calls.answering.forms import Answer
from advocacy.calls.queries import Personal
from advocacy.calls.rules import Basis, ContributionState, Stance
from advocacy.calls.tables import Contribution, ContributionVersion
from advocacy.errors import Outdated
from advocacy.people.tables import Person
from feeds.reading.folding import search_text


def answer_of(contribution: Contribution, version: ContributionVersion) -> Answer:
    """What a version says, to be said again with something changed."""
    comments = json.loads(version.comments)
    return Answer(
        stance=Stance(version.stance),
        language=version.language,
        answered_by=version.answered_by,
        text=version.text,
        answers=json.loads(version.answers),
        basis=Basis(version.basis),
        decided=version.decided,
        role=version.role,
        name_public=contribution.name_public,
        comments={int(number): text for number, text in comments.items()},
        enclosures=tuple(json.loads(version.enclosures)),
    )


def facts_of(answer: Answer) -> dict[str, Any]:
    return {
        "stance": answer.stance,
        "text": answer.text,
        "answers": json.dumps(dict(answer.answers), ensure_ascii=False, sort_keys=True),
        "comments": json.dumps(dict(answer.comments), ensure_ascii=False, sort_keys=True),
        "enclosures": json.dumps(sorted(answer.enclosures)),
        "language": answer.language,
        "basis": answer.basis,
        "decided": answer.decided,
        "answered_by": answer.answered_by,
        "role": answer.role,
    }


def is_same(personal: Personal, answer: Answer, channel: str) -> bool:
    """Sent twice, or reloaded."""
    kept = personal.contribution
    if not personal.given or kept is None or kept.name_public != answer.name_public:
        return False
    facts = facts_of(answer) | {"channel": channel}
    return all(getattr(personal.version, name) == value for name, value in facts.items())


async def raise_version(
    personal: Personal, answer: Answer, *, late: bool, now: datetime
) -> Contribution:
    """Make the contribution, or count its version up from the one that was read."""
    said = [answer.text, *answer.answers.values(), *answer.comments.values()]
    words = f"{personal.municipality.name} {' '.join(said)}"
    found = personal.contribution
    if found is None:
        found = Contribution(
            invitation=personal.invitation.id, version=0, received=now, changed=now, late=late
        )
    before = found.version
    found.version, found.changed = before + 1, now
    found.late = found.late or late
    found.state = ContributionState.GIVEN
    found.name_public = answer.name_public
    found.search_text = search_text(words, language=answer.language)
    if not before:
        await found.save()
        return found
    moved = await (
        Contribution.update(
            {
                Contribution.version: found.version,
                Contribution.changed: now,
                Contribution.late: found.late,
                Contribution.state: ContributionState.GIVEN,
                Contribution.name_public: found.name_public,
                Contribution.search_text: found.search_text,
            }
        )
        .where(Contribution.id == found.id, Contribution.version == before)
        .returning(Contribution.id)
    )
    if not moved:
        raise Outdated("This answer has changed meanwhile: please look at it again")
    return found


def new_version(
    contribution: Contribution, answer: Answer, *, channel: str, by: Person | None, now: datetime
) -> ContributionVersion:
    return ContributionVersion(
        contribution=contribution.id,
        number=contribution.version,
        channel=channel,
        person=by.id if by else None,
        at=now,
        **facts_of(answer),
    )
