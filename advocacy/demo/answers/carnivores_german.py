"""Answers to the call on herd protection that came in German."""

from advocacy.demo.answers.shapes import Answer, Passage

GERMAN: tuple[Answer, ...] = (
    Answer(
        "AT-01",
        "partly",
        "council",
        (
            "Wir haben elf Almen mit rund 1.900 Schafen, vier davon sind mit Zäunen zu schützen.",
            Passage("Teilfinanzierung genügt.", "costs", "contradicts"),
            Passage(
                "Wichtiger ist uns, dass über einen Abschuss innerhalb von 48 Stunden entschieden "
                "wird und nicht erst nach drei Wochen.",
                "speed",
                "supports",
            ),
        ),
        answered=12,
        decided=15,
    ),
    Answer(
        "AT-02",
        "no",
        "council",
        (
            Passage(
                "Die Kosten des Herdenschutzes müssen vollständig ersetzt werden.",
                "costs",
                "supports",
            ),
            "Voriges Jahr haben wir 68 gerissene Schafe gezählt, 24 Tiere wurden nie gefunden.",
            Passage(
                "Über 2.200 Metern ist auf unseren sieben Almen kein Zaun zu halten: Im Juli liegt "
                "noch Schnee, und der Boden ist Fels.",
                "herd-protection",
                "supports",
            ),
        ),
        answered=11,
        decided=18,
    ),
    Answer(
        "AT-03",
        "no",
        "mayor",
        (
            Passage(
                "Drei von neun Almen wurden seit dem letzten Sommer nicht mehr bestoßen, weil "
                "niemand das Risiko tragen will.",
                "abandonment",
                "supports",
            ),
            Passage(
                "Ein Hirte kostet uns je Sommer etwa 14.000 Euro, die Förderung deckt davon 6.500.",
                "costs",
                "supports",
            ),
        ),
        answered=9,
    ),
    Answer(
        "AT-09",
        "partly",
        "office",
        (
            "Bei uns sind Bär, Wolf und Luchs durchgezogen, Schäden gab es bisher nur bei Bienen.",
            Passage(
                "Wir brauchen ein gemeinsames Monitoring mit Friaul und Slowenien, die Tiere kennen "
                "keine Staatsgrenze.",
                "monitoring",
                "supports",
            ),
        ),
        answered=8,
    ),
    Answer(
        "CH-01",
        "partly",
        "council",
        (
            Passage(
                "Auf vier Alpen arbeiten neun Herdenschutzhunde, die Risse sind von 41 auf 7 "
                "zurückgegangen.",
                "herd-protection",
                "mentions",
            ),
            Passage(
                "Im Gegenzug hatten wir letzten Sommer 13 Meldungen von Wandernden und zwei "
                "Bissverletzungen; die Haftung muss geklärt sein.",
                "guard-dogs",
                "supports",
            ),
            "Die Gemeinde ist nicht Mitglied der EU, sömmert aber 380 Tiere aus Vorarlberg.",
        ),
        answered=10,
        decided=20,
    ),
    Answer(
        "DE-01",
        "partly",
        "office",
        (
            "Betroffen sind 46 Alpen mit 3.100 Rindern und nur 210 Schafen.",
            Passage(
                "Für Jungrinder fehlt im Entwurf jede Aussage zum zumutbaren Schutz.",
                "herd-protection",
                "supports",
            ),
            Passage(
                "Der Antrag auf Förderung hat 17 Seiten; das schafft ein Nebenerwerbsbetrieb nicht.",
                "administration",
                "supports",
            ),
        ),
        answered=8,
    ),
    Answer(
        "DE-03",
        "no",
        "council",
        (
            Passage(
                "Die Kosten für den Herdenschutz müssen vollständig ersetzt werden.",
                "costs",
                "supports",
            ),
            Passage(
                "Die Gemeinde lehnt es ab, selbst Träger der Maßnahmen zu werden: Wir haben im "
                "Bauhof zwei Mitarbeiter.",
                "responsibility",
                "supports",
            ),
        ),
        answered=5,
        decided=9,
    ),
    Answer(
        "IT-09",
        "partly",
        "council",
        (
            "Auf unseren 14 Almen werden 2.600 Schafe von 63 Kleinbetrieben gemeinsam gealpt.",
            Passage(
                "Weideschutzgebiete sollen dort ausgewiesen werden, wo Schutz nachweislich nicht "
                "zumutbar ist.",
                "derogation",
                "supports",
            ),
            Passage(
                "Die Entnahme einzelner Tiere muss im Land entschieden werden, nicht in Rom oder "
                "Brüssel.",
                "speed",
                "supports",
            ),
        ),
        answered=4,
        decided=11,
    ),
    Answer(
        "LI-01",
        "not_concerned",
        "office",
        ("Unsere Alpen werden nur mit Milchkühen bestossen, wir haben dazu keine Bemerkungen.",),
        answered=13,
    ),
)
