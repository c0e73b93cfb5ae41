"""The package leaves the house: once or again, late, taken back, with what the body answered."""
