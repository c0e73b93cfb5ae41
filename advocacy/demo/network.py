"""Sixty invented municipalities and the people who look after them.

The regions are real, so that map, languages and holidays are right; the places, mayors, addresses
and numbers are not. Addresses end in ``.example`` (RFC 2606). Phone numbers are those that BNetzA
(DE) and ARCEP (FR) keep free for fiction, elsewhere numbers with a block of zeros.
"""

import unicodedata
from dataclasses import dataclass
from typing import Literal

Country = Literal["AT", "CH", "DE", "FR", "IT", "LI", "SI"]
Language = Literal["de", "fr", "it", "sl"]
Role = Literal["secretariat", "coordinator", "presidency"]


@dataclass(frozen=True)
class Municipality:
    """One member. ``region`` is the region's name, ``map_region`` its id on the map of the Alps."""

    code: str
    name: str
    country: Country
    nuts3: str
    region: str
    map_region: str
    latitude: float
    longitude: float
    language: Language
    population: int
    topics: tuple[str, ...]
    mayor: str
    email: str
    phone: str


@dataclass(frozen=True)
class Person:
    """Somebody who signs in. ``countries`` is what a coordinator looks after, else where they live;
    ``languages`` starts with the one they are written to in.
    """

    name: str
    role: Role
    email: str
    languages: tuple[str, ...]
    phone: str
    countries: tuple[Country, ...]


NUTS3: dict[str, tuple[str, str]] = {
    "AT121": ("Mostviertel-Eisenwurzen", "AT.NO"),
    "AT211": ("Klagenfurt-Villach", "AT.KA"),
    "AT212": ("Oberkärnten", "AT.KA"),
    "AT222": ("Liezen", "AT.ST"),
    "AT226": ("Westliche Obersteiermark", "AT.ST"),
    "AT315": ("Traunviertel", "AT.OO"),
    "AT321": ("Lungau", "AT.SZ"),
    "AT322": ("Pinzgau-Pongau", "AT.SZ"),
    "AT332": ("Innsbruck", "AT.TR"),
    "AT333": ("Osttirol", "AT.TR"),
    "AT334": ("Tiroler Oberland", "AT.TR"),
    "AT335": ("Tiroler Unterland", "AT.TR"),
    "AT341": ("Bludenz-Bregenzer Wald", "AT.VO"),
    "CH011": ("Vaud", "CH.VD"),
    "CH012": ("Valais", "CH.VS"),
    "CH021": ("Bern", "CH.BE"),
    "CH051": ("Glarus", "CH.GL"),
    "CH056": ("Graubünden", "CH.GR"),
    "CH061": ("Luzern", "CH.LU"),
    "CH062": ("Uri", "CH.UR"),
    "CH070": ("Ticino", "CH.TI"),
    "DE215": ("Berchtesgadener Land", "DE.BY"),
    "DE216": ("Bad Tölz-Wolfratshausen", "DE.BY"),
    "DE21D": ("Garmisch-Partenkirchen", "DE.BY"),
    "DE21F": ("Miesbach", "DE.BY"),
    "DE27E": ("Oberallgäu", "DE.BY"),
    "FRK23": ("Drôme", "FR.DM"),
    "FRK24": ("Isère", "FR.IS"),
    "FRK27": ("Savoie", "FR.SV"),
    "FRK28": ("Haute-Savoie", "FR.HS"),
    "FRL01": ("Alpes-de-Haute-Provence", "FR.AP"),
    "FRL02": ("Hautes-Alpes", "FR.HA"),
    "FRL03": ("Alpes-Maritimes", "FR.AM"),
    "ITC11": ("Torino", "IT.TO"),
    "ITC14": ("Verbano-Cusio-Ossola", "IT.VB"),
    "ITC16": ("Cuneo", "IT.CN"),
    "ITC20": ("Valle d'Aosta/Vallée d'Aoste", "IT.AO"),
    "ITC44": ("Sondrio", "IT.SO"),
    "ITC46": ("Bergamo", "IT.BG"),
    "ITC47": ("Brescia", "IT.BS"),
    "ITH10": ("Bolzano/Bozen", "IT.BZ"),
    "ITH20": ("Trento", "IT.TN"),
    "ITH33": ("Belluno", "IT.BL"),
    "ITH42": ("Udine", "IT.UD"),
    "LI000": ("Liechtenstein", "LI"),
    "SI033": ("Koroška", "SI.KO"),
    "SI034": ("Savinjska", "SI.SA"),
    "SI041": ("Osrednjeslovenska", "SI.LJ"),
    "SI042": ("Gorenjska", "SI.GO"),
    "SI043": ("Goriška", "SI.SP"),
}
"""NUTS-3 code (Eurostat, 2021) → name in the region's language and id on the map."""

_PHONES: dict[Country, str] = {
    "AT": "+43 5000 000 0{:02d}",
    "CH": "+41 81 000 00 {:02d}",
    "DE": "+49 89 99998 0{:02d}",
    "FR": "+33 4 65 71 00 {:02d}",
    "IT": "+39 0000 000 0{:02d}",
    "LI": "+423 000 00 {:02d}",
    "SI": "+386 4 000 00 {:02d}",
}
_OFFICES: dict[Language, str] = {"de": "gemeinde", "fr": "mairie", "it": "comune", "sl": "obcina"}
_COUNTRIES: dict[str, Country] = {country: country for country in _PHONES}


def _slug(name: str) -> str:
    spelled = name.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split())


_Row = tuple[str, str, str, tuple[float, float], Language, int, str, str]
"""Code, name, NUTS-3, place, language, population, topics, mayor; the rest follows from these."""


def _municipality(row: _Row) -> Municipality:
    code, name, nuts3, place, language, population, topics, mayor = row
    country = _COUNTRIES[code[:2]]
    region, map_region = NUTS3[nuts3]
    return Municipality(
        code=code,
        name=name,
        country=country,
        nuts3=nuts3,
        region=region,
        map_region=map_region,
        latitude=place[0],
        longitude=place[1],
        language=language,
        population=population,
        topics=tuple(topics.split()),
        mayor=mayor,
        email=f"{_OFFICES[language]}@{_slug(name)}.example",
        phone=_PHONES[country].format(int(code[3:])),
    )


# One row per member, kept in columns: the list is read more often than it is changed.
# fmt: off
_ROWS: tuple[_Row, ...] = (
    ("AT-01", "Musterdorf", "AT332", (47.13, 11.45), "de", 2140,
     "farming carnivores transport", "Anton Musterhofer"),
    ("AT-02", "Beispielberg", "AT334", (47.10, 10.75), "de", 1280,
     "farming carnivores hazards", "Rosa Beispielegger"),
    ("AT-03", "Sankt Exempel", "AT333", (46.92, 12.55), "de", 860,
     "farming carnivores forest", "Alois Exempler"),
    ("AT-04", "Hochmusterau", "AT335", (47.50, 12.10), "de", 5300,
     "transport tourism energy", "Barbara Musterauer"),
    ("AT-05", "Firstmuster", "AT341", (47.13, 9.95), "de", 1720,
     "tourism hazards climate", "Jodok Firstbeispiel"),
    ("AT-06", "Wälderbeispiel", "AT341", (47.40, 9.95), "de", 2450,
     "farming spatial soil", "Katharina Wäldermuster"),
    ("AT-07", "Oberlärchmuster", "AT321", (47.12, 13.75), "de", 640,
     "forest population farming", "Matthias Lärchbeispiel"),
    ("AT-08", "Gamsbeispiel", "AT322", (47.25, 12.75), "de", 3100,
     "tourism water energy", "Elisabeth Gamsmuster"),
    ("AT-09", "Karnisch Muster", "AT212", (46.70, 12.95), "de", 1190,
     "farming carnivores nature", "Hermann Karnermuster"),
    ("AT-10", "Almfriedmuster", "AT211", (46.58, 13.75), "de", 4200,
     "transport carnivores tourism", "Gerlinde Friedmuster"),
    ("AT-11", "Ennsbeispiel", "AT222", (47.52, 14.20), "de", 2680,
     "forest hazards water", "Franz Beispielhuber"),
    ("AT-12", "Murbeispiel", "AT226", (47.15, 14.45), "de", 1530,
     "forest energy population", "Ingrid Murmuster"),
    ("AT-13", "Traunfelsmuster", "AT315", (47.75, 13.85), "de", 3900,
     "tourism soil climate", "Leopold Traunmuster"),
    ("AT-14", "Ötscherbeispiel", "AT121", (47.88, 15.20), "de", 970,
     "forest nature carnivores", "Veronika Ötschermuster"),
    ("CH-01", "Musterwald", "CH056", (46.68, 9.70), "de", 1450,
     "farming carnivores forest", "Gian Musterwalder"),
    ("CH-02", "Exempleux", "CH012", (46.15, 7.35), "fr", 2230,
     "farming carnivores water", "Corinne Exemplaz"),
    ("CH-03", "Modellasca", "CH070", (46.40, 8.80), "it", 890,
     "transport hazards population", "Sandro Modellini"),
    ("CH-04", "Beispielmatt", "CH021", (46.62, 7.95), "de", 2760,
     "tourism hazards climate", "Ursula Beispielmatter"),
    ("CH-05", "Les Essais-d'en-Haut", "CH011", (46.42, 7.10), "fr", 1120,
     "farming tourism nature", "Olivier Dessaimodèle"),
    ("CH-06", "Schächenmuster", "CH062", (46.82, 8.70), "de", 1640,
     "transport farming hazards", "Josef Mustergisler"),
    ("CH-07", "Val d'Esempio", "CH056", (46.33, 9.22), "it", 540,
     "farming carnivores population", "Nives Esempietti"),
    ("CH-08", "Mustergrat", "CH051", (46.97, 9.05), "de", 3300,
     "energy water spatial", "Fridolin Mustergräter"),
    ("CH-09", "Beispielegg", "CH061", (46.92, 8.05), "de", 2050,
     "soil farming nature", "Heidi Beispielegger"),
    ("DE-01", "Mustersonnthal", "DE27E", (47.47, 10.30), "de", 2900,
     "farming carnivores tourism", "Xaver Musterthaler"),
    ("DE-02", "Klammbeispiel", "DE21D", (47.50, 11.08), "de", 4650,
     "tourism nature climate", "Monika Klammmuster"),
    ("DE-03", "Almmuster", "DE215", (47.66, 12.93), "de", 3480,
     "farming carnivores forest", "Korbinian Almbeispiel"),
    ("DE-04", "Isarbeispiel", "DE216", (47.68, 11.57), "de", 5100,
     "water soil spatial", "Theresa Isarmuster"),
    ("DE-05", "Seemusterhausen", "DE21F", (47.72, 11.82), "de", 8700,
     "transport tourism energy", "Benedikt Seebeispiel"),
    ("FR-01", "Villexemple", "FRK28", (46.00, 6.70), "fr", 3150,
     "transport tourism spatial", "Marie Exemple"),
    ("FR-02", "Saint-Modèle-sur-Glière", "FRK28", (45.97, 6.38), "fr", 1240,
     "farming carnivores nature", "Bernadette Modelet"),
    ("FR-03", "Montexemple", "FRK27", (45.24, 6.50), "fr", 2480,
     "transport hazards energy", "Luc Dexemple"),
    ("FR-04", "Les Arolles-d'Essai", "FRK27", (45.48, 6.80), "fr", 780,
     "tourism climate water", "Sylvie Delessai"),
    ("FR-05", "Belle-Épreuve", "FRK24", (45.05, 6.02), "fr", 430,
     "farming carnivores hazards", "Marcel Lépreuve"),
    ("FR-06", "Val-Modèle", "FRL02", (44.70, 6.45), "fr", 690,
     "farming carnivores population", "Jeanne Valmodèle"),
    ("FR-07", "Roche-Exemple", "FRL01", (44.25, 6.50), "fr", 350,
     "farming carnivores forest", "Firmin Rochexemple"),
    ("FR-08", "Saint-Essai-du-Col", "FRL03", (44.08, 7.15), "fr", 280,
     "farming carnivores water", "Honorine Essayan"),
    ("FR-09", "Plan-Témoin", "FRK23", (44.75, 5.40), "fr", 910,
     "forest nature soil", "Gilles Témoinot"),
    ("IT-01", "Valdesempio", "ITH33", (46.35, 12.05), "it", 1860,
     "farming carnivores forest", "Paola Esemplari"),
    ("IT-02", "Pratomodello", "ITC16", (44.45, 7.20), "it", 920,
     "farming carnivores population", "Dario Modellato"),
    ("IT-03", "Rocca d'Esempio", "ITC11", (45.12, 7.05), "it", 3400,
     "transport tourism hazards", "Silvana Roccaesempio"),
    ("IT-04", "Prarosso d'Esempio", "ITC20", (45.72, 7.30), "it", 610,
     "farming carnivores energy", "Ivo Prarossi"),
    ("IT-05", "Alpe Modello", "ITC14", (46.20, 8.30), "it", 740,
     "transport forest water", "Graziella Alpemodello"),
    ("IT-06", "Valprototipo", "ITC44", (46.22, 9.85), "it", 4100,
     "transport energy soil", "Renzo Prototipi"),
    ("IT-07", "Sant'Esempio in Valle", "ITC46", (45.95, 9.75), "it", 1330,
     "farming carnivores tourism", "Lucia Santesempi"),
    ("IT-08", "Montemodello", "ITC47", (46.10, 10.35), "it", 2200,
     "energy water spatial", "Fausto Montemodelli"),
    ("IT-09", "Mustervals", "ITH10", (46.85, 11.55), "de", 2870,
     "transport farming carnivores", "Magdalena Mustervalser"),
    ("IT-10", "Beispielried", "ITH10", (46.68, 10.75), "de", 1580,
     "farming carnivores soil", "Karl Beispielrieder"),
    ("IT-11", "Pian d'Esempio", "ITH20", (46.25, 10.95), "it", 1050,
     "farming carnivores tourism", "Bruna Pianesempi"),
    ("IT-12", "Forcella Modello", "ITH33", (46.45, 12.40), "it", 1390,
     "tourism hazards climate", "Roberto Modello"),
    ("IT-13", "Malga d'Esempio", "ITH42", (46.48, 13.05), "it", 820,
     "forest farming carnivores", "Ornella Malgamodello"),
    ("LI-01", "Musterbergen", "LI000", (47.12, 9.53), "de", 2600,
     "spatial hazards tourism", "Adelheid Musterberger"),
    ("SI-01", "Zgledovo", "SI042", (46.36, 14.10), "sl", 8900,
     "transport tourism energy", "Andrej Zgled"),
    ("SI-02", "Primerje pod Goro", "SI042", (46.45, 13.80), "sl", 4700,
     "tourism nature climate", "Nataša Primerjal"),
    ("SI-03", "Vzorčje", "SI043", (46.30, 13.58), "sl", 1620,
     "water hazards tourism", "Robert Vzorčnik"),
    ("SI-04", "Zgledna Planina", "SI043", (46.18, 13.75), "sl", 3600,
     "farming carnivores forest", "Darja Zglednik"),
    ("SI-05", "Vzorec ob Savinji", "SI034", (46.35, 14.75), "sl", 2350,
     "farming carnivores forest", "Miha Vzorčan"),
    ("SI-06", "Zgornji Primer", "SI034", (46.25, 14.95), "sl", 2050,
     "forest water soil", "Irena Primerčič"),
    ("SI-07", "Vzorčna vas", "SI042", (46.25, 13.95), "sl", 3140,
     "farming carnivores tourism", "Janez Primer"),
    ("SI-08", "Spodnji Zgled", "SI033", (46.52, 14.95), "sl", 2900,
     "transport forest population", "Marjeta Zglednica"),
    ("SI-09", "Primerna Gora", "SI041", (46.24, 14.58), "sl", 5600,
     "spatial energy carnivores", "Tomaž Primernik"),
)
# fmt: on

MUNICIPALITIES: tuple[Municipality, ...] = tuple(_municipality(row) for row in _ROWS)

PEOPLE: tuple[Person, ...] = (
    Person("Ana Muster", "secretariat", "ana.muster@alpennetz.example", ("de", "sl", "en"),
           "+43 5000 000 100", ("AT",)),
    Person("Luca Beispiel", "secretariat", "luca.beispiel@alpennetz.example", ("it", "de", "en"),
           "+39 0000 000 101", ("IT",)),
    Person("Nina Protokoll", "secretariat", "nina.protokoll@alpennetz.example", ("fr", "de", "en"),
           "+41 81 000 01 02", ("CH",)),
    Person("Eva Musterfrau", "coordinator", "eva.musterfrau@alpennetz.example", ("de", "en"),
           "+43 5000 000 103", ("AT", "DE", "LI")),
    Person("Reto Beispielmann", "coordinator", "reto.beispielmann@alpennetz.example",
           ("de", "fr", "it"), "+41 81 000 01 04", ("CH",)),
    Person("Claire Exemple", "coordinator", "claire.exemple@alpennetz.example", ("fr", "it", "en"),
           "+33 4 65 71 01 05", ("FR",)),
    Person("Giulia Esempio", "coordinator", "giulia.esempio@alpennetz.example", ("it", "de", "en"),
           "+39 0000 000 106", ("IT",)),
    Person("Maja Vzorec", "coordinator", "maja.vzorec@alpennetz.example", ("sl", "de", "en"),
           "+386 40 000 000", ("SI",)),
    Person("Marie Exemple", "presidency", "marie.exemple@alpennetz.example", ("fr", "en"),
           "+33 4 65 71 01 08", ("FR",)),
    Person("Roberto Modello", "presidency", "roberto.modello@alpennetz.example", ("it", "fr"),
           "+39 0000 000 109", ("IT",)),
    Person("Franz Beispielhuber", "presidency", "franz.beispielhuber@alpennetz.example",
           ("de", "en"), "+43 5000 000 110", ("AT",)),
)  # fmt: skip
