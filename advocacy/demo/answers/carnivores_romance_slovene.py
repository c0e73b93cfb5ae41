"""Answers to the call on herd protection in French, Italian and Slovene."""

from advocacy.demo.answers.shapes import Answer, Passage

ROMANCE_AND_SLOVENE: tuple[Answer, ...] = (
    Answer(
        "CH-02",
        "partly",
        "mayor",
        (
            "La commune compte six alpages, dont deux sans accès carrossable.",
            Passage(
                "Sans route ni eau, un parc de nuit n'est pas réalisable : il faut le reconnaître "
                "comme alpage non protégeable.",
                "derogation",
                "supports",
            ),
            Passage(
                "Le bureau cantonal répond aujourd'hui en cinq jours, c'est un délai qui fonctionne.",
                "speed",
                "mentions",
            ),
        ),
        answered=7,
    ),
    Answer(
        "CH-07",
        "no",
        "mayor",
        (
            Passage(
                "Siamo 540 abitanti e abbiamo speso 23'000 franchi in due anni per recinti e "
                "trasporti in elicottero.",
                "costs",
                "supports",
            ),
            Passage(
                "Dei cinque alpeggi di capre ne restano due.",
                "abandonment",
                "supports",
            ),
        ),
        answered=6,
    ),
    Answer(
        "FR-02",
        "partly",
        "council",
        (
            "Trois groupements pastoraux, 2 400 brebis, deux bergers salariés.",
            Passage(
                "Les chiens de protection ont permis de passer de 32 à 9 attaques en trois ans.",
                "herd-protection",
                "mentions",
            ),
            Passage(
                "Les communes doivent recevoir le résultat des analyses génétiques sous quinze "
                "jours, et non après cinq mois.",
                "monitoring",
                "supports",
            ),
        ),
        answered=9,
        decided=16,
    ),
    Answer(
        "FR-06",
        "no",
        "council",
        (
            Passage(
                "Le reste à charge représente 11 000 euros par an pour notre groupement pastoral ; "
                "une prise en charge à 100 % est indispensable.",
                "costs",
                "supports",
            ),
            Passage(
                "Le projet confie l'organisation aux maires sans leur donner ni personnel ni budget.",
                "responsibility",
                "supports",
            ),
        ),
        answered=4,
        decided=7,
    ),
    Answer(
        "FR-07",
        "no",
        "mayor",
        (
            "Quatre attaques en septembre, 19 brebis tuées, 6 disparues.",
            Passage(
                "L'autorisation de tir de défense est arrivée douze jours après la dernière attaque.",
                "speed",
                "supports",
            ),
            Passage(
                "Le logement des bergers d'appui doit être éligible : nos deux cabanes datent de "
                "1962.",
                "herd-protection",
                "supports",
            ),
        ),
        answered=3,
    ),
    Answer(
        "IT-01",
        "no",
        "council",
        (
            "Le malghe comunali sono otto, le pecore circa 1.350.",
            Passage("Il costo supera il 3 % del bilancio.", "costs", "supports"),
            Passage(
                "I Comuni sotto i mille abitanti non possono anticipare le spese per due anni.",
                "costs",
                "supports",
            ),
        ),
        answered=10,
        decided=13,
    ),
    Answer(
        "IT-02",
        "no",
        "mayor",
        (
            Passage(
                "La perizia veterinaria arriva dopo venti giorni: a quel punto la carcassa non "
                "serve più a nessuno.",
                "speed",
                "supports",
            ),
            Passage(
                "Chiediamo che anche gli animali dispersi siano indennizzati; l'estate scorsa erano "
                "27 su 44.",
                "compensation",
                "supports",
            ),
        ),
        answered=6,
    ),
    Answer(
        "IT-07",
        "yes",
        "office",
        (
            Passage(
                "La proposta va nella direzione giusta: con i fondi regionali abbiamo recintato "
                "cinque alpeggi su sei e nel 90 % dei casi funziona.",
                "herd-protection",
                "contradicts",
            ),
            Passage(
                "Serve però una formazione per i pastori in lingua italiana e romena.",
                "herd-protection",
                "mentions",
            ),
        ),
        answered=5,
    ),
    Answer(
        "SI-04",
        "partly",
        "council",
        (
            "V občini je 22 planin, na devetih pasejo drobnico, skupaj okoli 1.700 glav.",
            Passage(
                "Stroški varovanja morajo biti povrnjeni v celoti, tudi delo pastirja.",
                "costs",
                "supports",
            ),
            Passage(
                "Izjeme od varovanja naj veljajo za planine, kjer ograja zaradi strmine ni mogoča.",
                "derogation",
                "supports",
            ),
        ),
        answered=7,
        decided=14,
    ),
    Answer(
        "SI-05",
        "yes",
        "office",
        (
            Passage(
                "Z medvedom živimo od nekdaj; visoke električne mreže in trije psi zadoščajo za "
                "vseh šest pašnikov.",
                "herd-protection",
                "contradicts",
            ),
            Passage(
                "Ohraniti je treba letno štetje, ki ga opravljajo lovske družine.",
                "monitoring",
                "mentions",
            ),
        ),
        answered=3,
    ),
    Answer(
        "SI-07",
        "no",
        "mayor",
        (
            Passage("Imamo 14 planin nad 1.600 metri.", "herd-protection", "supports"),
            Passage(
                "Za ograje in prevoz smo lani porabili 31.000 evrov, od države smo dobili 12.000 "
                "evrov.",
                "costs",
                "supports",
            ),
            Passage(
                "Škodo naj si komisija ogleda v treh dneh, letos smo čakali tudi po dva tedna.",
                "speed",
                "supports",
            ),
        ),
        answered=2,
    ),
)
