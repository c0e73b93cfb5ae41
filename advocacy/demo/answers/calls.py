"""What the municipalities were asked, in every language of the network."""

from advocacy.demo.answers.shapes import CallText

CARNIVORE_CALL: dict[str, CallText] = {
    "de": CallText(
        title="Herdenschutz: Was braucht Ihre Gemeinde?",
        why="Sie werden gefragt, weil in Ihrer Region Almen bestoßen werden oder Wolf, Bär und "
        "Luchs vorkommen.",
        stance_question="Berücksichtigt der Entwurf die Verhältnisse in Ihrer Gemeinde?",
        text_question="Warum? Was muss sich ändern?",
        summary="Die Europäische Kommission will den Herdenschutz zur Hälfte fördern; die "
        "Gemeinden sollen ihn organisieren und den Rest tragen. Über Ausnahmen und Abschüsse soll "
        "die Behörde binnen 21 Tagen entscheiden.",
    ),
    "fr": CallText(
        title="Protection des troupeaux : de quoi votre commune a-t-elle besoin ?",
        why="Nous vous interrogeons parce que votre région compte des alpages ou que le loup, "
        "l'ours ou le lynx y sont présents.",
        stance_question="Le projet tient-il compte de la situation de votre commune ?",
        text_question="Pourquoi ? Que faut-il changer ?",
        summary="La Commission européenne veut financer la moitié de la protection des troupeaux ; "
        "les communes l'organiseraient et paieraient le reste. L'autorité devrait statuer en 21 "
        "jours sur les dérogations et les tirs.",
    ),
    "it": CallText(
        title="Protezione delle greggi: di che cosa ha bisogno il Suo Comune?",
        why="Lo chiediamo a Lei perché nella Sua zona ci sono alpeggi oppure sono presenti lupo, "
        "orso o lince.",
        stance_question="La proposta tiene conto della situazione del Suo Comune?",
        text_question="Perché? Che cosa va cambiato?",
        summary="La Commissione europea intende finanziare la metà della protezione delle greggi; "
        "i Comuni dovrebbero organizzarla e coprire il resto. Su deroghe e abbattimenti "
        "l'autorità deciderebbe entro 21 giorni.",
    ),
    "sl": CallText(
        title="Varovanje čred: kaj potrebuje vaša občina?",
        why="Sprašujemo vas, ker so v vaši občini planine ali pa se na njenem območju pojavljajo "
        "volk, medved in ris.",
        stance_question="Ali predlog upošteva razmere v vaši občini?",
        text_question="Zakaj? Kaj je treba spremeniti?",
        summary="Evropska komisija želi sofinancirati polovico stroškov varovanja čred; "
        "organizirale naj bi ga občine, ki bi krile tudi preostanek. O izjemah in odstrelu naj bi "
        "organ odločil v 21 dneh.",
    ),
    "en": CallText(
        title="Herd protection: what does your municipality need?",
        why="You are asked because there are alpine pastures in your region, or wolf, bear or lynx "
        "are present.",
        stance_question="Does the draft take account of the situation in your municipality?",
        text_question="Why? What must change?",
        summary="The European Commission wants to fund half of the cost of herd protection; the "
        "municipalities would organise it and pay the rest. The authority would decide on "
        "derogations and removals within 21 days.",
    ),
}

TRANSIT_CALL: dict[str, CallText] = {
    "de": CallText(
        title="Transit und kombinierter Verkehr: Wie lebt Ihre Gemeinde damit?",
        why="Sie werden gefragt, weil Ihre Gemeinde an einer Achse des alpenquerenden "
        "Güterverkehrs liegt.",
        stance_question="Reicht die überarbeitete Richtlinie, um Ihre Gemeinde zu entlasten?",
        text_question="Was erleben Sie vor Ort, und was fordern Sie?",
        summary="Die Richtlinie über den kombinierten Verkehr soll Transporte fördern, die "
        "mindestens 40 Prozent günstiger für Umwelt und Gesundheit sind. Nachtfahrverbote und "
        "Mautzuschläge der Staaten sollen überprüft werden.",
    ),
    "fr": CallText(
        title="Transit et transport combiné : que vit votre commune ?",
        why="Nous vous interrogeons parce que votre commune se trouve sur un axe du fret "
        "transalpin.",
        stance_question="La directive révisée suffit-elle à soulager votre commune ?",
        text_question="Que constatez-vous sur place et que demandez-vous ?",
        summary="La directive sur le transport combiné doit soutenir les transports qui réduisent "
        "d'au moins 40 % leur coût pour l'environnement et la santé. Les interdictions de nuit et "
        "les suppléments de péage des États seraient réexaminés.",
    ),
    "it": CallText(
        title="Transito e trasporto combinato: che cosa vive il Suo Comune?",
        why="Lo chiediamo a Lei perché il Suo Comune si trova lungo un asse del traffico merci "
        "transalpino.",
        stance_question="La direttiva riveduta basta ad alleggerire il Suo Comune?",
        text_question="Che cosa osservate sul posto e che cosa chiedete?",
        summary="La direttiva sul trasporto combinato dovrebbe sostenere i trasporti che riducono "
        "di almeno il 40 % i costi per ambiente e salute. I divieti notturni e i supplementi di "
        "pedaggio degli Stati sarebbero riesaminati.",
    ),
    "sl": CallText(
        title="Tranzit in kombinirani promet: kako z njim živi vaša občina?",
        why="Sprašujemo vas, ker vaša občina leži ob eni od osi čezalpskega tovornega prometa.",
        stance_question="Ali prenovljena direktiva zadošča za razbremenitev vaše občine?",
        text_question="Kaj opažate na kraju samem in kaj zahtevate?",
        summary="Direktiva o kombiniranem prometu naj bi podpirala prevoze, ki za vsaj 40 % "
        "zmanjšajo stroške za okolje in zdravje. Nočne prepovedi vožnje in dodatke k cestninam v "
        "državah naj bi ponovno preverili.",
    ),
    "en": CallText(
        title="Transit and combined transport: how does your municipality live with it?",
        why="You are asked because your municipality lies on an axis of freight traffic across the "
        "Alps.",
        stance_question="Is the revised directive enough to relieve your municipality?",
        text_question="What do you see on the ground, and what do you demand?",
        summary="The directive on combined transport is to support transport that costs the "
        "environment and health at least 40 % less. Night bans and toll surcharges of the states "
        "are to be reviewed.",
    ),
}
