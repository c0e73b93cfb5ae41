"""A municipality asks in its own language; somebody always has the question in hand."""
