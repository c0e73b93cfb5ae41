"""What pages and letters need to know of invitations and answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # a row is what its table says

from advocacy import database
from advocacy.calls import labels, rules
from advocacy.calls.answering import enclosures
from advocacy.calls.answering.enclosures import EnclosureRow
from advocacy.calls.asking.whole_calls import WholeCall, of_dossier, whole_by_id
from advocacy.calls.covering.coverage import by_country, coverage
from advocacy.calls.covering.latest import answers_to, contributions_of
from advocacy.calls.rules import CallState, ContributionState, InvitationState
from advocacy.calls.tables import CallText, Contribution, ContributionVersion, Invitation
from advocacy.errors import NotFound
from advocacy.municipalities.rules import is_code
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.tokens import derived_code, derived_token, hashed, hashed_code
from advocacy.settings import settings

__all__ = ["contributions_of", "coverage", "invitation_by_token", "link_of", "of_dossier"]

TOKEN_LENGTH = 43


@dataclass(frozen=True, slots=True)
class Personal:
    """An invitation with all that its page shows. Nothing here is of another municipality."""

    invitation: Invitation
    municipality: Municipality
    contact: Contact | None
    whole: WholeCall
    contribution: Contribution | None
    version: ContributionVersion | None
    files: tuple[EnclosureRow, ...] = ()

    @property
    def enclosures(self) -> list[EnclosureRow]:
        """What goes with the next version."""
        return [each for each in self.files if not each.removed]

    @property
    def enclosed(self) -> list[EnclosureRow]:
        """What came with the version that stands."""
        named = enclosures.named_in([self.version] if self.version else [])
        return [each for each in self.files if each.id in named]

    @property
    def given(self) -> bool:
        return self.contribution is not None and self.contribution.state == ContributionState.GIVEN

    @property
    def reference(self) -> str:
        return rules.reference(self.whole.call.number, self.municipality.code)

    def reception(self, *, now: datetime) -> rules.Reception:
        call = self.whole.call
        return rules.reception(
            CallState(call.state), leaves=call.leaves, answers_until=call.answers_until,
            given=self.given, now=now,
        )  # fmt: skip


async def invitation_by_token(token: str) -> Personal:
    """NotFound for a link that is not ours, or was mistyped."""
    row = None
    if len(token) == TOKEN_LENGTH:
        row = await _asked(Invitation.token_hash == hashed(token))
    if row is None:
        raise NotFound("We do not know this link")
    return await _personal(row)


async def invitation_by_code(code: str) -> Personal | None:
    """By the short code on paper, as it was typed."""
    wanted = hashed_code(code, "invitation")
    row = await _asked(Invitation.code_hash == wanted)
    return await _personal(row) if row else None


async def invitation(invitation_id: int) -> Personal:
    row = await _asked(Invitation.id == invitation_id)
    if row is None:
        raise NotFound("There is no such invitation")
    return await _personal(row)


async def invitation_of(number: str, code: str) -> Personal:
    """What one municipality was asked in one call."""
    known = rules.is_call_number(number) and is_code(code.upper())
    row = known and await _asked(
        Invitation.call.number == number, Invitation.municipality.code == code.upper()
    )
    if not row:
        raise NotFound("This municipality was not asked")
    return await _personal(row)


async def _asked(*where: Any) -> Invitation | None:
    return await database.with_referred(
        Invitation.objects().where(*where).first(), Invitation.municipality, Invitation.contact
    )


async def _personal(row: Invitation) -> Personal:
    contribution = await Contribution.objects().where(Contribution.invitation == row.id).first()
    version = None
    if contribution:
        version = await (
            ContributionVersion.objects()
            .where(
                ContributionVersion.contribution == contribution.id,
                ContributionVersion.number == contribution.version,
            )
            .first()
        )
    whole_call = await whole_by_id(row.call)
    files = await enclosures.of_invitation(row.id)
    return Personal(row, row.municipality, row.contact, whole_call, contribution, version, files)


async def participation_of(calls: Sequence[int]) -> dict[int, tuple[int, int]]:
    """By call: how many were asked, and how many of them have answered."""
    return {
        call: (sum(each.asked for each in there), sum(each.answered for each in there))
        for call, there in (await by_country(calls)).items()
    }


def token_of(invitation_id: int) -> str:
    return derived_token("invitation", invitation_id)


def code_of(invitation_id: int) -> str:
    """Eight characters, shown as K7M2-QXD4."""
    return derived_code("invitation", invitation_id)


def link_of(invitation_id: int) -> str:
    """The address of the personal link, as it stands in letters."""
    return f"{settings().base_url}/a/{token_of(invitation_id)}"


async def of_municipality(municipality: int, *, language: str = "") -> list[dict[str, Any]]:
    """Calls that this municipality was asked, with what it answered; the newest first.

    Under their title in `language` where there is one, else in the call's own.
    """
    rows = await (
        Invitation.select(
            Invitation.id,
            Invitation.state,
            Invitation.sent,
            Invitation.call.id.as_alias("call"),
            Invitation.call.number.as_alias("number"),
            Invitation.call.language.as_alias("language"),
            Invitation.call.state.as_alias("call_state"),
            Invitation.call.answers_until.as_alias("answers_until"),
            Invitation.call.zone.as_alias("zone"),
        )
        .where(
            Invitation.municipality == municipality,
            Invitation.call.state.is_in([CallState.OPEN, CallState.CLOSED]),
        )
        .order_by(Invitation.id, ascending=False)
        .limit(50)
    )
    if not rows:
        return []
    answers = await answers_to([row["id"] for row in rows])
    given = {n: row for n, row in answers.items() if row["state"] == ContributionState.GIVEN}
    titles = await CallText.select(CallText.call, CallText.language, CallText.title).where(
        CallText.call.is_in([row["call"] for row in rows])
    )
    said = {(each["call"], each["language"]): each["title"] for each in titles}
    for row in rows:
        answer = given.get(row["id"], {})
        if said.get((row["call"], language)):
            row["language"] = language
        row["title"] = said.get((row["call"], row["language"]), row["number"])
        row["state_label"] = labels.INVITATIONS[InvitationState(row["state"])]
        row["stance_label"] = labels.STANCES[rules.Stance(answer["stance"])] if answer else None
        row["text"] = answer.get("text", "")
        row["text_language"] = answer.get("language", row["language"])
    return rows
