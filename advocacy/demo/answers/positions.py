"""What the network made of the answers: a draft on the way, and a position that was handed in."""

from advocacy.demo.answers.shapes import Position, paragraphs_of

_CARNIVORES_DE = """
Die Mitgliedsgemeinden leben mit Wolf, Bär und Luchs, seit diese zurückgekehrt sind. Wo Schutz
möglich ist, wirkt er: Hunde und Zäune haben die Risse deutlich gesenkt [@CH-01.1 @FR-02.1
@IT-07.1 @SI-05.1]. Wo er nicht möglich ist, werden Almen aufgegeben [@AT-03.1 @CH-07.2].

Die Kosten des Herdenschutzes müssen vollständig ersetzt werden [@AT-02.1 @DE-03.1 @FR-06.1
@SI-04.1]. Heute trägt eine Gemeinde oft mehr als die Hälfte selbst [@AT-03.2 @SI-07.2], und in
kleinen Gemeinden übersteigt das drei Prozent des Haushalts [@IT-01.1]. Gemeinden unter 1.000
Einwohnern können die Ausgaben nicht zwei Jahre vorstrecken [@IT-01.2 @CH-07.1].

Hochgelegene, steile und unerschlossene Weiden müssen als nicht schützbar anerkannt werden
[@AT-02.2 @CH-02.1 @IT-09.1 @SI-04.2 @SI-07.1]. Für Jungrinder braucht die Verordnung eine eigene
Regel [@DE-01.1].

Über Ausnahmen ist innerhalb von 48 Stunden und vor Ort zu entscheiden [@AT-01.2 @FR-07.1
@IT-09.2]. Schäden sind binnen drei Tagen zu begutachten [@SI-07.3 @IT-02.1], und vermisste Tiere
sind zu entschädigen [@IT-02.2].

Das Monitoring muss über die Grenzen hinweg eines sein, und seine Ergebnisse müssen die Gemeinden
binnen 15 Tagen erreichen [@AT-09.1 @FR-02.2].

Die Gemeinden können den Herdenschutz nicht ohne Personal und Geld organisieren [@DE-03.2
@FR-06.2]. Das Netz schlägt vor, die Verordnung nach drei Jahren zu überprüfen.
"""

_TRANSIT_DE = """
Die Gemeinden an den Transitachsen tragen die Folgen eines Verkehrs, über den sie nicht
entscheiden. Bei Stau fahren Lastwagen durch die Dörfer und halten Rettung und Schulbus auf
[@AT-01.1 @FR-03.1 @IT-09.1].

Die Luft ist an den Achsen noch immer zu schlecht: Der Grenzwert für Stickstoffdioxid wird an
vielen Tagen überschritten [@FR-01.1 @IT-09.2]. Nachtfahrverbote müssen deshalb bestehen bleiben
[@AT-01.2].

Die Verlagerung auf die Schiene wirkt, wo sie ernst gemeint ist [@CH-03.2 @CH-06.1]. Es fehlt an
zweiten Gleisen, Ausweichstrecken und Terminals [@AT-04.1 @FR-03.2 @IT-03.2 @SI-01.1].

Mehr Züge bedeuten mehr Lärm in den Nächten, wenn nicht zugleich in Lärmschutz investiert wird
[@AT-04.2 @CH-03.1 @SI-01.2]. Straßen, die unter Baustellen leiden, sind den Gemeinden zu ersetzen
[@IT-03.1].

Die Maut muss alle Kosten decken, auch die für die Gesundheit [@AT-10.1]. Regionaler Verkehr ohne
Gleisanschluss braucht Anreize und Übergangsfristen [@AT-10.2 @IT-06.1].
"""

_TRANSIT_FR = """
Les communes situées sur les axes de transit subissent les effets d'un trafic dont elles ne
décident pas. En cas de bouchon, les camions traversent les villages et retardent les secours et
les cars scolaires [@AT-01.1 @FR-03.1 @IT-09.1].

Le long des axes, l'air reste trop pollué : la valeur limite de dioxyde d'azote est dépassée de
nombreux jours [@FR-01.1 @IT-09.2]. Les interdictions de circuler la nuit doivent donc être
maintenues [@AT-01.2].

Le report vers le rail fonctionne là où il est réellement voulu [@CH-03.2 @CH-06.1]. Il manque des
doubles voies, des itinéraires de secours et des terminaux [@AT-04.1 @FR-03.2 @IT-03.2 @SI-01.1].

Davantage de trains signifie davantage de bruit la nuit si l'on n'investit pas en même temps dans
la protection [@AT-04.2 @CH-03.1 @SI-01.2]. Les routes abîmées par les chantiers doivent être
remboursées aux communes [@IT-03.1].

Le péage doit couvrir tous les coûts, y compris ceux de la santé [@AT-10.1]. Le trafic régional
sans desserte ferroviaire a besoin d'incitations et de délais de transition [@AT-10.2 @IT-06.1].
"""

CARNIVORE_DRAFT = Position(
    title={
        "de": "Herdenschutz im Berggebiet: Stellungnahme zum Entwurf der Kommission",
    },
    paragraphs={"de": paragraphs_of(_CARNIVORES_DE)},
    asks={
        "de": (
            "Vollständiger Ersatz der Kosten des Herdenschutzes, einschließlich der Hirten.",
            "Entscheidung über Ausnahmen innerhalb von 48 Stunden.",
            "Anerkennung nicht schützbarer Weiden nach einheitlichen Kriterien.",
        ),
    },
)

TRANSIT_POSITION = Position(
    title={
        "de": "Transit und kombinierter Verkehr: die Sicht der Alpengemeinden",
        "fr": "Transit et transport combiné : le point de vue des communes alpines",
    },
    paragraphs={"de": paragraphs_of(_TRANSIT_DE), "fr": paragraphs_of(_TRANSIT_FR)},
    asks={
        "de": (
            "Nachtfahrverbote und Sektorfahrverbote bleiben in der Hand der Staaten und Regionen.",
            "Fünf Prozent der Mauteinnahmen fließen in den Lärmschutz der betroffenen Gemeinden.",
            "Terminals und Ausweichstrecken haben Vorrang vor neuen Straßenachsen.",
        ),
        "fr": (
            "Les interdictions de nuit et sectorielles restent du ressort des États et des régions.",
            "5 % des recettes de péage vont à la protection contre le bruit des communes touchées.",
            "Les terminaux et les itinéraires de secours passent avant de nouveaux axes routiers.",
        ),
    },
)
