"""Undo: every reversible act has an inverse in its own room; here they are found."""
