"""The first words, in five languages at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.calls.rules import Stance
from advocacy.letterbox.reading.stances import stance_of

SAID = {
    Stance.YES: [
        "Ja", "JA!", "„Ja“", "ja, aber nur bei uns", "Oui.", "«Oui»", "Sì", "Sì, certo", "Si, va bene",
        "Si", "Da.", "Da, imamo 14 planin", "Yes", "Yes - with one remark", "1. Ja", "- Ja", "Antwort: Ja",
        "Frage 1: Ja", "Unsere Antwort ist ja, weil es stimmt", "Die Gemeinde Musterdorf: ja",
        "Guten Tag Frau Muster,\n\nja, wir sind dafür.", "Spoštovani,\nda.", "Da ker imamo planine",
        "Grüß Gott, ja", "Buongiorno Signora Muster,\nsì, perché abbiamo alpeggi",
    ],
    Stance.PARTLY: [
        "Jein", "Teilweise", "Zum Teil", "Ja, teilweise", "Ja und nein", "en partie", "Partiellement",
        "Oui, mais seulement en partie", "In parte", "Parzialmente", "Sì, ma solo in parte", "Deloma.",
        "Delno", "Da, deloma", "deloma se strinjamo", "Partly", "Partially, because", "yes and no",
        "Nein, nur teilweise", "Sehr geehrte Frau Muster,\nteilweise. Wir haben 14 Almen.",
    ],
    Stance.NO: [
        "Nein", "nein, aber danke", "Nein, aber", "Non", "Non, car le projet ignore tout", "No", "No.",
        "no, perché non è vero", "Ne", "NE!", "Ne, ker nimamo planin", "Ne strinjamo se", "No, not at all",
        "Spoštovana ga. Muster,\n\nne.",
    ],
    Stance.NO_OBJECTION: [
        "Kein Einwand", "Keine Einwände.", "Wir haben keine Einwände", "Nein, keine Einwände",
        "Pas d'objection", "Aucune objection de notre part", "Nous n'avons pas d’objection",
        "Nessuna obiezione", "Non abbiamo nessuna obiezione", "Brez pripomb", "Ni pripomb.",
        "Nimamo pripomb", "No objection", "no objections from us", "No, we have no objection",
    ],
    Stance.NOT_CONCERNED: [
        "Betrifft uns nicht", "Das betrifft uns nicht.", "Wir sind nicht betroffen", "Ne nous concerne pas",
        "Cela ne nous concerne pas.", "Non concernés", "Nous ne sommes pas concernés", "Non ci riguarda",
        "La questione non ci riguarda", "Nas ne zadeva", "To nas ne zadeva.", "Ne zadeva nas",
        "Does not concern us", "This doesn't concern us", "Nein, betrifft uns nicht", "Ne vemo.",
        "Weiß nicht", "Nous ne savons pas",
    ],
    Stance.NOT_STATED: [
        "", "Danke!", "Da bi lahko odgovorili, potrebujemo več časa.", "Da unsere Gemeinde klein ist",
        "Da noi non ci sono lupi", "Si tratta di una questione difficile", "Si le projet était meilleur",
        "Non possiamo rispondere ora", "Ne moremo odgovoriti", "Ne vemo, ali je to za nas", "No one asked us",
        "Jagd ist wichtig", "Nord und Süd", "Jahr für Jahr", "Partly-sunny", "Noch nicht", "Neben uns",
        "Wir melden uns nächste Woche. Ja, bestimmt.", "Oui-dire", "Daleč", "Den Entwurf finden wir gut",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "stance"), [(text, stance) for stance, texts in SAID.items() for text in texts]
)
def test_the_first_words_name_the_stance(text: str, stance: Stance):
    assert stance_of(text) == stance


@pytest.mark.parametrize(
    "greeting",
    [
        "Guten Tag Frau Muster,",
        "Sehr geehrte Damen und Herren,\nvielen Dank für Ihre Anfrage.",
        "Bonjour,\n\nmerci pour votre message.",
        "Gentile Signora Muster,\nLa ringrazio per la lettera.",
        "Spoštovani,\n\nhvala za vaše pismo.",
        "Dear Ana,\nthank you for asking.",
        "Hallo!",
    ],
)
@pytest.mark.parametrize("stance", [Stance.YES, Stance.PARTLY, Stance.NO_OBJECTION])
def test_greetings_and_thanks_are_passed_over(greeting: str, stance: Stance):
    assert stance_of(f"{greeting}\n\n{SAID[stance][0]}. Mehr dazu.") == stance


@given(st.sampled_from([each for each in Stance if each is not Stance.NOT_STATED]), st.data())
def test_capitals_and_quotation_marks_say_nothing(stance: Stance, data: st.DataObject):
    text = data.draw(st.sampled_from(SAID[stance]))
    around = data.draw(st.sampled_from(["{}", "  {}", "„{}“", "»{}«", '"{}"', "*{}*"]))
    cased = data.draw(st.sampled_from([str.upper, str.lower, str]))
    assert stance_of(around.format(cased(text))) == stance
