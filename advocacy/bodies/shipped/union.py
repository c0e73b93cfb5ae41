"""The European Union: Commission, Parliament, Council, Committee of the Regions."""

from advocacy.bodies.shipped.shapes import (
    CONSULTATION,
    PLENARY,
    KnownBody,
    KnownMeeting,
    KnownPresidency,
    KnownProcedure,
    Names,
    stage,
)

BODIES = (
    KnownBody(
        "commission",
        ("European Commission", "Europäische Kommission", "Commission européenne",
         "Commissione europea", "Evropska komisija"),
        "eu",
    ),
    KnownBody(
        "parliament",
        ("European Parliament", "Europäisches Parlament", "Parlement européen",
         "Parlamento europeo", "Evropski parlament"),
        "eu",
    ),
    KnownBody(
        "council",
        ("Council of the European Union", "Rat der Europäischen Union",
         "Conseil de l’Union européenne", "Consiglio dell’Unione europea",
         "Svet Evropske unije"),
        "eu",
    ),
    KnownBody(
        "committee-of-the-regions",
        ("Committee of the Regions", "Ausschuss der Regionen", "Comité des régions",
         "Comitato delle regioni", "Odbor regij"),
        "eu", address="https://cor.europa.eu",
    ),
)  # fmt: skip

PRESIDENCIES: tuple[KnownPresidency, ...] = ()
MEETINGS: tuple[KnownMeeting, ...] = ()

_MOVES: Names = (
    "Mostly a meeting, sometimes written remarks until a day. The day moves at times.",
    "Meist eine Sitzung, manchmal schriftliche Anmerkungen bis zu einem Tag. Der Tag ändert sich "
    "mitunter.",
    "Le plus souvent une réunion, parfois des remarques écrites jusqu’à un jour donné. Ce jour "
    "change parfois.",
    "Per lo più una riunione, talvolta osservazioni scritte entro un giorno. Il giorno a volte "
    "cambia.",
    "Večinoma sestanek, včasih pisne pripombe do določenega dne. Dan se včasih spremeni.",
)

PROCEDURES = (
    # Have your say: four, twelve, four and eight weeks.
    KnownProcedure(
        "have-your-say", "commission",
        ("Initiative of the Commission", "Initiative der Kommission",
         "Initiative de la Commission", "Iniziativa della Commissione", "Pobuda Komisije"),
        (stage("call_for_evidence",
               ("Call for evidence", "Aufforderung zur Stellungnahme", "Appel à contributions",
                "Invito a presentare contributi", "Poziv k predložitvi dokazov"), 28),
         stage("consultation",
               ("Public consultation", "Öffentliche Konsultation", "Consultation publique",
                "Consultazione pubblica", "Javno posvetovanje"), 84),
         stage("draft_act",
               ("Draft act", "Entwurf eines Rechtsakts", "Projet d’acte", "Progetto di atto",
                "Osnutek akta"), 28),
         stage("feedback",
               ("Feedback on the adopted act", "Rückmeldung zum angenommenen Vorschlag",
                "Retour d’information sur l’acte adopté", "Feedback sull’atto adottato",
                "Povratne informacije o sprejetem aktu"), 56)),
        text_limit=4000,
    ),
    # The stages and the ends as the Legislative Observatory names them.
    KnownProcedure(
        "legislative", "parliament",
        ("Ordinary legislative procedure (COD)", "Ordentliches Gesetzgebungsverfahren (COD)",
         "Procédure législative ordinaire (COD)", "Procedura legislativa ordinaria (COD)",
         "Redni zakonodajni postopek (COD)"),
        (stage("committee",
               ("Awaiting committee decision", "Beschluss des Ausschusses steht aus",
                "En attente de la décision de la commission",
                "In attesa della decisione della commissione", "Čaka se odločitev odbora")),
         stage("plenary",
               ("Awaiting Parliament’s 1st reading", "1. Lesung des Parlaments steht aus",
                "En attente de la 1re lecture du Parlement",
                "In attesa della 1a lettura del Parlamento", "Čaka se prva obravnava v Parlamentu"),
               takes_input=False),
         stage("council",
               ("Awaiting Council’s 1st reading position",
                "Standpunkt des Rates in 1. Lesung steht aus",
                "En attente de la position du Conseil en 1re lecture",
                "In attesa della posizione del Consiglio in 1a lettura",
                "Čaka se stališče Sveta v prvi obravnavi"), takes_input=False),
         stage("completed",
               ("Procedure completed", "Verfahren abgeschlossen", "Procédure terminée",
                "Procedura completata", "Postopek zaključen"), takes_input=False, ends=True),
         stage("rejected",
               ("Procedure rejected", "Verfahren abgelehnt", "Procédure rejetée",
                "Procedura respinta", "Postopek zavrnjen"), takes_input=False, ends=True),
         stage("lapsed",
               ("Procedure lapsed or withdrawn", "Verfahren hinfällig oder zurückgezogen",
                "Procédure caduque ou retirée", "Procedura decaduta o ritirata",
                "Postopek zapadel ali umaknjen"), takes_input=False, ends=True)),
    ),
    KnownProcedure(
        "opinion", "committee-of-the-regions",
        ("Opinion", "Stellungnahme", "Avis", "Parere", "Mnenje"),
        (stage("rapporteur", ("Rapporteur named", "Berichterstatter benannt",
                              "Rapporteur désigné", "Relatore nominato", "Imenovan poročevalec"),
               takes_input=False),
         stage("consultation", CONSULTATION, note=_MOVES),
         stage("draft", ("Draft in the commission", "Entwurf in der Fachkommission",
                         "Projet en commission", "Progetto in commissione",
                         "Osnutek v komisiji"), takes_input=False),
         stage("plenary", PLENARY, takes_input=False),
         stage("published", ("Official Journal", "Amtsblatt", "Journal officiel",
                             "Gazzetta ufficiale", "Uradni list"), takes_input=False, ends=True)),
    ),
)  # fmt: skip
