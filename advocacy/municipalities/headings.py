"""What the columns of a member list may be called, in five languages, folded."""

from collections.abc import Mapping

from advocacy.spreadsheets.reading import folded

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "kennung", "kürzel", "sigle", "codice", "oznaka", "šifra", "koda"),
    "name": (
        "name",
        "municipality",
        "gemeinde",
        "nom",
        "commune",
        "nome",
        "comune",
        "ime",
        "občina",
    ),
    "kind": ("kind", "type", "art", "typ", "genre", "tipo", "vrsta", "tip"),
    "country": ("country", "land", "staat", "pays", "paese", "stato", "država"),
    "nuts": ("nuts", "nuts3", "nuts-3"),
    "region": ("region", "région", "regione", "regija", "pokrajina"),
    "map_region": ("map_region", "map region", "kartenregion", "région de la carte", "hasc"),
    "language": ("language", "sprache", "langue", "lingua", "jezik"),
    "latitude": ("latitude", "lat", "breite", "latitudine", "zemljepisna širina", "širina"),
    "longitude": (
        "longitude",
        "lon",
        "lng",
        "länge",
        "longitudine",
        "zemljepisna dolžina",
        "dolžina",
    ),
    "population": (
        "population",
        "inhabitants",
        "einwohner",
        "einwohnerzahl",
        "bevölkerung",
        "habitants",
        "abitanti",
        "popolazione",
        "prebivalci",
        "število prebivalcev",
    ),
    "topics": ("topics", "themen", "thèmes", "temi", "teme"),
    "contact": (
        "contact",
        "person",
        "mayor",
        "kontakt",
        "bürgermeister",
        "bürgermeisterin",
        "maire",
        "contatto",
        "sindaco",
        "sindaca",
        "župan",
        "županja",
        "stik",
    ),
    "role": ("role", "function", "funktion", "rolle", "fonction", "funzione", "funkcija", "vloga"),
    "email": (
        "email",
        "e-mail",
        "mail",
        "e-mail address",
        "e-mail-adresse",
        "courriel",
        "adresse e-mail",
        "posta elettronica",
        "e-pošta",
        "elektronska pošta",
        "e-poštni naslov",
        "indirizzo e-mail",
    ),
    "phone": ("phone", "telephone", "telefon", "tel", "téléphone", "telefono"),
    "best_time": (
        "best_time",
        "best time",
        "beste zeit",
        "meilleur moment",
        "orario",
        "najboljši čas",
    ),
    "origin": (
        "origin",
        "source",
        "herkunft",
        "quelle",
        "provenance",
        "provenienza",
        "fonte",
        "vir",
    ),
    "represented_by": (
        "represented_by",
        "represented by",
        "vertreten durch",
        "représentée par",
        "rappresentato da",
        "zastopa",
    ),
    "stands_for": (
        "stands_for",
        "stands for",
        "steht für",
        "représente",
        "rappresenta",
        "predstavlja",
    ),
}
LEFT_OUT = (
    "coordinator",
    "koordination",
    "koordinatorin",
    "koordinator",
    "coordination",
    "coordinatrice",
    "coordinateur",
    "coordinamento",
    "coordinatore",
    "koordinacija",
    "koordinatorka",
)
"""Who cares for a member follows from its country; an exported list may name her all the same."""

REQUIRED = ("code", "name", "country", "language")


COLUMNS: Mapping[str, str] = {
    folded(alias): column for column, aliases in HEADINGS.items() for alias in aliases
} | {folded(name): "coordinator" for name in LEFT_OUT}
