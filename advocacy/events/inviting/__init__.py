"""Municipalities are invited, each with a link of its own."""
