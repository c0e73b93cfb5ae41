"""Routes of the station: the check, the board, who signs, the link of who is asked to sign."""

from advocacy.submissions.handlers import board, checking, co_signing, signatories

handlers = [
    *checking.handlers,
    *board.handlers,
    *signatories.handlers,
    *co_signing.handlers,
]
