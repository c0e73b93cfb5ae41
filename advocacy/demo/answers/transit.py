"""Twelve answers to the finished call on transit and combined transport."""

from advocacy.demo.answers.shapes import Answer, Passage

TRANSIT_ANSWERS: tuple[Answer, ...] = (
    Answer(
        "AT-01",
        "no",
        "council",
        (
            "Durch unser Tal fahren im Jahr 2,4 Millionen Lastwagen.",
            Passage(
                "An 92 Tagen im Jahr wird bei Stau über die Dorfstraße ausgewichen; Rettung und "
                "Schulbus kommen dann nicht durch.",
                "diversion",
                "supports",
            ),
            Passage("Das Nachtfahrverbot ist für uns nicht verhandelbar.", "night-ban", "supports"),
        ),
        answered=48,
        decided=55,
    ),
    Answer(
        "AT-04",
        "partly",
        "office",
        (
            Passage(
                "Der Terminal liegt 18 km entfernt, hat aber nur zwei Gleise mit 400 Metern.",
                "terminals",
                "supports",
            ),
            Passage(
                "Ein Ausbau braucht auch Lärmschutz; 640 Anrainer wohnen näher als 200 Meter.",
                "noise",
                "supports",
            ),
        ),
        answered=47,
    ),
    Answer(
        "AT-10",
        "partly",
        "mayor",
        (
            Passage(
                "Die Maut muss die Wegekosten und die Gesundheitskosten decken.",
                "costs",
                "supports",
            ),
            Passage(
                "Unser Sägewerk fährt 30 Fuhren am Tag und hat keinen Gleisanschluss mehr; "
                "regionaler Verkehr darf nicht wie Transit behandelt werden.",
                "regional-traffic",
                "mentions",
            ),
        ),
        answered=45,
    ),
    Answer(
        "CH-03",
        "partly",
        "mayor",
        (
            Passage(
                "Da quando la galleria di base è aperta i treni merci passano anche di notte: "
                "misuriamo 71 decibel in paese.",
                "noise",
                "mentions",
            ),
            Passage(
                "Il trasferimento su rotaia ha tolto dalla valle 1'100 camion al giorno e va "
                "difeso.",
                "modal-shift",
                "supports",
            ),
        ),
        answered=46,
    ),
    Answer(
        "CH-06",
        "yes",
        "council",
        (
            Passage(
                "Die Verlagerung wirkt: Bei uns sank der Schwerverkehr in zehn Jahren um 28 Prozent.",
                "modal-shift",
                "supports",
            ),
            Passage(
                "Die Nachbarstaaten sollen ein gemeinsames System von Durchfahrtsrechten einführen.",
                "slots",
                "supports",
            ),
        ),
        answered=44,
        decided=51,
    ),
    Answer(
        "FR-01",
        "partly",
        "office",
        (
            Passage(
                "En hiver, le dioxyde d'azote dépasse la valeur limite 41 jours sur 90.",
                "air",
                "supports",
            ),
            "La déviation du centre coûterait 6,8 millions d'euros, deux fois notre budget annuel.",
        ),
        answered=49,
    ),
    Answer(
        "FR-03",
        "no",
        "council",
        (
            Passage(
                "Depuis la fermeture de la ligne pour éboulement, 900 camions de plus passent "
                "chaque jour devant l'école.",
                "diversion",
                "supports",
            ),
            Passage(
                "Nous demandons un itinéraire ferroviaire de secours, financé avant tout nouvel axe "
                "routier.",
                "modal-shift",
                "supports",
            ),
        ),
        answered=43,
        decided=50,
    ),
    Answer(
        "IT-03",
        "no",
        "council",
        (
            Passage(
                "Il cantiere porta 220 mezzi pesanti al giorno sulla statale e i Comuni non "
                "ricevono alcun rimborso per le strade.",
                "costs",
                "supports",
            ),
            Passage(
                "Senza terminal intermodale a valle il combinato resta sulla carta.",
                "terminals",
                "supports",
            ),
        ),
        answered=42,
        decided=58,
    ),
    Answer(
        "IT-06",
        "partly",
        "mayor",
        (
            Passage(
                "Le nostre imprese di acqua minerale spediscono 45 camion al giorno: chiediamo "
                "incentivi, non solo divieti.",
                "regional-traffic",
                "contradicts",
            ),
        ),
        answered=41,
    ),
    Answer(
        "IT-09",
        "no",
        "council",
        (
            Passage(
                "An Samstagen stehen die Lastwagen bis in unser Dorf, voriges Jahr an 37 Tagen.",
                "diversion",
                "supports",
            ),
            Passage(
                "Die Grenzwerte für Stickstoffdioxid werden am Ortsrand seit Jahren überschritten.",
                "air",
                "supports",
            ),
        ),
        answered=40,
        decided=54,
    ),
    Answer(
        "SI-01",
        "partly",
        "office",
        (
            Passage(
                "Tovorna proga ima en sam tir, zato vlak za 60 kilometrov potrebuje tri ure.",
                "modal-shift",
                "supports",
            ),
            Passage(
                "Skozi predor bo po koncu del vozilo 20 % več tovornjakov, za protihrupne ograje "
                "pa denarja ni.",
                "noise",
                "supports",
            ),
        ),
        answered=40,
    ),
    Answer(
        "SI-08",
        "not_concerned",
        "office",
        (
            "Tranzitnega prometa skoraj nimamo, dnevno okoli 60 tovornih vozil.",
            Passage("Želimo le, da se ohrani nakladalna postaja za les.", "terminals", "mentions"),
        ),
        answered=39,
    ),
)
