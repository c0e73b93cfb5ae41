"""In which language somebody answered."""

from advocacy import texts
from feeds.reading.language import detect


def language_of(text: str, *, own: str) -> str:
    """Of what was written; a few words say too little, then the municipality's own."""
    found = detect(text, declared=own) or own
    return found if found in texts.LANGUAGES else own
