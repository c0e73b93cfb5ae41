"""The dates of dossiers and of bodies as events of calendars."""
