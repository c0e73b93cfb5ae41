"""The Alpine Convention: its bodies, who has chaired it, meetings whose day is known.

Periods are named by years ("mandates 2021-2022", "presidency 2025-26"): where no day is known the
first and the last day of the years stand for them. The chair changes with each ordinary
Conference. How long before a meeting observers must hand in is written nowhere that we know of:
no lead time is shipped. The only one that is known is that of an amendment (Art. 10).
"""

from datetime import date

from advocacy.bodies.shipped.shapes import (
    DECISION,
    DOCUMENTS,
    MEETING,
    KnownBody,
    KnownMeeting,
    KnownPresidency,
    KnownProcedure,
    Names,
    stage,
)

LANGUAGES = "fr,de,it,sl"
"""The official ones; what exists in English is a courtesy."""
PAGE = "https://www.alpconv.org/en/home/organisation"
MANDATE = (date(2021, 1, 1), date(2022, 12, 31))


def _group(
    key: str, names: Names, since: date | None = None, until: date | None = None
) -> KnownBody:
    return KnownBody(
        key, names, "alpine", "Europe/Vienna", parent="permanent-committee", languages=LANGUAGES,
        valid_from=since, valid_to=until,
    )  # fmt: skip


BODIES = (
    KnownBody(
        "alpine-conference",
        ("Alpine Conference", "Alpenkonferenz", "Conférence alpine", "Conferenza delle Alpi",
         "Alpska konferenca"),
        "alpine", "Europe/Vienna", languages=LANGUAGES, address=PAGE,
    ),
    KnownBody(
        "permanent-committee",
        ("Permanent Committee of the Alpine Convention", "Ständiger Ausschuss der Alpenkonvention",
         "Comité permanent de la Convention alpine",
         "Comitato permanente della Convenzione delle Alpi", "Stalni odbor Alpske konvencije"),
        "alpine", "Europe/Vienna", parent="alpine-conference", languages=LANGUAGES, address=PAGE,
    ),
    KnownBody(
        "compliance-committee",
        ("Compliance Committee of the Alpine Convention",
         "Überprüfungsausschuss der Alpenkonvention",
         "Comité de vérification de la Convention alpine",
         "Comitato di verifica della Convenzione delle Alpi",
         "Preveritveni odbor Alpske konvencije"),
        "alpine", "Europe/Vienna", parent="alpine-conference", languages=LANGUAGES, address=PAGE,
    ),
    KnownBody(
        "permanent-secretariat",
        ("Permanent Secretariat of the Alpine Convention",
         "Ständiges Sekretariat der Alpenkonvention",
         "Secrétariat permanent de la Convention alpine",
         "Segretariato permanente della Convenzione delle Alpi",
         "Stalni sekretariat Alpske konvencije"),
        "alpine", "Europe/Vienna", parent="alpine-conference", languages=LANGUAGES,
        seat="Innsbruck, Bolzano/Bozen", address=PAGE,
    ),
    # Set up by the XV Conference; at work in 2025-26 under Italy's chair.
    _group(
        "alpine-biodiversity-board",
        ("Alpine Biodiversity Board", "Alpiner Biodiversitätsbeirat",
         "Comité consultatif sur la biodiversité alpine",
         "Comitato consultivo sulla biodiversità alpina",
         "Posvetovalni odbor za alpsko biotsko raznovrstnost"),
        date(2019, 4, 4),
    ),
    _group(
        "report-state-of-the-alps-11",
        ("Ad hoc Working Group on the 11th Report on the State of the Alps",
         "Ad-hoc-Arbeitsgruppe zum 11. Alpenzustandsbericht",
         "Groupe de travail ad hoc pour le 11e Rapport sur l’état des Alpes",
         "Gruppo di lavoro ad hoc per l’11a Relazione sullo stato delle Alpi",
         "Ad hoc delovna skupina za 11. Poročilo o stanju Alp"),
        date(2025, 1, 1),
    ),
    # Of the list of 2021-22. Which of them went on afterwards is not known: an office adds it.
    _group(
        "transport-group",
        ("Transport Working Group", "Arbeitsgruppe Verkehr", "Groupe de travail Transports",
         "Gruppo di lavoro Trasporti", "Delovna skupina Promet"),
        *MANDATE,
    ),
    _group(
        "natural-hazards-group",
        ("Natural Hazards Working Group (PLANALP)", "Arbeitsgruppe Naturgefahren (PLANALP)",
         "Groupe de travail Risques naturels (PLANALP)",
         "Gruppo di lavoro Pericoli naturali (PLANALP)",
         "Delovna skupina Naravne nesreče (PLANALP)"),
        *MANDATE,
    ),
    _group(
        "wiso-group",
        ("Large Carnivores, Wild Ungulates and Society Working Group (WISO)",
         "Arbeitsgruppe Große Beutegreifer, wildlebende Huftiere und Gesellschaft (WISO)",
         "Groupe de travail Grands prédateurs, ongulés sauvages et société (WISO)",
         "Gruppo di lavoro Grandi predatori, ungulati selvatici e società (WISO)",
         "Delovna skupina Velike zveri, prostoživeči parkljarji in družba (WISO)"),
        *MANDATE,
    ),
    _group(
        "mountain-agriculture-forestry-group",
        ("Mountain Agriculture and Mountain Forestry Working Group (MAMF)",
         "Arbeitsgruppe Berglandwirtschaft und Bergwaldwirtschaft (MAMF)",
         "Groupe de travail Agriculture de montagne et forêts de montagne (MAMF)",
         "Gruppo di lavoro Agricoltura di montagna e foreste montane (MAMF)",
         "Delovna skupina Hribovsko kmetijstvo in gorski gozd (MAMF)"),
        *MANDATE,
    ),
    _group(
        "soil-protection-group",
        ("Soil Protection Working Group", "Arbeitsgruppe Bodenschutz",
         "Groupe de travail Protection des sols", "Gruppo di lavoro Difesa del suolo",
         "Delovna skupina Varstvo tal"),
        *MANDATE,
    ),
    _group(
        "spatial-planning-group",
        ("Spatial Planning and Sustainable Development Working Group",
         "Arbeitsgruppe Raumplanung und nachhaltige Entwicklung",
         "Groupe de travail Aménagement du territoire et développement durable",
         "Gruppo di lavoro Pianificazione territoriale e sviluppo sostenibile",
         "Delovna skupina Urejanje prostora in trajnostni razvoj"),
        *MANDATE,
    ),
    _group(
        "alpine-climate-board",
        ("Alpine Climate Board", "Alpiner Klimabeirat", "Comité consultatif sur le climat alpin",
         "Comitato consultivo sul clima alpino", "Posvetovalni odbor za alpsko podnebje"),
        *MANDATE,
    ),
    _group(
        "work-programme-group",
        ("Ad hoc Working Group on the Multi-Annual Work Programme 2023-2030",
         "Ad-hoc-Arbeitsgruppe Mehrjähriges Arbeitsprogramm 2023-2030",
         "Groupe de travail ad hoc Programme de travail pluriannuel 2023-2030",
         "Gruppo di lavoro ad hoc Programma di lavoro pluriennale 2023-2030",
         "Ad hoc delovna skupina Večletni program dela 2023-2030"),
        *MANDATE,
    ),
)  # fmt: skip

PRESIDENCIES = (
    KnownPresidency("alpine-conference", "DE", date(2015, 1, 1), date(2016, 12, 31)),
    KnownPresidency("alpine-conference", "AT", date(2017, 1, 1), date(2019, 4, 3)),
    KnownPresidency("alpine-conference", "FR", date(2019, 4, 4), date(2020, 12, 31)),
    KnownPresidency("alpine-conference", "CH", date(2021, 1, 1), date(2022, 10, 26)),
    KnownPresidency("alpine-conference", "SI", date(2022, 10, 27), date(2024, 12, 31)),
    # Until the XIX Conference, whose date is not known.
    KnownPresidency("alpine-conference", "IT", date(2025, 1, 1)),
)

MEETINGS = (
    KnownMeeting("alpine-conference", date(2019, 4, 4), date(2019, 4, 4), "XV", "Innsbruck"),
    KnownMeeting("alpine-conference", date(2022, 10, 26), date(2022, 10, 27), "XVII"),
    KnownMeeting("permanent-committee", date(2022, 7, 5), date(2022, 7, 6), "75", "Bern"),
    KnownMeeting("permanent-committee", date(2024, 5, 15), date(2024, 5, 16), "78", "Maribor"),
    KnownMeeting("permanent-committee", date(2025, 3, 26), date(2025, 3, 26), "81", "Roma"),
)

_SIX_MONTHS: Names = (
    "Proposals go out at least six months before the Conference.",
    "Vorschläge gehen mindestens sechs Monate vor der Konferenz hinaus.",
    "Les propositions partent au moins six mois avant la Conférence.",
    "Le proposte partono almeno sei mesi prima della Conferenza.",
    "Predlogi se pošljejo vsaj šest mesecev pred konferenco.",
)
_ONLY_PARTIES: Names = (
    "Only parties put items on the agenda: observers need a delegation that does it for them.",
    "Nur Vertragsparteien setzen Punkte auf die Tagesordnung: Beobachter brauchen eine "
    "Delegation, die es für sie tut.",
    "Seules les Parties inscrivent des points à l’ordre du jour : les observateurs ont besoin "
    "d’une délégation qui le fasse pour eux.",
    "Solo le Parti mettono punti all’ordine del giorno: gli osservatori hanno bisogno di una "
    "delegazione che lo faccia per loro.",
    "Točke na dnevni red uvrščajo le pogodbenice: opazovalci potrebujejo delegacijo, ki to stori "
    "zanje.",
)

PROCEDURES = (
    KnownProcedure(
        "alpine-decision", "alpine-conference",
        ("Decision of the Alpine Conference", "Beschluss der Alpenkonferenz",
         "Décision de la Conférence alpine", "Decisione della Conferenza delle Alpi",
         "Sklep Alpske konference"),
        (stage("working-body", ("Draft of a working body", "Entwurf eines Arbeitsgremiums",
                                "Projet d’un organe de travail",
                                "Bozza di un organo di lavoro", "Osnutek delovnega telesa")),
         stage("documents", ("Permanent Committee", "Ständiger Ausschuss", "Comité permanent",
                             "Comitato permanente", "Stalni odbor"), note=_ONLY_PARTIES),
         stage("meeting", ("Conference", "Konferenz", "Conférence", "Conferenza", "Konferenca"),
               takes_input=False)),
        law="Alpenkonvention Art. 5, 7",
    ),
    KnownProcedure(
        "alpine-amendment", "alpine-conference",
        ("Amendment of the Alpine Convention", "Änderung der Alpenkonvention",
         "Amendement de la Convention alpine", "Emendamento della Convenzione delle Alpi",
         "Sprememba Alpske konvencije"),
        (stage("proposal", ("Proposal", "Vorschlag", "Proposition", "Proposta", "Predlog"), 182,
               takes_input=False, note=_SIX_MONTHS),
         stage("meeting", ("Conference", "Konferenz", "Conférence", "Conferenza", "Konferenca"),
               takes_input=False)),
        law="Alpenkonvention Art. 10",
    ),
    KnownProcedure(
        "permanent-committee-meeting", "permanent-committee",
        ("Meeting of the Permanent Committee", "Sitzung des Ständigen Ausschusses",
         "Réunion du Comité permanent", "Seduta del Comitato permanente", "Seja Stalnega odbora"),
        (stage("documents", DOCUMENTS), stage("meeting", MEETING),
         stage("decision", DECISION, takes_input=False)),
        law="Alpenkonvention Art. 8",
    ),
)  # fmt: skip
