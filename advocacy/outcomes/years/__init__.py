"""The account of a year: asked, answered, handed in in time, adopted."""
