"""The letter that the files of this folder's tests are made of."""

from dataclasses import replace
from datetime import date

from advocacy.submissions.documents import (
    DocumentParagraph,
    Labels,
    Source,
    SubmissionText,
)

AS_TYPED = "#panic() $x$ <b>č š ž ß</b> & «été\u202f» *a* _b_ -- \"c\" 'd' ... [@e] \\ // ~"
PLAIN_WORDS = AS_TYPED.partition(" *a*")[0]  # nothing in it is a sign of Markdown-light
LABELS = Labels(
    position="Stališče Alpennetz",
    addressee="Za",
    page="stran {page} od {pages}",
    asks="Zahteve",
    number="Št.",
    annex="Priloga",
    municipality="Občina",
    country="Država",
    quotation="Izjava",
    paragraph="Odstavek",
    signed="Podpisali",
    unnamed="Občina, ki ni imenovana",
    contradicts="nasprotuje",
    mentions="omenja",
)
TEXT = SubmissionText(
    number="2026-014",
    version=3,
    language="sl",
    network="Alpennetz",
    title="Velike zveri v Alpah",
    addressee="European Commission",
    paragraphs=(
        DocumentParagraph(
            1,
            "Stroški **varovanja** morajo biti kriti [@17.1 @18.1]. Tudi za pse [@17.1].",
            "k1",
            "Podpirata 2 občini (AT 1 · SI 1)",
        ),
        DocumentParagraph(
            2, "Šteje:\n\n- ograja [@19.1]\n- pes\n\nOdločba velja. [@E3 @own]", "k2"
        ),
    ),
    asks=((1, "Krijte stroške."), (2, "Odločite hitro.")),
    sources=(
        Source(
            1, "@17.1", "Musterdorf", "AT", "Wir zahlen <alles> & selbst.", "de", "supports", (1,)
        ),
        Source(2, "@18.1", "", "IT", "", "", "supports", (1,)),
        Source(3, "@19.1", "Vzorčna vas", "SI", "Ograja ni dovolj.", "sl", "contradicts", (2,)),
        Source(4, "@E3", "Odločba", "", "", "", "", (2,), "https://eur-lex.example/3"),
    ),
    date=date(2026, 11, 27),
    signatories=("Ana Muster", "Janez Primer"),
    labels=LABELS,
)
BARE = replace(TEXT, paragraphs=(), asks=(), sources=(), signatories=())
