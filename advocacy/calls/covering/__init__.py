"""Who has answered and who has not, and what is done about it."""
