"""A call before it leaves: its words, whom it asks, what is missing."""
