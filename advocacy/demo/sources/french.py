"""An invented French agency, read as Atom."""

from advocacy.demo.sources.notices import Notice, Office

AGENCY = Office(
    "/agence",
    "Agence-démo des territoires de montagne",
    "fr",
    (
        Notice(
            "projet-arrete-loup",
            -6,
            "Consultation du public : projet d'arrêté sur les tirs de défense contre le loup",
            "Le projet d'arrêté simplifie l'autorisation des tirs de défense autour des troupeaux "
            "en alpage. Consultation ouverte du {-6 slash} au {+15 slash} inclus. Les communes "
            "peuvent déposer leurs observations par voie électronique.",
            15,
            ("grands prédateurs", "pastoralisme"),
        ),
        Notice(
            "reglement-troupeaux",
            -4,
            "Protection des troupeaux : la Commission recueille les avis sur le règlement "
            "({-27 year}/0211(COD))",
            "La Commission européenne a publié sa proposition sur la protection des animaux en "
            "pâture contre les grands prédateurs. Les contributions sont attendues jusqu'au {+29} "
            "inclus, minuit heure de Bruxelles. Le texte prévoit un financement à 50 %.",
            29,
            ("grands prédateurs",),
        ),
        Notice(
            "partage-eau",
            -2,
            "Schéma de partage de l'eau : la consultation est prolongée",
            "Le projet de schéma porte sur les retenues d'altitude, la neige de culture et l'eau "
            "potable des villages. Le délai initialement fixé au {+5} est reporté au {+19}. Les "
            "collectivités adressent leur avis au service de l'eau.",
            19,
            ("eau",),
        ),
        Notice(
            "domaine-skiable",
            -7,
            "Enquête publique : extension d'un domaine skiable en zone humide",
            "Le dossier est consultable en mairie et en ligne. Le public peut déposer ses "
            "observations jusqu'au {+12 weekday} à 17 h. Une réunion publique aura lieu le "
            "{+6}.",
            12,
            ("tourisme", "nature"),
        ),
        Notice(
            "avalanches-zonage",
            -9,
            "Zonage des avalanches : synthèse des observations",
            "La participation du public est close. La synthèse sera publiée pendant trois mois à "
            "compter du {+7}. Elle fait état de 212 observations, dont 38 de communes.",
            topics=("risques naturels",),
        ),
        Notice(
            "bois-appel-projets",
            -12,
            "Appel à projets : débardage par câble en forêt de montagne",
            "Les entreprises et les communes forestières peuvent déposer leur dossier de demande "
            "d'aide jusqu'au {+61}. L'enveloppe est de 1,5 million d'euros.",
            topics=("forêt",),
        ),
        Notice(
            "fermeture-guichet",
            -1,
            "Fermeture exceptionnelle du guichet des cartes grises",
            "Le guichet sera fermé le {+3} pour travaux. Les démarches en ligne restent possibles.",
        ),
    ),
)
