"""A position as a Word file, there and back."""
