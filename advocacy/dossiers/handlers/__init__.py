"""Dossiers: look at them, open them, change them."""

from advocacy.dossiers.handlers import changing, looking, opening

handlers = [*looking.handlers, *opening.handlers, *changing.handlers]
