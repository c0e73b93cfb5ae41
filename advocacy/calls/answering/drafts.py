"""What somebody types before it is sent. Kept whatever the state or the hour."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from advocacy import database
from advocacy.calls.answering import forms
from advocacy.calls.answering.forms import Page
from advocacy.calls.rules import InvitationState
from advocacy.calls.tables import Contribution, ContributionVersion, Invitation
from advocacy.errors import NotFound, Outdated

BEGUN = (InvitationState.PREPARED, InvitationState.SENT, InvitationState.ABSENT)
_PAGE = "_page"


async def opened(invitation_id: int, now: datetime) -> None:
    """A person did something with the invitation: typed, entered the code, asked a colleague.

    Called from what a person posts, never from the opening of an address: programs do that.
    """
    await Invitation.update({Invitation.opened: now}).where(
        Invitation.id == invitation_id, Invitation.opened.is_null()
    )


def as_mapping(draft: str) -> Mapping[str, str]:
    kept: dict[str, str] = json.loads(draft or "{}")
    return kept


def stamp(saved: datetime | None) -> str:
    """Of the draft that a page shows: it tells later whether another was saved meanwhile."""
    return saved.astimezone(UTC).isoformat() if saved else ""


async def save_draft(invitation_id: int, typed: Mapping[str, str], now: datetime) -> str:
    """Returns the stamp of what is kept now.

    Outdated when the page on which this was typed shows neither the words that are kept nor has
    it written them: somebody else types too. Theirs stays; mine is on my page.
    """
    kept, page = forms.kept_draft(typed), forms.page(typed)
    async with database.transaction():
        await database.one_at_a_time(f"invitation/{invitation_id}")
        row = await (
            Invitation.select(Invitation.draft, Invitation.draft_saved)
            .where(Invitation.id == invitation_id)
            .first()
        )
        if row is None:
            raise NotFound("There is no such invitation")
        there = as_mapping(row["draft"])
        if page and not knows(page, there, row["draft_saved"]):
            theirs, mine = forms.words_in(there), forms.words_in(kept)
            if not set(theirs) <= set(mine):
                raise Outdated(
                    "Somebody else has typed here meanwhile",
                    theirs="\n\n".join(theirs), mine="\n\n".join(mine),
                )  # fmt: skip
        await _keep(invitation_id, kept | ({_PAGE: page.key} if page else {}), now)
    return stamp(now)


def knows(page: Page, there: Mapping[str, str], saved: datetime | None) -> bool:
    """The page shows the draft that is kept, or has written it."""
    return page.seen == stamp(saved) or (bool(page.key) and there.get(_PAGE) == page.key)


async def _keep(invitation_id: int, kept: Mapping[str, str], now: datetime) -> None:
    draft = json.dumps(kept, ensure_ascii=False)
    await Invitation.update({Invitation.draft: draft, Invitation.draft_saved: now}).where(
        Invitation.id == invitation_id
    )
    await Invitation.update({Invitation.state: InvitationState.DRAFTED}).where(
        Invitation.id == invitation_id, Invitation.state.is_in(list(BEGUN))
    )
    await opened(invitation_id, now)


def as_typed(contribution: Contribution, version: ContributionVersion) -> dict[str, str]:
    """A version as the form would hold it, to be changed."""
    answers = {f"answer-{n}": text for n, text in json.loads(version.answers).items()}
    comments = {f"comment-{n}": text for n, text in json.loads(version.comments).items()}
    return answers | comments | {
        "stance": version.stance,
        "text": version.text,
        "basis": version.basis,
        "decided": version.decided.isoformat() if version.decided else "",
        "answered_by": version.answered_by,
        "role": version.role,
        "name_public": "1" if contribution.name_public else "",
    }  # fmt: skip


def unsent(draft: str, version: ContributionVersion | None) -> list[str]:
    """The words of a draft that the answer does not hold."""
    said: list[str] = []
    if version is not None:
        said = [version.text, *json.loads(version.comments).values()]
        said += json.loads(version.answers).values()
    typed = forms.words_in(as_mapping(draft))
    return [words for words in typed if not any(words in each for each in said)]
