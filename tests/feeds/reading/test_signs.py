"""A cheap sign is never missing where there is something to find."""

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.reading.dates import dates
from feeds.reading.letters import composed, levelled
from feeds.reading.phrases import PHRASES
from feeds.reading.relative import periods
from feeds.reading.signs import EDGE, FIGURES, MONTH, PERIOD, UNSETTLED, signs_of

PIECES = (
    *("31", ". ", "1.", "/", "-", "–", " . ", "2026", "März ", "mai", "may ", "Ende ", "fine "),
    *("\u2060", "\xa0", "\n", " ", "del ", "dell'anno ", "12", "premier ", "March ", "-4-", "٣"),
    *("Jänner", "de l'année ", "konec leta ", "within 4 weeks of publication ", "mise en ligne "),
)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_dates_are_the_same_wherever_one_looks(said: str) -> None:
    text = composed(said)
    plain, signs = levelled(text), signs_of(text)
    assert dates(plain, text=text, signs=signs) == dates(plain)
    assert bool(signs.all & PERIOD) or not list(periods(plain))


def test_each_sign_is_borne_by_its_own_tokens() -> None:
    signs = signs_of("Frist: Ende März oder 31.3.2026, noch offen seit Kundmachung")
    assert {sign: signs.bearing(sign) for sign in (MONTH, FIGURES, EDGE, PERIOD, UNSETTLED)} == {
        MONTH: ["März"],
        FIGURES: ["31.3.2026,"],
        EDGE: ["Ende"],
        PERIOD: ["Kundmachung"],
        UNSETTLED: ["offen"],
    }


def test_a_text_without_signs_bears_none() -> None:
    assert signs_of("Der Gemeinderat berät über die Seilbahn (Saal 2)").all == 0


UNSETTLED_SAID = {
    "en": "tbc|tba|tbd|check source|to be confirmed|to be announced|to be determined"
    "|to be decided|to be defined|to be set|not yet known|not fixed|unknown|open-ended",
    "de": "wird noch bekannt gegeben|noch offen|noch nicht bekannt|noch nicht festgelegt|offen"
    "|folgt|unbekannt|wird noch mitgeteilt|n. n.",
    "fr": "à confirmer|à préciser|à définir|à déterminer|à fixer|pas encore connue|inconnue"
    "|pas encore fixée",
    "it": "da definire|da confermare|da stabilire|da determinare|da precisare|non ancora noto"
    "|non nota|non ancora fissato",
    "sl": "še ni določen|še ni znan|bo objavljen|bo določen|bo sporočen|naknadno|ni znano",
}


def test_every_phrase_for_what_is_not_settled_bears_its_sign() -> None:
    assert set(UNSETTLED_SAID) == set(PHRASES)
    said = [(code, each) for code, all_of in UNSETTLED_SAID.items() for each in all_of.split("|")]
    assert [each for each in said if not signs_of(each[1]).all & UNSETTLED] == []
