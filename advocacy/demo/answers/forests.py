"""A matter that has gone the whole way: protective forests, handed in and decided."""

from advocacy.demo.answers.shapes import Answer, CallText, Passage, Position, paragraphs_of

FOREST_CALL: dict[str, CallText] = {
    "de": CallText(
        title="Schutzwald: Was soll die Alpenkonferenz beschließen?",
        why="Sie werden gefragt, weil Ihre Gemeinde Wald über Siedlungen oder Straßen hat.",
        stance_question="Reicht der Entwurf für Ihre Schutzwälder?",
        text_question="Was fehlt?",
        summary="Der Entwurf empfiehlt, Schutzwälder klimagerecht umzubauen. Wer die Pflege zahlt, "
        "lässt er offen.",
    ),
    "fr": CallText(
        title="Forêts de protection : que doit décider la Conférence alpine ?",
        why="Nous vous interrogeons parce que votre commune a des forêts au-dessus d'habitations "
        "ou de routes.",
        stance_question="Le projet suffit-il pour vos forêts de protection ?",
        text_question="Que manque-t-il ?",
        summary="Le projet recommande d'adapter les forêts de protection au climat. Il ne dit pas "
        "qui paie l'entretien.",
    ),
    "it": CallText(
        title="Boschi di protezione: che cosa deve decidere la Conferenza delle Alpi?",
        why="Lo chiediamo a Lei perché il Suo Comune ha boschi sopra abitati o strade.",
        stance_question="La proposta basta per i Suoi boschi di protezione?",
        text_question="Che cosa manca?",
        summary="La proposta raccomanda di adattare al clima i boschi di protezione. Non dice chi "
        "paga la cura.",
    ),
    "sl": CallText(
        title="Varovalni gozdovi: kaj naj sklene Alpska konferenca?",
        why="Sprašujemo vas, ker ima vaša občina gozdove nad naselji ali cestami.",
        stance_question="Ali osnutek zadošča za vaše varovalne gozdove?",
        text_question="Kaj manjka?",
        summary="Osnutek priporoča, naj se varovalni gozdovi prilagodijo podnebju. Kdo plača nego, "
        "ne pove.",
    ),
}

FOREST_ANSWERS: tuple[Answer, ...] = (
    Answer(
        "AT-11", "partly", "council",
        (Passage("Die Pflege von 340 Hektar Schutzwald kostet uns 90.000 Euro im Jahr.", "costs",
                 "supports"),
         Passage("Ohne einen festen Anteil des Bundes geht das nicht weiter.", "costs", "supports")),
        answered=72, decided=75,
    ),
    Answer(
        "FR-09", "partly", "mayor",
        (Passage("Le gibier empêche toute régénération sur les pentes sud.", "game", "supports"),),
        answered=71,
    ),
    Answer(
        "IT-13", "no", "office",
        (Passage("Dopo la tempesta mancano le piantine: i vivai forestali hanno chiuso.", "seedlings",
                 "supports"),
         "La proposta non ne parla."),
        answered=70,
    ),
    Answer(
        "SI-06", "yes", "mayor",
        (Passage("Mešani gozd se je pri nas po žledolomu najbolje obnovil.", "mixture", "supports"),),
        answered=69,
    ),
)  # fmt: skip

FOREST_POSITION = Position(
    title={"de": "Schutzwald in den Alpen: was die Gemeinden brauchen"},
    paragraphs={
        "de": paragraphs_of(
            """
Die Pflege der Schutzwälder übersteigt die Kraft der Gemeinden [@AT-11.1]. Sie brauchen einen festen
Anteil der Staaten an den Kosten [@AT-11.2].

Gemischte Wälder erholen sich nach Schäden am besten [@SI-06.1]. Dafür fehlen heute Pflanzen aus den
Forstgärten [@IT-13.1], und der Wildverbiss verhindert die Verjüngung [@FR-09.1].
"""
        )
    },
    asks={
        "de": (
            "Die Staaten tragen mindestens die Hälfte der Pflegekosten.",
            "Ein gemeinsames Programm für Forstgärten der Alpenländer.",
        )
    },
)
