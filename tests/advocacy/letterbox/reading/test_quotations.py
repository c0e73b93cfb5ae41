"""Mail programs as they quote, in five languages: what was typed comes out, above and below."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.calls.rules import Stance
from advocacy.letterbox.reading.attribution import lead_in
from advocacy.letterbox.reading.quotations import typed_beneath, typed_in
from advocacy.letterbox.reading.stances import stance_of

MARKERS = {
    "en": "——— please answer above this line ———",
    "de": "——— bitte oberhalb dieser Zeile antworten ———",
    "fr": "——— merci de répondre au-dessus de cette ligne ———",
    "it": "——— rispondere sopra questa riga ———",
    "sl": "——— odgovorite nad to črto ———",
}
LETTERS = {
    language: f"{marker}\n\n{greeting}\n\n{question}\n\n-- \nAlpennetz"
    for (language, marker), greeting, question in zip(
        MARKERS.items(),
        ("Good day,", "Guten Tag,", "Bonjour,", "Buongiorno,", "Dober dan,"),
        (
            "Does the draft take you into account? Yes: https://x.example/a/1",
            "Berücksichtigt der Entwurf Ihre Gemeinde? Ja: https://x.example/a/1",
            "Le projet tient-il compte de votre commune ? Oui : https://x.example/a/1",
            "La proposta tiene conto del Comune? Sì: https://x.example/a/1",
            "Ali predlog upošteva vašo občino? Da: https://x.example/a/1",
        ),
        strict=True,
    )
}
ANSWERS = {
    "en": ("Partly. We have 14 alps.", Stance.PARTLY),
    "de": ("Teilweise. Wir haben 14 Almen.", Stance.PARTLY),
    "fr": ("En partie. Nous avons 14 alpages.", Stance.PARTLY),
    "it": ("In parte. Abbiamo 14 alpeggi.", Stance.PARTLY),
    "sl": ("Deloma. Imamo 14 planin.", Stance.PARTLY),
}
# How programs lead in a quotation that they mark with ">", by language.
MARKED = {
    "Gmail": {
        "en": "On Thu, Nov 5, 2026 at 9:12 AM Alpennetz <office@alpennetz.example> wrote:",
        "de": "Am Do., 5. Nov. 2026 um 09:12 Uhr schrieb Alpennetz <\noffice@alpennetz.example>:",
        "fr": "Le jeu. 5 nov. 2026 à 09:12, Alpennetz <office@alpennetz.example> a\nécrit :",
        "it": "Il giorno gio 5 nov 2026 alle ore 09:12 Alpennetz <\noffice@alpennetz.example> ha scritto:",
        "sl": "V V čet., 5. nov. 2026 ob 09:12 je oseba Alpennetz <office@alpennetz.example>\nnapisala:",
    },
    "Thunderbird": {
        "en": "On 05/11/2026 09:12, Alpennetz wrote:",
        "de": "Am 05.11.26 um 09:12 schrieb Alpennetz:",
        "fr": "Le 05/11/2026 à 09:12, Alpennetz a écrit\N{NO-BREAK SPACE}:",
        "it": "Il 05/11/26 09:12, Alpennetz ha scritto:",
        "sl": "Dne 5. 11. 2026 ob 9:12 je Alpennetz napisal(a):",
    },
    "Apple Mail": {
        "en": "> On 5 Nov 2026, at 09:12, Alpennetz <office@alpennetz.example> wrote:\n> ",
        "de": "Am 05.11.2026 um 09:12 schrieb Alpennetz <office@alpennetz.example>:\n",
        "fr": "Le 5 nov. 2026 à 09:12, Alpennetz <office@alpennetz.example> a écrit :\n",
        "it": "Il giorno 5 nov 2026, alle ore 09:12, Alpennetz <office@alpennetz.example> ha scritto:\n",
        "sl": "Oseba Alpennetz <office@alpennetz.example> je dne 5. nov. 2026 ob 09:12 napisala:\n",
    },
    "K-9": {
        "en": "On 5 November 2026 09:12:33 CET, Alpennetz <office@alpennetz.example> wrote:",
        "de": "Am 5. November 2026 09:12:33 MEZ schrieb Alpennetz <office@alpennetz.example>:",
        "fr": "Le 5 novembre 2026 09:12:33 GMT+01:00, Alpennetz <office@alpennetz.example> a écrit :",
        "it": "Il 5 novembre 2026 09:12:33 CET, Alpennetz <office@alpennetz.example> ha scritto:",
        "sl": "Dne 5. november 2026 09:12:33 CET je Alpennetz <office@alpennetz.example> napisal/-a:",
    },
}
# Programs that put a block of fields or a drawn line above, and mark nothing.
UNMARKED = {
    "Outlook": {
        "en": "From: Alpennetz <office@alpennetz.example>\nSent: Thursday, November 5, 2026 9:12 AM\nTo: Musterdorf\nSubject: Deadline",
        "de": "________________________________\nVon: Alpennetz <office@alpennetz.example>\nGesendet: Donnerstag, 5. November 2026 09:12\nAn: Musterdorf\nBetreff: Frist",
        "fr": "De : Alpennetz <office@alpennetz.example>\nEnvoyé : jeudi 5 novembre 2026 09:12\nÀ : Villexemple\nObjet : Délai",
        "it": "Da: Alpennetz <office@alpennetz.example>\nInviato: giovedì 5 novembre 2026 09:12\nA: Valdesempio\nOggetto: Scadenza",
        "sl": "Od: Alpennetz <office@alpennetz.example>\nPoslano: četrtek, 05. november 2026 09:12\nZa: Vzorčna vas\nZadeva: Rok",
    },
    "Outlook 2003": {
        "en": "-----Original Message-----\nFrom: Alpennetz\nSent: Thursday",
        "de": "-----Ursprüngliche Nachricht-----\nVon: Alpennetz\nGesendet: Donnerstag",
        "fr": "-----Message d'origine-----\nDe : Alpennetz\nEnvoyé : jeudi",
        "it": "-----Messaggio originale-----\nDa: Alpennetz\nInviato: giovedì",
        "sl": "-----Izvirno sporočilo-----\nOd: Alpennetz\nPoslano: četrtek",
    },
    "GMX": {
        "en": 'Sent: Thursday, November 05, 2026 at 9:12 AM\nFrom: "Alpennetz" <office@alpennetz.example>\nTo: x@at-01.example\nSubject: Deadline',
        "de": 'Gesendet: Donnerstag, 05. November 2026 um 09:12 Uhr\nVon: "Alpennetz" <office@alpennetz.example>\nAn: x@at-01.example\nBetreff: Frist',
        "fr": 'Envoyé: jeudi 5 novembre 2026 à 09:12\nDe: "Alpennetz" <office@alpennetz.example>\nÀ: x@fr-01.example\nObjet: Délai',
        "it": 'Inviato: giovedì 5 novembre 2026 alle 09:12\nDa: "Alpennetz" <office@alpennetz.example>\nA: x@it-01.example\nOggetto: Scadenza',
        "sl": '*Poslano:* četrtek, 5. november 2026\n*Od:* "Alpennetz" <office@alpennetz.example>\n*Za:* x@si-07.example\n*Zadeva:* Rok',
    },
    "Open-Xchange": {
        "en": "Alpennetz <office@alpennetz.example> wrote on 05/11/2026 09:12 CET:",
        "de": "Alpennetz <office@alpennetz.example> hat am 05.11.2026 09:12 CET geschrieben:",
        "fr": "Alpennetz <office@alpennetz.example> a écrit le 05/11/2026 09:12 CET :",
        "it": "Alpennetz <office@alpennetz.example> ha scritto il 05/11/2026 09:12 CET:",
        "sl": "Alpennetz <office@alpennetz.example> je 5. 11. 2026 09:12 CET napisal:",
    },
}
SENT_FROM = {
    "en": "Sent from my iPhone",
    "de": "Von meinem iPhone gesendet",
    "fr": "Envoyé de mon iPhone",
    "it": "Inviato da iPhone",
    "sl": "Poslano iz iPhona",
}
LANGUAGES = tuple(MARKERS)


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def understood(body: str) -> tuple[str, Stance]:
    typed = typed_in(body)
    return typed, stance_of(typed)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("program", MARKED)
def test_an_answer_above_a_marked_quotation(program: str, language: str):
    body = f"{ANSWERS[language][0]}\n\n{MARKED[program][language]}\n{quoted(LETTERS[language])}\n"
    assert understood(body) == ANSWERS[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("program", MARKED)
def test_an_answer_below_a_marked_quotation(program: str, language: str):
    signed = f"{ANSWERS[language][0]}\n-- \nJosef Beispielmann\nTel. 05 12\n"
    body = f"{MARKED[program][language]}\n{quoted(LETTERS[language])}\n\n{signed}"
    assert understood(body) == ANSWERS[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("program", UNMARKED)
def test_an_answer_above_an_unmarked_quotation(program: str, language: str):
    body = f"{ANSWERS[language][0]}\n\n{UNMARKED[program][language]}\n\n{LETTERS[language]}\n"
    assert understood(body) == ANSWERS[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("program", UNMARKED)
def test_an_answer_above_a_letter_without_our_line(program: str, language: str):
    letter = LETTERS[language].partition("\n")[2]
    body = f"{ANSWERS[language][0]}\n\n{UNMARKED[program][language]}\n\n{letter}\n"
    assert understood(body) == ANSWERS[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("program", UNMARKED)
def test_an_answer_below_an_unmarked_quotation_is_what_is_not_in_our_letter(
    program: str, language: str
):
    said, stance = ANSWERS[language]
    body = f"{UNMARKED[program][language]}\n\n{LETTERS[language]}\n\n{said}\n"
    assert typed_in(body) == ""
    beneath = typed_beneath(body, LETTERS[language])
    assert (beneath, stance_of(beneath)) == (said, stance)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_telephone_adds_is_not_the_answer(language: str):
    said, _ = ANSWERS[language]
    body = (
        f"{said}\n\n{SENT_FROM[language]}\n\n"
        f"{MARKED['Apple Mail'][language]}\n{quoted(LETTERS[language])}"
    )
    assert understood(body) == ANSWERS[language]


def test_answers_between_the_quoted_lines_are_all_kept():
    body = (
        "Siehe unten.\n\nAm 05.11.26 um 09:12 schrieb Alpennetz:\n> Frage 1?\nJa.\n> Frage 2?\n\n"
        "12 ha\n\n> Gruß\n-- \nJosef\n"
    )
    assert typed_in(body) == "Siehe unten.\n\nJa.\n\n12 ha"


def test_the_rest_of_a_quoted_line_that_was_wrapped_was_not_typed():
    long = "> Berücksichtigt der Entwurf die kleinen Gemeinden in den Bergen und deren"
    body = f"Nein.\n\nAm 05.11.26 um 09:12 schrieb Alpennetz:\n{long}\nweiden?\n> Danke\n"
    assert typed_in(body) == "Nein."


def test_a_lead_in_of_a_language_that_nobody_knows_is_left_out_above_our_line():
    body = f"Ja.\n\nOp do 5 nov schreef Alpennetz <office@alpennetz.example>:\n\n{LETTERS['de']}"
    assert typed_in(body) == "Ja."


def test_fields_of_a_language_that_nobody_knows_are_left_out_above_our_line():
    fields = "Van: office@alpennetz.example\nVerzonden: donderdag\nAan: x\nOnderwerp: y"
    assert typed_in(f"Ja.\n\n{fields}\n\n{LETTERS['de']}") == "Ja."


@pytest.mark.parametrize(
    "sentence",
    [
        "Am Montag schrieb uns der Landrat:",
        "Le maire a écrit :",
        "Il sindaco ha scritto:",
        "Župan je napisal:",
        "Von: hier an gilt",
        "- erster Punkt",
        "Poslano iz občine Vzorčna vas",
        "Bonne journée",
    ],
)
def test_sentences_that_only_look_like_a_lead_in_stay(sentence: str):
    assert typed_in(f"Ja.\n{sentence}\nUnd weiter.") == f"Ja.\n{sentence}\nUnd weiter."


def test_a_mail_without_a_quotation_is_whole():
    assert typed_in("Ja.\n\nWir haben 14 Almen.\n") == "Ja.\n\nWir haben 14 Almen."


def test_a_line_that_was_typed_just_above_the_lead_in_stays():
    body = "Le projet est bon\nLe 5 nov. 2026 à 09:12, Ana <a@b.example> a écrit :\n> x"
    assert typed_in(body) == "Le projet est bon"


_LINES = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs"), include_characters=" "),
    max_size=60,
)


def _says_something(lines: list[str]) -> bool:
    """Neither a signature nor what a mail program would have written."""
    return all(
        not line or (line.strip(" _-=–—") and "——" not in line) for line in lines
    ) and not any(lead_in(lines, at) for at in range(len(lines)))


@given(
    st.lists(_LINES, min_size=1, max_size=6).filter(_says_something),
    st.sampled_from(LANGUAGES),
    st.sampled_from([*MARKED, *UNMARKED]),
)
def test_whatever_is_typed_above_our_line_comes_back_whole(
    lines: list[str], language: str, program: str
):
    lead = (MARKED | UNMARKED)[program][language]
    while lines and not lines[0].strip():
        lines = lines[1:]
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    typed = "\n".join(lines)
    assert typed_in(f"{typed}\n\n{lead.strip('> ')}\n\n{LETTERS[language]}") == typed


@given(st.text(max_size=400))
def test_no_text_is_too_strange_to_be_read(text: str):
    stance_of(typed_in(text))
    assert typed_beneath(text, text).strip() == ""
