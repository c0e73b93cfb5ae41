"""The pages of rounds."""

from advocacy.approvals.handlers import deciding, noticing, opening, standing_in

handlers = [
    *deciding.handlers,
    *opening.handlers,
    *standing_in.handlers,
    *noticing.handlers,
]
