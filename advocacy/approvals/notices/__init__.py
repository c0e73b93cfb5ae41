"""Municipalities in a round by silence: they have seen the text, or object to it."""
