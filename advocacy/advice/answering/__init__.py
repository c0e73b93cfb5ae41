"""Somebody answers, asks back, hands over, closes, translates, makes it an answer to a call."""
