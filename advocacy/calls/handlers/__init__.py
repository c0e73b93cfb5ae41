"""A call's pages: drafted, checked and sent; results; the personal link."""

from advocacy.calls.handlers import answering, checking, drafting, results

handlers = [
    *drafting.handlers,
    *checking.handlers,
    *results.handlers,
    *answering.handlers,
]
