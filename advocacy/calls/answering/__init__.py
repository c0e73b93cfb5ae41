"""A municipality answers: typed, sent, changed, withdrawn; nothing typed is lost."""
