"""Names of months and weekdays in the five languages, as they stand in notices (levelled)."""

_NAMES = {
    1: "january januar janner jaenner janvier gennaio januarja januarju jan genn gen janv",
    2: "february februar feber fevrier febbraio februarja februarju feb febr fev fevr febb",
    3: "march marz maerz mars marzo marec marca marcu mar mrz",
    4: "april avril aprile aprila aprilu apr avr",
    5: "may mai maggio maj maja maju magg mag",
    6: "june juni juin giugno junij junija juniju jun giu",
    7: "july juli juillet luglio julij julija juliju jul juil lug",
    8: "august aout agosto avgust avgusta avgustu aug avg ago",
    9: "september septembre settembre septembra septembru sept sep sett set",
    10: "october oktober octobre ottobre oktobra oktobru oct okt ott",
    11: "november novembre novembra novembru nov",
    12: "december dezember decembre dicembre decembra decembru dec dez dic",
}
MONTHS = {name: month for month, names in _NAMES.items() for name in names.split()}
MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))

# English month names may stand before the day ("March 31"); in the other languages that is noise.
ENGLISH_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)

_DAYS = (
    "monday montag lundi lunedi ponedeljek ponedeljka mon mo",
    "tuesday dienstag mardi martedi torek torka tue di",
    "wednesday mittwoch mercredi mercoledi sreda srede sredo wed mi",
    # not the German "Do": it is the Slovene "until"
    "thursday donnerstag jeudi giovedi cetrtek cetrtka thu",
    "friday freitag vendredi venerdi petek petka fri fr",
    "saturday samstag sonnabend samedi sabato sobota sobote soboto sat sa",
    "sunday sonntag dimanche domenica nedelja nedelje nedeljo sun so",
)
WEEKDAYS = {name: day for day, names in enumerate(_DAYS) for name in names.split()}
