"""What can be done about members and the people in them, by what it is about."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from advocacy.history.tables import Event
from advocacy.municipalities.comparing import Imported, compare, dry_run
from advocacy.municipalities.confirming import (
    ask_to_confirm,
    change_own,
    confirm,
    confirm_due,
)
from advocacy.municipalities.contacts import (
    add_contact,
    change_contact,
    check_right,
    note_arrival,
    note_bounce,
    remove_contact,
    undo_contact,
    want_letters,
)
from advocacy.municipalities.importing import import_file, import_rows, take_in
from advocacy.municipalities.members import (
    add_member,
    change_member,
    retire,
    take_in_again,
    undo_member,
)
from advocacy.municipalities.misrepresenting import report, settle, undo_settling
from advocacy.municipalities.taking_back import undo_import
from advocacy.people.tables import Person

__all__ = [
    "UNDO",
    "Imported",
    "add_contact",
    "add_member",
    "ask_to_confirm",
    "change_contact",
    "change_member",
    "change_own",
    "check_right",
    "compare",
    "confirm",
    "confirm_due",
    "dry_run",
    "import_file",
    "import_rows",
    "note_arrival",
    "note_bounce",
    "remove_contact",
    "report",
    "retire",
    "settle",
    "take_in",
    "take_in_again",
    "want_letters",
]

UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "contact added": undo_contact,
    "contact changed": undo_contact,
    "contact removed": undo_contact,
    "member added": undo_member,
    "member changed": undo_member,
    "member retired": undo_member,
    "member taken in again": undo_member,
    "members imported": undo_import,
    "misrepresentation settled": undo_settling,
}
