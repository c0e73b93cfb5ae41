"""An invented Austrian ministry, read as RSS 2.0."""

from advocacy.demo.sources.notices import Notice, Office

MINISTRY = Office(
    "/ministerium",
    "Demo-Ministerium für Berggebiete",
    "de",
    (
        Notice(
            "begutachtung-herdenschutz",
            -1,
            "Begutachtung: Novelle der Herdenschutzverordnung",
            "Der Entwurf regelt Zäune, Hirten und Herdenschutzhunde auf Almen und das Verfahren "
            "bei der Entnahme von Wölfen. Die Gemeinden sind zur Stellungnahme eingeladen. Es wird "
            "ersucht, bis spätestens {+24 dots} (einlangend) Stellung zu nehmen.",
            24,
            ("Almwirtschaft", "Große Beutegreifer"),
        ),
        Notice(
            "eu-herdenschutz",
            -3,
            "Kommission fragt zum Herdenschutz: Verordnungsvorschlag {-27 year}/0211(COD)",
            "Die Europäische Kommission hat Rückmeldungen zu ihrem Vorschlag über den Schutz von "
            "Weidetieren vor großen Beutegreifern eröffnet. Die Konsultation läuft bis zum {+29}, "
            "Mitternacht Brüsseler Zeit. Vorgesehen ist eine Förderung von 50 Prozent der Kosten.",
            29,
            ("Große Beutegreifer",),
        ),
        Notice(
            "wasserrecht-frist",
            -2,
            "Wasserrechtsnovelle: Begutachtungsfrist verlängert",
            "Auf Wunsch mehrerer Länder und Gemeinden erhält die Begutachtung der "
            "Wasserrechtsnovelle mehr Zeit. Die Frist wird bis zum {+40 austrian} verlängert "
            "(bisher: {+9 austrian}). Der Entwurf betrifft Beschneiung, Quellschutz und "
            "Restwasser an kleinen Gebirgsbächen.",
            40,
            ("Wasser",),
        ),
        Notice(
            "kombinierter-verkehr",
            -5,
            "Anhörung zum kombinierten Verkehr auf alpenquerenden Achsen",
            "Verbände und Gemeinden können zur österreichischen Haltung im Rat Stellung nehmen "
            "(Richtlinie über den kombinierten Verkehr, {-300 year}/0396(COD)). Rückmeldungen "
            "nimmt die Abteilung II/3 bis {+22} entgegen. Behandelt werden Nachtfahrverbote, "
            "Terminals und der Transit über den Brenner.",
            22,
            ("Verkehr", "Transit"),
        ),
        Notice(
            "lawinen-lagebericht",
            -1,
            "Lawinenwarndienste nehmen den Winterbetrieb auf",
            "Seit {-1} erscheint der Lawinenlagebericht wieder täglich um 17 Uhr. Neu ist eine "
            "gemeinsame Gefahrenkarte für Tirol, Südtirol und das Trentino. Gemeinden erhalten die "
            "Warnung ab Stufe 4 auch als Kurznachricht.",
            topics=("Naturgefahren",),
        ),
        Notice(
            "foerderung-energie",
            -8,
            "Fördercall: Energiegemeinschaften im Berggebiet",
            "Gefördert werden Photovoltaik auf Gemeindegebäuden und Speicher in Orten über 800 "
            "Metern. Förderanträge können bis {+52} gestellt werden. Das Budget beträgt 4,2 "
            "Millionen Euro.",
            topics=("Energie",),
        ),
        Notice(
            "abteilung-weinbau",
            -11,
            "Neue Leitung der Abteilung für Weine und Obstbau",
            "Mit {-11} hat Dr. Berta Exempel die Leitung der Abteilung übernommen. Sie folgt auf "
            "Hofrat Kurt Beispielmann, der in den Ruhestand getreten ist.",
        ),
        Notice(
            "gefluegelmarkt",
            -6,
            "Tierseuchen-Meldung: Stallpflicht für Geflügel im Flachland",
            "In drei Bezirken des Flachlands gilt ab {-5} Stallpflicht für Geflügel. Geflügelmärkte "
            "sind bis auf Weiteres untersagt.",
        ),
    ),
)
