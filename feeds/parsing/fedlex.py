"""Swiss federal consultations from fedlex: the results of a SPARQL query as JSON.

An address that ends in `sparqlendpoint` or `sparql` is asked with our own query, which stands here;
another one is taken for the result of a query. Rows about the same consultation are one entry: its
title in the language of the source, the other languages in its text.

The end of the window is a date in Zurich. The status lags behind it, so the date wins (only a
withdrawn consultation has no deadline). Rows without `end`, such as acts that enter into force, are
entries without a deadline. Dates and institutions hang on the phases of a consultation, never on
itself, and one may have several phases.
"""

from collections.abc import Iterator, Mapping
from html import escape
from string import Template
from urllib.parse import urlencode, urlsplit

from feeds.parsing.dates import instant
from feeds.parsing.decoding import decoded
from feeds.parsing.entry import Ask, Document, Parsed, ParsedEntry, StatedDeadline
from feeds.parsing.json_document import Item, items_at, loaded, received, text_at
from feeds.parsing.text import language_code, one_line, plain, sanitised, web_address
from feeds.parsing.windows import end_of_day

ZONE = "Europe/Zurich"
LANGUAGES = ("de", "fr", "it")
STATES = {
    "0": "In Vorbereitung",
    "1": "Geplant",
    "2": "Laufend",
    "3": "Abgeschlossen – Stellungnahmen und Bericht ausstehend",
    "4": "Abgeschlossen – Bericht ausstehend",
    "5": "Abgeschlossen",
    "6": "Zurückgezogen",
}
WITHDRAWN = "6"
# Filters name their language: the endpoint loses variables that come from outside an OPTIONAL.
QUERY = Template("""\
PREFIX jolux: <http://data.legilux.public.lu/resource/ontology/jolux#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX status: <https://fedlex.data.admin.ch/vocabulary/consultation-status/>
SELECT DISTINCT ?c ?eventId ?status ?titleDe ?titleFr ?titleIt ?description
                ?start ?end ?instLabel ?inst2Label
WHERE {
  VALUES ?status { status:1 status:2 }
  ?c a jolux:Consultation ;
     jolux:consultationStatus ?status .
  OPTIONAL { ?c jolux:eventId ?eventId . }
  OPTIONAL { ?c jolux:eventTitle ?titleDe . FILTER(LANG(?titleDe) = "de") }
  OPTIONAL { ?c jolux:eventTitle ?titleFr . FILTER(LANG(?titleFr) = "fr") }
  OPTIONAL { ?c jolux:eventTitle ?titleIt . FILTER(LANG(?titleIt) = "it") }
  OPTIONAL { ?c jolux:eventDescription ?description . FILTER(LANG(?description) = "$language") }
  OPTIONAL {
    ?c jolux:hasSubTask ?phase .
    ?phase a jolux:ConsultationPhase .
    OPTIONAL { ?phase jolux:eventStartDate ?start . }
    OPTIONAL { ?phase jolux:eventEndDate ?end . }
    OPTIONAL {
      ?phase jolux:institutionInChargeOfTheEvent ?inst .
      OPTIONAL { ?inst skos:prefLabel ?instLabel . FILTER(LANG(?instLabel) = "$language") }
    }
    OPTIONAL {
      ?phase jolux:institutionInChargeOfTheEventLevel2 ?inst2 .
      OPTIONAL { ?inst2 skos:prefLabel ?inst2Label . FILTER(LANG(?inst2Label) = "$language") }
    }
  }
}
ORDER BY ?c ?end
""")
_LABELS = ("description", "instLabel", "inst2Label", "srNumber", "titleShort")
_RESULTS = "application/sparql-results+json"


def ask(address: str, settings: Mapping[str, str]) -> Ask:
    """Our query to an endpoint, a plain GET of anything else."""
    if urlsplit(address).path.rstrip("/").rpartition("/")[2] not in ("sparqlendpoint", "sparql"):
        return Ask(address, accept=_RESULTS)
    query = QUERY.substitute(language=_wanted(settings))
    return Ask(
        address,
        method="POST",
        body=urlencode({"query": query}).encode(),
        content_type="application/x-www-form-urlencoded",
        accept=_RESULTS,
    )


def parse(document: Document) -> Parsed:
    answer = loaded(decoded(document.body, document.content_type))
    if not is_fedlex(answer) or not isinstance(answer["results"].get("bindings"), list):
        return Parsed(problem="The answer is not the result of a fedlex query.")
    rows = items_at(answer, "results", "bindings")
    matters: dict[str, list[Item]] = {}
    for row in rows:
        matters.setdefault(_matter(row), []).append(row)
    skipped = len(matters.pop("", ())) + len(answer["results"]["bindings"]) - len(rows)
    entries, known = [], []
    for matter, about in matters.items():
        raw, digest = received({"rows": about})
        if digest in document.known:
            known.append(digest)
        else:
            entries.append(_entry(matter, about, raw, digest, _wanted(document.settings)))
    return Parsed(
        entries=tuple(entries), known=tuple(known), title="Fedlex", complete=True, skipped=skipped
    )


def is_fedlex(answer: object) -> bool:
    """Whether a JSON document has the shape of the results of a SPARQL query."""
    return isinstance(answer, dict) and "head" in answer and isinstance(answer.get("results"), dict)


def _wanted(settings: Mapping[str, str]) -> str:
    language = settings.get("language")
    return language if language in LANGUAGES else LANGUAGES[0]


def _matter(row: Item) -> str:
    """The address of what the row is about: `c` in our query, else the first one in the row."""
    named = text_at(row, "c", "value")
    addresses = (text_at(row, name, "value") for name in row if text_at(row, name, "type") == "uri")
    return named or next((address for address in addresses if "/eli/" in address), "")


def _entry(matter: str, rows: list[Item], raw: str, digest: str, wanted: str) -> ParsedEntry:
    titles = _titles(rows)
    language = wanted if wanted in titles else next(iter(titles), "")
    shown = next((row for row in rows if text_at(row, "title", "xml:lang") == language), rows[0])
    html = sanitised("".join(_paragraphs(shown, rows, titles, language)), base=matter)
    starts = (instant(_value(row, "start"), zone=ZONE) for row in rows)
    return ParsedEntry(
        id=matter,
        title=one_line(titles.get(language, "")),
        address=web_address(matter.replace("fedlex.data.admin.ch", "www.fedlex.admin.ch")),
        author=one_line(_value(shown, "inst2Label") or _value(shown, "instLabel")),
        published=min((start for start in starts if start), default=None),
        language=language_code(language),
        html=html,
        text=plain(html),
        deadlines=tuple(_deadlines(rows)),
        received=raw,
        received_hash=digest,
    )


def _titles(rows: list[Item]) -> dict[str, str]:
    """language → title, from a column for each language or a row for each; "" is undeclared."""
    found: dict[str, str] = {}
    for row in rows:
        for name in ("title", "titleDe", "titleFr", "titleIt"):
            if _value(row, name):
                language = text_at(row, name, "xml:lang") or name.removeprefix("title").lower()
                found.setdefault(language, _value(row, name))
    return found


def _deadlines(rows: list[Item]) -> Iterator[StatedDeadline]:
    seen = set()
    for row in rows:
        end = _value(row, "end")
        if not end or _state(row) == WITHDRAWN:
            continue
        quote = f"{_value(row, 'start') or '…'} – {end}"
        deadline = end_of_day(end, zone=ZONE, quote=quote)
        if deadline is not None and deadline.at not in seen:
            seen.add(deadline.at)
            yield deadline


def _paragraphs(
    shown: Item, rows: list[Item], titles: Mapping[str, str], language: str
) -> Iterator[str]:
    for label in _LABELS:
        if _value(shown, label):
            yield f"<p>{escape(_value(shown, label))}</p>"
    for span in dict.fromkeys((_value(row, "start"), _value(row, "end")) for row in rows):
        if span[1]:
            yield f"<p>{escape(span[0])} – {escape(span[1])}</p>"
    if _value(shown, "entryDate"):
        yield f"<p>Inkrafttreten: {escape(_value(shown, 'entryDate'))}</p>"
    if _state(shown) in STATES:
        yield f"<p>{STATES[_state(shown)]}</p>"
    for other, title in titles.items():
        if other != language and language_code(other):
            yield f'<p lang="{language_code(other)}">{escape(title)}</p>'


def _state(row: Item) -> str:
    return _value(row, "status").rpartition("/")[2]


def _value(row: Item, name: str) -> str:
    return text_at(row, name, "value")
