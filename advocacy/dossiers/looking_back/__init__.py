"""A dossier as it was on a day, and what is new since somebody last looked."""
