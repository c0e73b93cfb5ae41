"""What the office types about a body, its stages, presidencies and meetings."""

from datetime import date

import pytest

from advocacy.bodies import forms, known, stages
from advocacy.bodies.forms import MeetingForm, typed_day
from advocacy.bodies.rules import stages_of
from advocacy.errors import Invalid
from tests.advocacy.bodies.typed import typed_stages


def test_a_day_is_typed_in_several_ways():
    for text in ("14.12.2026", "14/12/2026", "2026-12-14", "14. 12. 2026", " 14.12.2026 "):
        assert typed_day(text) == date(2026, 12, 14)
    for text in ("", "14.12.", "31.2.2026", "14.13.2026", "0001-01-01", "12/2026", "١٤.١٢.٢٠٢٦"):
        assert typed_day(text) is None


def test_stages_are_put_in_order_and_keep_their_other_languages():
    before = stages_of(
        '[{"key": "consultation", "names": {"en": "Consultation", "sl": "Posvetovanje"},'
        ' "days": 28, "takes_input": true, "ends": false, "notes": {"en": "Short"}},'
        ' {"key": "decision", "names": {"en": "Decision"}, "days": 0, "takes_input": false}]'
    )
    form = typed_stages(
        {"key": "consultation", "kind": "consultation", "name": "Posvet", "days": "30",
         "input": "1", "place": "2", "note": "Short"},
        {"key": "decision", "name": "Decision", "place": "3"},
        {"key": "", "kind": "hearing", "name": "Zaslišanje", "place": "1", "input": "1"},
        {"key": "", "name": ""},
        {"key": "", "name": "Objava", "ends": "1"},
    )  # fmt: skip
    made = stages.procedure(form, known=before, language="sl")
    first, second, third, last = stages_of(made.stages)
    assert (first.key, first.names, first.takes_input) == ("hearing", {"sl": "Zaslišanje"}, True)
    assert second.names == {"en": "Consultation", "sl": "Posvet"}
    assert (second.key, second.days, second.notes) == ("consultation", 30, {"en": "Short"})
    assert (third.key, third.names) == ("decision", {"en": "Decision"})
    assert (last.key, last.ends, last.takes_input) == ("stage-1", True, False)


def test_rows_that_are_shown_and_kept_change_nothing():
    for each in known.PROCEDURES:
        for language in ("en", "sl"):
            rows = [
                {name: value for name, value in row.items() if not isinstance(value, bool)}
                | {name: "1" for name in ("input", "ends") if row[name]}
                for row in stages.rows_of(each.stages, language)
            ]
            made = stages.procedure(typed_stages(*rows), known=each.stages, language=language)
            assert stages_of(made.stages) == each.stages


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({"stage_0_days": "-1"}, "stage_0_days"),
        ({"stage_0_days": "9" * 40}, "stage_0_days"),
        ({"stage_0_days": "²"}, "stage_0_days"),
        ({"stage_0_place": "x"}, "stage_0_place"),
        ({"stage_0_name": "x" * 121}, "stage_0_name"),
        ({"stage_0_name": ""}, "stage_0_name"),
        ({"rows": "x"}, "stage_0_name"),
        ({"rows": "99"}, None),
        ({"text_limit": "many"}, "text_limit"),
        ({"law": "x" * 121}, "law"),
        ({"name_en": ""}, "name_en"),
        ({"valid_from": "2.1.2027", "valid_to": "1.1.2027"}, "valid_from"),
        ({"valid_to": "tomorrow"}, "valid_to"),
    ],
)
def test_a_procedure_that_cannot_be_meant_names_the_field(more: dict[str, str], wrong: str | None):
    form = typed_stages({"key": "", "name": "One"}) | more
    if wrong is None:
        assert stages_of(stages.procedure(form, known=(), language="en").stages)
        return
    with pytest.raises(Invalid) as refused:
        stages.procedure(form, known=(), language="en")
    assert wrong in refused.value.fields


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({"name_en": ""}, "name_en"),
        ({"name_sl": "x" * 121}, "name_sl"),
        ({"level": "moon"}, "level"),
        ({"country": "US"}, "country"),
        ({"zone": "Europe/Nowhere"}, "zone"),
        ({"parent": "nobody"}, "parent"),
        ({"languages": "german"}, "languages"),
        ({"languages": ",".join(["de"] * 20)}, "languages"),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"address": "https://[x"}, "address"),
        ({"lead_days": "a week"}, "lead_days"),
        ({"valid_from": "1.1.2027", "valid_to": "31.12.2026"}, "valid_to"),
        ({"valid_from": "31.2.2027"}, "valid_from"),
    ],
)
def test_a_body_that_cannot_be_meant_names_the_field(more: dict[str, str], wrong: str):
    form = {"name_en": "Council", "level": "alpine", "zone": "Europe/Rome"}
    assert forms.body(form, parents={}).zone == "Europe/Rome"
    with pytest.raises(Invalid) as refused:
        forms.body(form | more, parents={"commission": 1})
    assert wrong in refused.value.fields


def test_presidencies_and_meetings_that_cannot_be_meant_name_the_field():
    assert forms.presidency({"holders": "at, li ,Bayern", "begins": "1.1.2025"}).holders == (
        "AT,LI,Bayern"
    )
    one_day = forms.meeting({"begins": "4.3.2027"})
    assert one_day == MeetingForm(date(2027, 3, 4), date(2027, 3, 4))
    for form, wrong in (
        ({"holders": "", "begins": "1.1.2025"}, {"holders"}),
        ({"holders": ",", "begins": "1.1.2025"}, {"holders"}),
        ({"holders": "IT", "begins": ""}, {"begins"}),
        ({"holders": "IT", "begins": "2.1.2025", "ends": "1.1.2025"}, {"begins", "ends"}),
    ):
        with pytest.raises(Invalid) as refused:
            forms.presidency(form)
        assert set(refused.value.fields) == wrong
    for form, wrong in (
        ({"begins": "soon"}, {"begins"}),
        ({"begins": "4.3.2027", "ends": "3.3.2027"}, {"begins", "ends"}),
        ({"begins": "4.3.2027", "documents_until": "5.3.2027"}, {"documents_until"}),
        ({"begins": "4.3.2027", "number": "x" * 21, "address": "ftp://x"}, {"number", "address"}),
    ):
        with pytest.raises(Invalid) as refused:
            forms.meeting(form)
        assert set(refused.value.fields) == wrong
