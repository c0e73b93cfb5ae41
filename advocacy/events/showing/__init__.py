"""A gathering as a calendar, a map, badges and a list."""
