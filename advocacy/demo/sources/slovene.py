"""An invented Slovene ministry, read as JSON Feed."""

from advocacy.demo.sources.notices import Notice, Office

BUREAU = Office(
    "/urad",
    "Demo ministrstvo za gorska območja",
    "sl",
    (
        Notice(
            "zakon-o-vodah",
            -3,
            "V javni obravnavi: osnutek zakona o vodah",
            "Osnutek na novo ureja vodna soglasja, male hidroelektrarne in zasneževanje smučišč. "
            "Občine in javnost vabimo k sodelovanju. Pripombe in predloge pošljite najpozneje do "
            "{+12}.",
            12,
            ("vode",),
        ),
        Notice(
            "strategija-velike-zveri",
            -1,
            "Strategija upravljanja velikih zveri: zbiramo mnenja občin",
            "Predlog strategije govori o volku, medvedu in risu, o varovanju čred na planinah in o "
            "povračilu škode. Mnenja sprejemamo do vključno {+20 dots}.",
            20,
            ("velike zveri", "kmetijstvo"),
        ),
        Notice(
            "uredba-varovanje-cred",
            -5,
            "Evropska komisija objavila predlog uredbe o varovanju čred ({-27 year}/0211(COD))",
            "Predlog predvideva 50-odstotno sofinanciranje ograj, pastirjev in psov. Rok za odzive "
            "se izteče {+29} opolnoči (po bruseljskem času).",
            29,
            ("velike zveri",),
        ),
        Notice(
            "zelezniska-proga",
            -8,
            "Javna razgrnitev državnega prostorskega načrta za drugi tir",
            "Javna razgrnitev bo trajala 30 dni, od {-8 dots} do {+21 dots}. V tem času lahko "
            "občine in prebivalci podajo pripombe. Javna obravnava bo {+9} ob 17. uri.",
            21,
            ("promet", "prostor"),
        ),
        Notice(
            "plazovi-opozarjanje",
            -2,
            "Snežni plazovi: nova skupna lestvica opozarjanja",
            "Od {-2} velja za ves alpski prostor enotna lestvica nevarnosti. Občine prejmejo "
            "opozorilo od četrte stopnje naprej.",
            topics=("naravne nevarnosti",),
        ),
        Notice(
            "delavnica-turizem",
            -7,
            "Delavnica o umirjanju turizma v gorskih dolinah",
            "Delavnica bo {+17} v Tolminu. Prijave zbiramo do {+10}. Udeležba je brezplačna.",
            topics=("turizem",),
        ),
        Notice(
            "vinska-kraljica",
            -9,
            "Ministrica sprejela vinsko kraljico",
            "Na sprejemu so predstavili mlada vina s Primorske. Dogodek je potekal {-10}.",
        ),
    ),
)
