"""An invented Italian observatory, read as RDF, and a gazette whose items have no guid."""

from advocacy.demo.sources.notices import Notice, Office

OBSERVATORY = Office(
    "/osservatorio",
    "Osservatorio-demo della montagna",
    "it",
    (
        # Names another day than the Commission does (+33): the press gets it wrong in life too.
        Notice(
            "trasporto-combinato",
            -4,
            "Trasporto combinato: aperta la consultazione della Commissione europea",
            "La direttiva riveduta sul trasporto combinato ({-300 year}/0396(COD)) riguarda anche "
            "il transito attraverso le Alpi. I contributi vanno inviati entro e non oltre {+31 il}. "
            "I Comuni chiedono da tempo terminal e barriere antirumore.",
            31,
            ("trasporti",),
        ),
        Notice(
            "piano-lupo",
            -2,
            "Piano regionale di gestione del lupo: osservazioni dei Comuni",
            "La bozza del piano prevede recinti, cani da guardiania e squadre di pronto intervento "
            "per gli alpeggi. Le osservazioni devono pervenire entro le ore 12:00 {+18 del}.",
            18,
            ("grandi carnivori", "agricoltura"),
        ),
        Notice(
            "tutela-acque",
            -3,
            "Piano di tutela delle acque: avviata la consultazione pubblica",
            "Nell'ambito della VAS chiunque può presentare contributi sul piano, che tratta "
            "captazioni, bacini e deflusso ecologico dei torrenti alpini. I contributi vanno "
            "inviati entro il giorno {+45 yearless}.",
            45,
            ("acqua",),
        ),
        Notice(
            "bollettino-valanghe",
            -1,
            "Valanghe: dal {-1} il bollettino unico per le Alpi centrali",
            "Il nuovo bollettino esce alle ore 17 in tre lingue e indica il grado di pericolo per "
            "ogni vallata. I sindaci lo ricevono per posta elettronica dal grado 4.",
            topics=("pericoli naturali",),
        ),
        Notice(
            "uso-suolo",
            -10,
            "Legge regionale sul consumo di suolo: termine prorogato",
            "Per la presentazione di proposte sulla bozza di legge il termine è prorogato "
            "{+4 dal} {+21 al}. La bozza limita le nuove seconde case sopra i mille metri.",
            21,
            ("suolo", "pianificazione"),
        ),
        Notice(
            "concorso-fotografico",
            -13,
            "Concorso fotografico «Rifugi sotto la neve»",
            "Le fotografie si possono inviare fino {+26 al}. In palio un fine settimana in rifugio.",
        ),
    ),
)

GAZETTE = Office(
    "/gazzetta",
    "Gazzetta-demo della Regione Alpina",
    "it",
    (
        Notice(
            "derivazione",
            -1,
            "COMUNE DI VALDESEMPIO",
            "Domanda di derivazione d'acqua a uso idroelettrico dal torrente Esempio. Le "
            "osservazioni possono essere presentate entro {+29 il} all'ufficio acque pubbliche.",
            29,
        ),
        Notice(
            "regolamento-foreste",
            -1,
            "REGIONE ALPINA DEMO - Direzione foreste",
            "Schema di regolamento forestale: parere degli enti locali. I Comuni trasmettono il "
            "parere entro e non oltre {+16 il}.",
            16,
        ),
        Notice(
            "concorso-geometra",
            -1,
            "UNIONE MONTANA D'ESEMPIO - CONCORSO (scad. {+27})",
            "Concorso pubblico, per titoli ed esami, per un posto di istruttore tecnico.",
        ),
        Notice(
            "appalto-pulizie",
            -2,
            "AZIENDA SANITARIA DEMO",
            "Appalto del servizio di pulizia. Termine per la presentazione delle offerte: "
            "{+35 dots}, ore 12.",
        ),
        Notice(
            "asta-immobili",
            -2,
            "AZIENDA SANITARIA DEMO",
            "Esito di asta pubblica per la vendita di un'autorimessa in pianura.",
        ),
        Notice(
            "decreto-teleferiche",
            -3,
            "REGIONE ALPINA DEMO - Direzione mobilità",
            "Decreto {-20 del}: norme tecniche per gli impianti a fune. Il decreto entra in "
            "vigore {+12 il}.",
        ),
        Notice(
            "smarrimento-timbro",
            -3,
            "NOTAIO MODELLO",
            "Avviso di smarrimento di un timbro professionale.",
        ),
    ),
)
