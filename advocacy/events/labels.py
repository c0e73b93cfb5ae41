"""What people read of gatherings."""

from collections.abc import Mapping

from advocacy.errors import Message
from advocacy.events.rules import (
    Became,
    Entrance,
    GatheringKind,
    GatheringState,
    RegistrationState,
    WhyNot,
)

KINDS: Mapping[GatheringKind, Message] = {
    GatheringKind.CONFERENCE: Message("Conference"),
    GatheringKind.WORKSHOP: Message("Workshop"),
    GatheringKind.EXCURSION: Message("Excursion"),
}
STATES: Mapping[GatheringState, Message] = {
    GatheringState.DRAFT: Message("Being prepared"),
    GatheringState.PUBLISHED: Message("Published"),
    GatheringState.CANCELLED: Message("Called off"),
}
COLOURS: Mapping[GatheringState, str] = {
    GatheringState.DRAFT: "mute",
    GatheringState.PUBLISHED: "ok",
    GatheringState.CANCELLED: "bad",
}
PLACE_COLOURS: Mapping[RegistrationState, str] = {
    RegistrationState.UNCONFIRMED: "mute",
    RegistrationState.WAITING: "info",
    RegistrationState.PLACED: "ok",
    RegistrationState.CANCELLED: "mute",
}
REGISTRATIONS: Mapping[RegistrationState, Message] = {
    RegistrationState.UNCONFIRMED: Message("Address not confirmed"),
    RegistrationState.WAITING: Message("On the waiting list"),
    RegistrationState.PLACED: Message("Has a place"),
    RegistrationState.CANCELLED: Message("Place given back"),
}
ENTRANCES: Mapping[Entrance, Message] = {
    Entrance.OPEN: Message("Places are free"),
    Entrance.FULL: Message("All places are taken: you can wait for one"),
    Entrance.CLOSED: Message("Registration is over"),
    Entrance.BEGUN: Message("It has begun already"),
    Entrance.OVER: Message("It is over already"),
    Entrance.CANCELLED: Message("Called off"),
    Entrance.NOT_YET: Message("Registration has not begun yet"),
}
BECAME: Mapping[Became, Message] = {
    Became.CONTRIBUTION: Message("Became an answer"),
    Became.PROJECT: Message("Became a project"),
    Became.NEWS: Message("Became news"),
}
WHY_NOT: Mapping[WhyNot, Message] = {
    WhyNot.ALREADY: Message("It has become something already."),
    WhyNot.NO_DOSSIER: Message("The point of the programme belongs to no dossier."),
    WhyNot.NO_MUNICIPALITY: Message("It does not say which municipality said it."),
    WhyNot.NO_STANCE: Message("It does not say whether the municipality agrees."),
    WhyNot.NO_CALL: Message("No call of this dossier has gone out."),
    WhyNot.NOT_ASKED: Message("This municipality was not asked in the call of this dossier."),
    WhyNot.OVER: Message("The deadline for answers is over, and an answer was given in time."),
}
