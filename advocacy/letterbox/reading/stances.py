"""Yes, partly, no: from the first words of an answer, in five languages at once.

greeting and thanks are passed over → "Answer:", "1." are passed over
→ the phrases that name a stance, the longest first; a bare "ne", "si", "da", "no", "non" only
  where it stands alone, because it begins other sentences as well
→ after yes or no the more exact word wins: "Ja, teilweise", "No, we have no objection"
"""

import re
from collections.abc import Mapping

from advocacy.calls.rules import Stance
from advocacy.letterbox.reading.wording import levelled

LOOKED_AT = 1_500  # characters
MOST_PASSED_OVER = 6  # greetings and thanks
LONGEST_GREETING = 9  # words

_SAID: Mapping[Stance, str] = {
    Stance.YES: "ja|jawohl|yes|oui|si|da",
    Stance.NO: "nein|no|non|ne|ne strinjamo se|se ne strinjamo|nicht einverstanden",
    Stance.PARTLY: (
        "jein|teilweise|teils teils|teils|zum teil|ja und nein|nur teilweise"
        "|partly|partially|in part|yes and no"
        "|en partie|partiellement|oui et non"
        "|in parte|parzialmente|si e no"
        "|deloma|delno|le deloma|samo delno|samo deloma|da in ne"
    ),
    Stance.NO_OBJECTION: (
        "kein einwand|keine einwande|keine einwaende|keine einwendungen|keinen einwand"
        "|keine einsprache|keine bedenken|kein einspruch|keine einwendung"
        "|no objection|no objections|without objection"
        "|pas d'objection|pas d'objections|aucune objection|sans objection|point d'objection"
        "|nessuna obiezione|nessun'obiezione|senza obiezioni|nulla osta|niente in contrario"
        "|brez pripomb|ni pripomb|nimamo pripomb|brez ugovora|brez ugovorov|ni ugovora"
        "|nimamo zadrzkov|brez zadrzkov|ni zadrzkov|nimamo ugovorov"
    ),
    Stance.NOT_CONCERNED: (
        "betrifft uns nicht|betrifft unsere gemeinde nicht|nicht betroffen|nicht zutreffend"
        "|keine betroffenheit|geht uns nichts an"
        "|does not concern us|doesn't concern us|not concerned|not affected"
        "|does not affect us|doesn't affect us|not applicable"
        "|ne nous concerne pas|nous concerne pas|pas concerne|pas concernee|pas concernes"
        "|pas concernees|non concerne|non concernee|non concernes|non concernees|sans objet"
        "|non ci riguarda|non riguarda noi|non riguarda il nostro comune|non siamo interessati"
        "|non interessati|non interessato|non coinvolti|non ci concerne"
        "|nas ne zadeva|ne zadeva nas|se nas ne tice|nas se ne tice|ne tice se nas|ne tice nas"
        "|ne zadeva nase obcine|nismo prizadeti"
    ),
}
_UNKNOWING = (
    "weis nicht|weiss nicht|wissen wir nicht|wir wissen es nicht|ich weis es nicht"
    "|ich weiss es nicht|keine ahnung"
    "|don't know|do not know|we don't know|we do not know|i don't know"
    "|je ne sais pas|nous ne savons pas|ne savons pas|ne sais pas"
    "|non so|non sappiamo|non lo so|non lo sappiamo|ne vemo|ne vem"
)
"""The form calls it "Don't know / doesn't concern us"; only where nothing else is said."""
_BEFORE = (
    r"(?:(?:das|dies|es|die sache|der entwurf|die frage|wir|ich|unsere gemeinde|die gemeinde|uns"
    r"|haben|habe|hat|sind|ist|bestehen|besteht|gibt es|es gibt|unsererseits|seitens der gemeinde"
    r"|this|it|that|the draft|we|i|there is|there are|have|has|are|is|our municipality"
    r"|cela|ceci|ca|ce projet|le projet|la question|nous|je|il n'y a|n'avons|n'ai|ne sommes|n'est"
    r"|notre commune|la commune|elle|y a"
    r"|questo|questa|cio|la questione|la proposta|il progetto|noi|abbiamo|ho|non abbiamo|non ho"
    r"|c'e|siamo|e|il comune|il nostro comune|da parte nostra"
    r"|to|vprasanje|predlog|osnutek|mi|pri nas|obcina|nasa obcina|na predlog|z nase strani"
    r"|aber|nur|but|only|mais|seulement|ma|solo|soltanto|samo|le|ampak|vendar|zwar|eher"
    r"|plutot|piuttosto|rather|bolj)\s+){0,5}"
)
_MUNICIPALITY = r"(?:(?:die )?gemeinde|la commune de|il comune di|obcina|the municipality of)"


def _phrases(words: str) -> str:
    listed = sorted(words.split("|"), key=len, reverse=True)
    return "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in listed)


_EXACT = [
    (stance, re.compile(rf"{_BEFORE}(?:{_phrases(_SAID[stance])})(?![\w'-])"))
    for stance in (Stance.NO_OBJECTION, Stance.NOT_CONCERNED, Stance.PARTLY)
]
_PLAIN = [
    (stance, re.compile(rf"(?:{_phrases(_SAID[stance])})(?![\w'-])"))
    for stance in (Stance.YES, Stance.NO)
]
_UNKNOWN = re.compile(rf"(?:{_phrases(_UNKNOWING)})[\s\"')*_]*(?:[.!;]|$)", re.MULTILINE)
_BEGINS_SENTENCES = frozenset({"si", "da", "no", "non", "ne"})
_STANDS_ALONE = re.compile(
    r"\s*(?:$|[.,;:!\n)(\"/-]|(?:weil|aber|because|but|since|as|parce|car|mais|perche|ma|pero"
    r"|ker|saj|ampak|vendar|toda|grazie|merci|thanks|hvala|danke|in parte|en partie|deloma|delno"
    r")\b)"
)
_NOTHING = re.compile(r"[\s\"'*_>.,;:!\-(\[]+")
_LEAD = re.compile(
    r"(?:(?:zu|ad|re)?\s?(?:frage|question|domanda|vprasanje|punkt|point|punto|tocka)?\s?\d{1,2}"
    r"\s?[.):]+|[a-c]\)|\(\d\)"
    r"|(?:unsere |meine |die |our |my |the |notre |ma |la |nostra |mia |nas |moj )*(?:antwort"
    r"|stellungnahme|ruckmeldung|answer|response|reply|reponse|avis|risposta|parere|odgovor"
    r"|mnenje|stalisce)(?:\s(?:ist|lautet|is|est|e|je|der gemeinde|of|de|del))?\s?:?"
    rf"|{_MUNICIPALITY}\s[\w-]+\s?:)(?=\s)\s*"
)
_GREETING = re.compile(
    r"(?:guten (?:tag|morgen|abend)|gru(?:s|ss|es)\s?(?:gott|euch|sie|dich)|gruezi|gruss?|hallo"
    r"|sehr geehrte[rs]?|liebe[rs]?|werte[rs]?|geschatzte[rs]?|servus|moin|s\.?\s?g\.?"
    r"|bonjour|bonsoir|madame|monsieur|mesdames|messieurs|chere?s?|salut"
    r"|buon\s?giorno|buona\s?sera|buond?i|gentil[ei]|gent\.\w*|egregi[aoe]?|spett\.\w*|spettabile"
    r"|car[aoei]|salve|ciao|stimat[aoie]"
    r"|spostovan[iaeo]|pozdravljen[iaeo]?|dober dan|dobro jutro|dober vecer|drag[iaeo]|zivjo"
    r"|lep pozdrav|lepo pozdravljen[iaeo]?"
    r"|dear|hello|hi|good (?:morning|afternoon|evening|day))\b"
)
_THANKS = re.compile(
    r"(?:(?:vielen|herzlichen|besten|schonen) )?(?:danke?|dank)\b|wir danken|ich danke|merci"
    r"|nous vous remercions|je vous remercie|grazie|la ringrazi\w*|vi ringrazi\w*|ringrazi\w*"
    r"|hvala|zahvaljuje\w*|najlepsa hvala|thank you|thanks|many thanks"
)
_SHORT = "g ga gdc dr mag hr fr sig dott ing prof m mr mrs ms mme univ ddr dipl"
_END_OF_PIECE = re.compile(
    r"[,!:;\n]|" + "".join(rf"(?<!\b{each})" for each in _SHORT.split()) + r"\."
)
"""Of a greeting; not the point behind "Spoštovana ga."."""
_END_OF_SENTENCE = re.compile(r"[!.;\n]")


def stance_of(text: str) -> Stance:
    """NOT_STATED where the first words name none, or could mean another."""
    said = levelled(text[:LOOKED_AT]).replace("*", "").replace("_", "").strip()
    said = _begun(said)
    for _ in range(MOST_PASSED_OVER):
        shorter = _passed_over(said)
        if shorter == said:
            break
        said = shorter
    return _named(said)


def _passed_over(said: str) -> str:
    """Without one greeting, sentence of thanks or lead-in at the beginning."""
    if found := _GREETING.match(said):
        return _after(said, _END_OF_PIECE, found.end())
    if found := _THANKS.match(said):
        return _after(said, _END_OF_SENTENCE, found.end())
    if found := _LEAD.match(said):
        return _begun(said[found.end() :])
    return said


def _after(said: str, end: re.Pattern[str], start: int) -> str:
    """Behind the piece that has begun, if it is as short as such pieces are."""
    found = end.search(said, start)
    stop = found.end() if found else len(said)
    if len(said[:stop].split()) > 2 * LONGEST_GREETING:
        return said
    return _begun(said[stop:])


def _begun(said: str) -> str:
    """Without the signs before its first word."""
    skipped = _NOTHING.match(said)
    return said[skipped.end() :] if skipped else said


def _named(said: str) -> Stance:
    if _UNKNOWN.match(said):
        return Stance.NOT_CONCERNED
    for stance, pattern in _EXACT:
        if pattern.match(said):
            return stance
    for stance, pattern in _PLAIN:
        found = pattern.match(said)
        if found and _is_meant(said, found):
            return _more_exactly(said[found.end() :]) or stance
    return Stance.NOT_STATED


def _is_meant(said: str, found: re.Match[str]) -> bool:
    """Neither yes nor no is in "Da bi lahko …", "Si tratta …", "Non possiamo …"."""
    return found[0] not in _BEGINS_SENTENCES or _STANDS_ALONE.match(said, found.end()) is not None


def _more_exactly(rest: str) -> Stance | None:
    """What the same sentence goes on to say: "Ja, teilweise"."""
    sentence = re.split(r"[.!;\n]", rest, maxsplit=1)[0]
    said = _begun(sentence)
    return next((stance for stance, pattern in _EXACT if pattern.match(said)), None)
