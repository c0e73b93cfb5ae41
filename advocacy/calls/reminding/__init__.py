"""Who has not answered is written to again: not those who are away, tired or want none."""
