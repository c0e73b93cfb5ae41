"""The text that the call about herd protection asks about, and what some say of its paragraphs."""

OFFICIAL_TITLE = "Vorschlag zum Schutz von Weidetieren, Artikel 3 bis 5"
OFFICIAL = (
    "Artikel 3 (1) Die Mitgliedstaaten fördern Maßnahmen, die Weidetiere vor großen Beutegreifern schützen.",
    "Artikel 3 (2) Die Förderung deckt bis zu 80 vom Hundert der Kosten für Zäune und Hunde.",
    "Artikel 4 (1) Schäden werden ersetzt, wenn sie binnen 14 Tagen gemeldet werden.",
    "Artikel 4 (2) Für Weiden ohne Zufahrt legt die zuständige Behörde ein vereinfachtes Verfahren fest.",
    "Artikel 5 Die Mitgliedstaaten berichten alle drei Jahre über Kosten und Wirkung.",
)
COMMENTS: dict[str, dict[int, str]] = {
    "AT-01": {
        2: "Auch die Arbeitszeit der Hirten muss zu den Kosten zählen.",
        3: "14 Tage sind auf der Alm zu kurz: bitte 28.",
    },
    "IT-03": {4: "Il procedimento semplificato deve valere anche per gli alpeggi senza strada."},
    "SI-02": {3: "Na planini je 14 dni premalo."},
}
"""By municipality: number of the paragraph → what is said of it."""
