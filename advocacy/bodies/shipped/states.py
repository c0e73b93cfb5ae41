"""The eight states of the Alps, and regions of which a rule is known: how they consult.

Days stand only where a law or long practice sets them; the rest says in a note what is known.
Austria's 35 days are the median of 23 drafts of 2026 (4 to 62 days); no law sets a length.
Of Monaco no procedure of consultation is known.
"""

from advocacy.bodies.shipped.shapes import (
    CONSULTATION,
    DECISION,
    KnownBody,
    KnownMeeting,
    KnownPresidency,
    KnownProcedure,
    Names,
    stage,
)

BODIES = (
    KnownBody(
        "ch-federal",
        ("Federal administration (Switzerland)", "Bundesverwaltung (Schweiz)",
         "Administration fédérale (Suisse)", "Amministrazione federale (Svizzera)",
         "Zvezna uprava (Švica)"),
        "national", "Europe/Zurich", "CH", languages="de,fr,it",
    ),
    KnownBody(
        "at-ministry",
        ("Federal ministries (Austria)", "Bundesministerien (Österreich)",
         "Ministères fédéraux (Autriche)", "Ministeri federali (Austria)",
         "Zvezna ministrstva (Avstrija)"),
        "national", "Europe/Vienna", "AT", languages="de",
    ),
    KnownBody(
        "de-ministry",
        ("Federal ministries (Germany)", "Bundesministerien (Deutschland)",
         "Ministères fédéraux (Allemagne)", "Ministeri federali (Germania)",
         "Zvezna ministrstva (Nemčija)"),
        "national", "Europe/Berlin", "DE", languages="de",
    ),
    KnownBody(
        "fr-ministry",
        ("Ministries and prefectures (France)", "Ministerien und Präfekturen (Frankreich)",
         "Ministères et préfectures (France)", "Ministeri e prefetture (Francia)",
         "Ministrstva in prefekture (Francija)"),
        "national", "Europe/Paris", "FR", languages="fr",
    ),
    KnownBody(
        "it-ministry",
        ("Ministries (Italy)", "Ministerien (Italien)", "Ministères (Italie)",
         "Ministeri (Italia)", "Ministrstva (Italija)"),
        "national", "Europe/Rome", "IT", languages="it",
    ),
    KnownBody(
        "si-ministry",
        ("Ministries (Slovenia)", "Ministerien (Slowenien)", "Ministères (Slovénie)",
         "Ministeri (Slovenia)", "Ministrstva (Slovenija)"),
        "national", "Europe/Ljubljana", "SI", languages="sl",
    ),
    KnownBody(
        "li-government",
        ("Government (Liechtenstein)", "Regierung (Liechtenstein)", "Gouvernement (Liechtenstein)",
         "Governo (Liechtenstein)", "Vlada (Lihtenštajn)"),
        "national", "Europe/Vaduz", "LI", languages="de",
    ),
    KnownBody(
        "mc-government",
        ("Government (Monaco)", "Regierung (Monaco)", "Gouvernement princier (Monaco)",
         "Governo (Monaco)", "Vlada (Monako)"),
        "national", "Europe/Paris", "MC", languages="fr",
    ),
    KnownBody(
        "at-vorarlberg",
        ("Land of Vorarlberg", "Land Vorarlberg", "Land du Vorarlberg", "Land Vorarlberg",
         "Dežela Predarlska"),
        "regional", "Europe/Vienna", "AT", languages="de",
    ),
    KnownBody(
        "at-tirol",
        ("Land of Tyrol", "Land Tirol", "Land du Tyrol", "Land Tirolo", "Dežela Tirolska"),
        "regional", "Europe/Vienna", "AT", languages="de",
    ),
)  # fmt: skip

PRESIDENCIES: tuple[KnownPresidency, ...] = ()
MEETINGS: tuple[KnownMeeting, ...] = ()

_PUBLIC: Names = (
    "Public consultation", "Öffentliche Konsultation", "Consultation publique",
    "Consultazione pubblica", "Javno posvetovanje",
)  # fmt: skip
_SWISS: Names = (
    "At least three months. Three weeks more when it covers 15 July to 15 August, two over "
    "Christmas and New Year, one over Easter. It may be shortened with reasons.",
    "Mindestens drei Monate. Drei Wochen mehr, wenn sie vom 15. Juli bis 15. August läuft, zwei "
    "über Weihnachten und Neujahr, eine über Ostern. Mit Begründung kann sie kürzer sein.",
    "Au moins trois mois. Trois semaines de plus si elle couvre la période du 15 juillet au "
    "15 août, deux à Noël et au Nouvel An, une à Pâques. Elle peut être abrégée avec motifs.",
    "Almeno tre mesi. Tre settimane in più se comprende il periodo dal 15 luglio al 15 agosto, "
    "due a Natale e Capodanno, una a Pasqua. Può essere abbreviata con motivazione.",
    "Vsaj tri mesece. Tri tedne več, če zajema čas od 15. julija do 15. avgusta, dva čez božič in "
    "novo leto, enega čez veliko noč. Z obrazložitvijo je lahko krajše.",
)
_AUSTRIAN: Names = (
    "No law sets a length: drafts have had 4 to 62 days.",
    "Kein Gesetz setzt eine Frist: Entwürfe hatten 4 bis 62 Tage.",
    "Aucune loi ne fixe de durée : les projets ont eu de 4 à 62 jours.",
    "Nessuna legge fissa una durata: i progetti hanno avuto da 4 a 62 giorni.",
    "Noben zakon ne določa roka: osnutki so imeli od 4 do 62 dni.",
)
_NO_LENGTH: Names = (
    "No length is set.", "Keine Frist ist festgelegt.", "Aucune durée n’est fixée.",
    "Nessuna durata è fissata.", "Rok ni določen.",
)  # fmt: skip
_INQUIRY: Names = (
    "15 or 30 days.", "15 oder 30 Tage.", "15 ou 30 jours.", "15 o 30 giorni.", "15 ali 30 dni.",
)  # fmt: skip
_ITALIAN: Names = (
    "It differs. Notices often give no year.",
    "Verschieden. Bekanntmachungen nennen oft kein Jahr.",
    "Variable. Les avis n’indiquent souvent pas l’année.",
    "Variabile. Gli avvisi spesso non indicano l’anno.",
    "Različno. Obvestila pogosto ne navajajo leta.",
)
_SLOVENE: Names = (
    "At least 30 days for drafts on the environment. There have been shorter ones.",
    "Mindestens 30 Tage für Entwürfe zur Umwelt. Es gab kürzere.",
    "Au moins 30 jours pour les projets concernant l’environnement. Il y en a eu de plus courts.",
    "Almeno 30 giorni per i progetti sull’ambiente. Ce ne sono stati di più brevi.",
    "Vsaj 30 dni za osnutke predpisov o okolju. Bili so tudi krajši roki.",
)
_LIECHTENSTEIN: Names = (
    "A new ordinance is in force since 1 April 2026. Municipalities are asked very often.",
    "Seit 1. April 2026 gilt eine neue Verordnung. Gemeinden werden sehr oft befragt.",
    "Une nouvelle ordonnance est en vigueur depuis le 1er avril 2026. Les communes sont très "
    "souvent consultées.",
    "Una nuova ordinanza è in vigore dal 1º aprile 2026. I comuni sono consultati molto spesso.",
    "Od 1. aprila 2026 velja nova uredba. Občine so zelo pogosto vprašane.",
)
_HEARING: Names = (
    "At most three months.", "Höchstens drei Monate.", "Au plus trois mois.",
    "Al massimo tre mesi.", "Največ tri mesece.",
)  # fmt: skip
_DISPLAY: Names = (
    "Public display", "Öffentliche Auflage", "Mise à l’enquête publique",
    "Esposizione al pubblico", "Javna razgrnitev",
)  # fmt: skip

PROCEDURES = (
    KnownProcedure(
        "ch-consultation", "ch-federal",
        ("Consultation procedure", "Vernehmlassung", "Procédure de consultation",
         "Procedura di consultazione", "Posvetovalni postopek"),
        (stage("consultation", CONSULTATION, 92, note=_SWISS),
         stage("decision", DECISION, takes_input=False)),
        law="VlG Art. 7",
    ),
    KnownProcedure(
        "at-consultation", "at-ministry",
        ("Review of a draft", "Begutachtung", "Examen d’un projet de loi",
         "Esame di un disegno di legge", "Javna obravnava osnutka"),
        (stage("consultation", CONSULTATION, 35, note=_AUSTRIAN),
         stage("decision", DECISION, takes_input=False)),
    ),
    KnownProcedure(
        "de-consultation", "de-ministry",
        ("Hearing of states and associations", "Länder- und Verbändeanhörung",
         "Audition des Länder et des associations", "Audizione dei Länder e delle associazioni",
         "Posvet z deželami in združenji"),
        (stage("hearing", CONSULTATION, note=_NO_LENGTH),
         stage("decision", DECISION, takes_input=False)),
        law="GGO § 47",
    ),
    KnownProcedure(
        "fr-consultation", "fr-ministry",
        ("Consultation of the public", "Öffentlichkeitsbeteiligung",
         "Participation du public par voie électronique", "Consultazione del pubblico",
         "Posvetovanje z javnostjo"),
        (stage("consultation", CONSULTATION, 21),
         stage("synthesis", ("Synthesis published", "Zusammenfassung veröffentlicht",
                             "Synthèse publiée", "Sintesi pubblicata", "Objavljen povzetek"), 90,
               takes_input=False),
         stage("decision", DECISION, takes_input=False)),
        law="Code de l’environnement L.123-19-1",
    ),
    KnownProcedure(
        "fr-inquiry", "fr-ministry",
        ("Public inquiry", "Öffentliche Anhörung", "Enquête publique", "Inchiesta pubblica",
         "Javna obravnava"),
        (stage("consultation", CONSULTATION, note=_INQUIRY),
         stage("decision", DECISION, takes_input=False)),
    ),
    KnownProcedure(
        "it-consultation", "it-ministry", _PUBLIC,
        (stage("consultation", CONSULTATION, note=_ITALIAN),
         stage("decision", DECISION, takes_input=False)),
    ),
    KnownProcedure(
        "si-consultation", "si-ministry",
        ("Public discussion", "Öffentliche Erörterung", "Débat public", "Dibattito pubblico",
         "Javna razprava"),
        (stage("consultation", CONSULTATION, 30, note=_SLOVENE),
         stage("decision", DECISION, takes_input=False)),
    ),
    KnownProcedure(
        "li-consultation", "li-government",
        ("Consultation procedure", "Vernehmlassung", "Procédure de consultation",
         "Procedura di consultazione", "Posvetovalni postopek"),
        (stage("consultation", CONSULTATION, note=_LIECHTENSTEIN),
         stage("decision", DECISION, takes_input=False)),
    ),
    KnownProcedure(
        "at-vorarlberg-display", "at-vorarlberg",
        ("Draft of a development concept", "Entwurf eines Entwicklungskonzepts",
         "Projet de concept de développement", "Bozza di piano di sviluppo",
         "Osnutek razvojnega koncepta"),
        (stage("consultation", _DISPLAY, 28), stage("decision", DECISION, takes_input=False)),
    ),
    KnownProcedure(
        "at-tirol-display", "at-tirol",
        ("Hearing and public display", "Anhörung und öffentliche Auflage",
         "Audition et mise à l’enquête publique", "Audizione ed esposizione al pubblico",
         "Posvet in javna razgrnitev"),
        (stage("hearing", CONSULTATION, note=_HEARING), stage("consultation", _DISPLAY, 28),
         stage("decision", DECISION, takes_input=False)),
    ),
)  # fmt: skip
