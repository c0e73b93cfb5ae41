"""Pages about members: the directory, one member, people, imports; letters and the own page."""

from advocacy.municipalities.handlers import (
    contacts,
    directory,
    importing,
    letters,
    member,
    own_page,
)

handlers = [
    *directory.handlers,
    *member.handlers,
    *contacts.handlers,
    *importing.handlers,
    *letters.handlers,
    *own_page.handlers,
]
