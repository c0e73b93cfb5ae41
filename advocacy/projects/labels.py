"""What people call the states of a project and the columns of a list of them."""

from collections.abc import Mapping

from advocacy import texts
from advocacy.errors import Message
from advocacy.projects.rules import ProjectState

STATES: Mapping[ProjectState, Message] = {
    ProjectState.PLANNED: Message("Planned"),
    ProjectState.RUNNING: Message("Running"),
    ProjectState.FINISHED: Message("Finished"),
    ProjectState.GIVEN_UP: Message("Given up"),
}
LABELS = STATES

KINDS: Mapping[ProjectState, str] = {
    ProjectState.PLANNED: "",
    ProjectState.RUNNING: "ok",
    ProjectState.FINISHED: "mute",
    ProjectState.GIVEN_UP: "mute",
}
"""The class of the tag."""

COLUMNS: Mapping[str, Message] = {
    "number": Message("Number"),
    "code": Message("Code"),
    "language": Message("Language"),
    "title": Message("Title"),
    "summary": Message("Summary"),
    "results": Message("Results"),
    "state": Message("State"),
    "topics": Message("Topics"),
    "begins": Message("Begins"),
    "ends": Message("Ends"),
    "programme": Message("Funding programme"),
    "partners": Message("Further partners"),
    "address": Message("Address of its page"),
    "led_by": Message("Led by"),
    "members": Message("Municipalities that take part"),
    "contact_name": Message("Somebody to ask"),
    "contact_email": Message("E-mail address"),
    "contact_phone": Message("Phone"),
    "contact_languages": Message("Languages"),
    "contact_public": Message("On the public page"),
}
"""What our columns are called where a list goes out and comes in."""
TOLD = ("title", "summary", "results")


def column(key: str) -> str:
    """In the language in use; "title-de" is the title in German."""
    of, _, language = key.partition("-")
    name = texts.translate(COLUMNS[of])
    return f"{name} ({language})" if language else name
