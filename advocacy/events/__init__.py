"""Conferences, workshops, excursions: places, programme, and what was said there."""
