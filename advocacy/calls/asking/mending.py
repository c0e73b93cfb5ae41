"""Letters of a call that did not arrive: what the results page shows, and how each is mended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any  # columns of a joined table

from advocacy import database
from advocacy.calls import mails
from advocacy.calls.asking.holding import hold
from advocacy.calls.asking.inviting import letters_of as keys_of
from advocacy.calls.asking.whole_calls import WholeCall
from advocacy.calls.mails import Addressee
from advocacy.calls.rules import CallState, InvitationState, accepts
from advocacy.calls.tables import Call, Invitation
from advocacy.errors import Invalid, Message, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.mail import actions as mail
from advocacy.mail.letters import Written
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.municipalities import actions as municipalities
from advocacy.municipalities.forms import NewContact
from advocacy.municipalities.queries import coordinators
from advocacy.municipalities.rules import Rhythm
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.rules import check_address
from advocacy.people.tables import Person

LARGEST_ID = 2**31 - 1
CAME_BACK = frozenset({LetterState.FAILED, LetterState.BOUNCED})
SETTLED = (InvitationState.ANSWERED, InvitationState.ABSENT)
_call: Any = Invitation.call  # Piccolo types the columns of a joined table loosely
_place: Any = Invitation.municipality
_contact: Any = Invitation.contact
_KEPT = ("name", "role", "phone", "language", "best_time", "origin", "absent_until")


@dataclass(frozen=True, slots=True)
class Broken:
    """An invitation whose letter did not arrive, or that has nobody to write to.

    `contact` is None where an address is to be added; `address` is the present one, `gone_to` the
    one that the letter went to, `error` what the other server said.
    """

    invitation: int
    code: str
    name: str
    name_language: str
    country: str
    contact: int | None
    person: str
    address: str
    gone_to: str = ""
    error: str = ""
    state: LetterState | None = None


@dataclass(frozen=True, slots=True)
class Letters:
    """Of a call, the last one of each invitation."""

    sent: int = 0
    waiting: int = 0
    broken: tuple[Broken, ...] = ()

    @property
    def came_back(self) -> tuple[Broken, ...]:
        return tuple(each for each in self.broken if each.state is not None)

    @property
    def without(self) -> tuple[Broken, ...]:
        return tuple(each for each in self.broken if each.state is None)


async def letters_of(call_id: int) -> Letters:
    """Two queries, however many were asked. Who has answered all the same needs no mending."""
    last = await _last_letters(call_id)
    rows = await (
        Invitation.select(
            Invitation.id, Invitation.state,
            _place.code.as_alias("code"), _place.name.as_alias("name"),
            _place.language.as_alias("name_language"), _place.country.as_alias("country"),
            _contact.id.as_alias("contact"), _contact.name.as_alias("person"),
            _contact.email.as_alias("address"), _contact.bounce.as_alias("bounce"),
        )
        .where(Invitation.call == call_id)
        .order_by(_place.code)
    )  # fmt: skip
    broken = [found for row in rows if (found := _broken(row, last.get(row["id"])))]
    states = [each["state"] for each in last.values()]
    return Letters(
        states.count(LetterState.SENT), states.count(LetterState.WAITING), tuple(broken)
    )  # fmt: skip


async def _last_letters(call_id: int) -> dict[int, Mapping[str, Any]]:
    """By invitation. Keys end with its number, and from the second letter on with a count."""
    rows = await (
        Letter.select(Letter.id, Letter.key, Letter.recipient, Letter.state, Letter.error)
        .where(Letter.key.like(f"call/{call_id}/%"), Letter.state != LetterState.STOPPED)
        .order_by(Letter.id)
    )
    return {int(row["key"].split("/")[2]): row for row in rows}


def _broken(row: Mapping[str, Any], letter: Mapping[str, Any] | None) -> Broken | None:
    if row["state"] in SETTLED:
        return None
    found = Broken(
        row["id"], row["code"], row["name"], row["name_language"], row["country"],
        row["contact"], row["person"] or "", row["address"] or "",
    )  # fmt: skip
    if letter is None:
        return found
    if letter["state"] not in CAME_BACK:
        return None
    said = letter["error"] or row["bounce"] or ""
    return replace(
        found, gone_to=letter["recipient"], error=said, state=LetterState(letter["state"])
    )


async def mend(
    invitation_id: int, email: str, *, name: str = "", by: Person, now: datetime
) -> int | None:
    """Write the call's letter to this address: the contact's new one, or that of a new contact.

    Returns the event of the changed contact, which can be undone; None when its address stays.
    Invalid names the field. Outdated: it was mended, answered or closed meanwhile.
    """
    async with database.transaction():
        await hold((await _invitation(invitation_id)).call)
        found = await _invitation(invitation_id)
        municipality = found.municipality
        municipalities.check_right(by, municipality.country)
        event = None
        if found.contact is not None:
            event = await _change(found.contact, email, by=by, now=now)
        else:
            await _add(found, municipality, name, email, by=by, now=now)
        await resend(invitation_id, by=by, now=now)
    return event


def _address(email: str) -> str:
    try:
        return check_address(email)
    except Invalid as error:
        said = Message("Enter an address like name@example.org")
        raise Invalid({"email": said}) from error


async def _change(contact: Contact, email: str, *, by: Person, now: datetime) -> int | None:
    address = _address(email)
    if address == contact.email:
        return None
    kept = {each: getattr(contact, each) for each in _KEPT}
    return await municipalities.change_contact(
        contact.id, NewContact(email=address, **kept), by=by, now=now
    )


async def _add(
    found: Invitation, place: Municipality, name: str, email: str, *, by: Person, now: datetime
) -> None:
    """The address may be known already: then that contact is written to."""
    address, name = _address(email), " ".join(name.split())[:120]
    people = await Contact.objects().where(Contact.municipality == place.id).order_by(Contact.id)
    known = next((each for each in people if each.email.lower() == address.lower()), None)
    if known is None:
        if not name:
            raise Invalid({"name": Message("Enter a name")})
        new = NewContact(name=name, email=address, language=found.language)
        await municipalities.add_contact(place, new, by=by, now=now)
        known = await Contact.objects().where(
            Contact.municipality == place.id, Contact.email == address
        ).first()  # fmt: skip
    if known is None or known.calls == Rhythm.NEVER:
        raise Invalid({"email": Message("This person wants no calls by mail")})
    await Invitation.update({Invitation.contact: known.id}).where(Invitation.id == found.id)


async def resend(invitation_id: int, *, by: Person, now: datetime) -> None:
    """The call's letter once more, under a new key, to the contact's present address.

    Never a second one to an address that has it: Outdated, unless that letter came back. Outdated
    too when the call takes no answers, or has one from there.
    """
    async with database.transaction():
        whole = await hold((await _invitation(invitation_id)).call)
        found = await _invitation(invitation_id)
        contact: Contact | None = found.contact
        _check(whole, found, contact, now=now)
        assert contact is not None  # noqa: S101  _check has looked
        earlier = await _earlier(whole.call, invitation_id)
        _check_address(contact, earlier)
        await record(
            "call sent again", kind="invitation", object=invitation_id, by=by, now=now,
            dossier=whole.dossier.id,
            details={"call": whole.call.number, "code": found.municipality.code},
        )  # fmt: skip
        await _mark_sent(found, now=now)
        place = found.municipality
        who = Addressee(invitation_id, place.code, place.name, contact, found.language)
        carer = (await coordinators()).get(place.country)
        letter = mails.call(whole, who, carer)
        await mail.post(_again(letter, len(earlier)), now=now)


def _again(letter: Written, before: int) -> Written:
    return replace(letter, key=f"{letter.key}/{before + 1}") if before else letter


async def _mark_sent(found: Invitation, *, now: datetime) -> None:
    """One that nobody could be written to becomes one that waits for its answer."""
    await Invitation.update({Invitation.sent: now}).where(Invitation.id == found.id)
    await Invitation.update({Invitation.state: InvitationState.SENT}).where(
        Invitation.id == found.id, Invitation.state == InvitationState.PREPARED
    )


def _check(
    whole: WholeCall, found: Invitation, contact: Contact | None, *, now: datetime
) -> None:  # fmt: skip
    call = whole.call
    is_open = call.state == CallState.OPEN and accepts(
        CallState(call.state), answers_until=call.answers_until, now=now
    )
    if not is_open:
        raise Outdated("This call takes no answers any more: nobody is written to")
    if found.state == InvitationState.ANSWERED:
        raise Outdated("This municipality has answered meanwhile: nobody needs to be written to")
    if contact is None:
        raise Outdated("There is nobody to write to")
    if contact.calls == Rhythm.NEVER:
        raise Invalid({"email": Message("This person wants no calls by mail")})


async def _earlier(call: Call, invitation_id: int) -> Sequence[Mapping[str, Any]]:
    key = f"{keys_of(call)}{invitation_id}"
    rows: Sequence[Mapping[str, Any]] = await (
        Letter.select(Letter.key, Letter.recipient, Letter.state)
        .where((Letter.key == key) | Letter.key.like(f"{key}/%"))
        .order_by(Letter.id)
    )
    return rows


def _check_address(contact: Contact, earlier: Sequence[Mapping[str, Any]]) -> None:
    for each in earlier:
        same = each["recipient"].lower() == contact.email.lower()
        if same and each["state"] not in {*CAME_BACK, LetterState.STOPPED}:
            raise Outdated(
                Message("The letter has gone to %(address)s already", {"address": contact.email})
            )


async def _invitation(number: int) -> Invitation:
    found = None
    if 0 < number <= LARGEST_ID:
        found = await database.with_referred(
            Invitation.objects().where(Invitation.id == number).first(),
            Invitation.municipality,
            Invitation.contact,
        )
    if found is None:
        raise NotFound("There is no such invitation")
    return found
