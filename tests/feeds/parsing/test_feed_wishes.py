import pytest

from feeds.parsing import Wishes, parse

HOUR = 3600
SY = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'


def wishes(inside: str) -> Wishes:
    body = f"<rss version='2.0' {SY}><channel><title>x</title>{inside}</channel></rss>"
    return parse("feed", body.encode(), address="https://www.musterdorf.example/").wishes


@pytest.mark.parametrize(
    ("inside", "pause"),
    [
        ("", None),
        ("<ttl>90</ttl>", 90 * 60),
        ("<ttl> 60 </ttl>", HOUR),
        ("<ttl>0</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>1.5</ttl>", None),
        ("<ttl>bald</ttl>", None),
        ("<ttl/>", None),
        ("<ttl>999999</ttl>", 24 * HOUR),
        ("<ttl>999999999999999999999</ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", HOUR),
        (
            "<sy:updatePeriod> Daily\n</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            6 * HOUR,
        ),
        ("<sy:updateFrequency>2</sy:updateFrequency>", 12 * HOUR),
        ("<sy:updatePeriod>weekly</sy:updatePeriod>", 24 * HOUR),
        (
            "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
            HOUR,
        ),
        ("<sy:updatePeriod>sometimes</sy:updatePeriod>", None),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateBase>2000-01-01</sy:updateBase>",
            24 * HOUR,
        ),
        ("<ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", HOUR),
    ],
)
def test_the_pause_that_a_feed_wants(inside: str, pause: int | None) -> None:
    assert wishes(inside) == Wishes(pause=pause)


def test_hours_are_of_utc_and_24_is_midnight() -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in ("0", "1", " 23", "24", "25", "-1", "x"))
    assert wishes(f"<skipHours>{hours}</skipHours>") == Wishes(skip_hours=frozenset({0, 1, 23}))


def test_days_have_english_names() -> None:
    days = "<day>Sunday</day><day>saturday</day><day>Samstag</day>"
    assert wishes(f"<skipDays>{days}</skipDays>") == Wishes(skip_days=frozenset({5, 6}))


def test_a_feed_that_wants_never_to_be_visited_is_visited() -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(24))
    days = "".join(
        f"<day>{day}</day>"
        for day in ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    )
    assert wishes(f"<skipHours>{hours}</skipHours><skipDays>{days}</skipDays>") == Wishes()


def test_an_atom_and_an_rdf_have_wishes_too() -> None:
    period = "<sy:updatePeriod>hourly</sy:updatePeriod>"
    for body in (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {SY}>{period}</feed>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns="http://purl.org/rss/1.0/" {SY}><channel>{period}</channel></rdf:RDF>',
    ):
        parsed = parse("feed", body.encode(), address="https://www.musterdorf.example/")
        assert parsed.wishes == Wishes(pause=HOUR)


def test_what_feedparser_reads_has_its_wishes() -> None:
    assert wishes("<ttl>60</ttl><item><body>strange</body></item>") == Wishes(pause=HOUR)
