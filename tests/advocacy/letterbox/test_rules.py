"""What becomes of a reply, and who may be written to."""

from hypothesis import given
from hypothesis import strategies as st

from advocacy.calls.rules import Reception, Stance
from advocacy.errors import Message
from advocacy.letterbox.notes import Note, note_in
from advocacy.letterbox.rules import Sender, State, Why, may_see, may_write_to, next_step

FACTS = st.fixed_dictionaries(
    {
        "sender": st.sampled_from(Sender),
        "reception": st.sampled_from(Reception),
        "empty": st.booleans(),
        "stance": st.sampled_from(Stance),
        "given": st.booleans(),
        "reachable": st.booleans(),
    }
)


@given(FACTS)
def test_only_whom_the_municipality_named_answers_for_it(facts: dict):
    state, _ = next_step(**facts)
    if state is State.TAKEN:
        assert facts["sender"] in {Sender.CONTACT, Sender.DELEGATE}
        assert facts["reception"] in {Reception.OPEN, Reception.LATE}
        assert not facts["empty"]


@given(FACTS)
def test_words_that_say_neither_yes_nor_no_never_replace_an_answer(facts: dict):
    state, _ = next_step(**facts | {"given": True, "stance": Stance.NOT_STATED})
    assert state is not State.TAKEN


@given(FACTS)
def test_whatever_is_not_taken_says_why(facts: dict):
    state, why = next_step(**facts)
    assert (state is State.TAKEN) == (why is Why.NONE)


@given(FACTS)
def test_an_answer_that_was_given_in_time_stands(facts: dict):
    state, _ = next_step(**facts | {"reception": Reception.OVER})
    assert state in {State.KEPT, State.WAITING}


def test_a_coordinator_sees_their_countries_and_the_secretariat_all():
    assert may_see("coordinator", ["SI"], country="SI")
    assert not may_see("coordinator", ["SI"], country="IT")
    assert not may_see("coordinator", ["SI"], country=None)
    assert may_see("secretariat", [""], country=None)
    assert not may_see("presidency", ["SI"], country="SI")


def test_machines_and_we_ourselves_get_no_letter():
    ours = ("office@alpennetz.example",)
    assert may_write_to("office@si-07.example", ours=ours)
    for address in (
        "",
        "Office@alpennetz.example",
        "office+345-k7m2qxd4@alpennetz.example",
        "no-reply@x.example",
        "MAILER-DAEMON@x.example",
    ):
        assert not may_write_to(address, ours=ours)


def test_a_note_comes_back_as_it_was_written():
    inner = Message("%(name)s is not a PDF", {"name": "a.pdf"})
    left_out = (
        Message("%(claim)s: %(found)s.", {"claim": inner, "found": Message("it looks like XML")}),
    )
    note = Note(Why.ADDS, left_out, "550 no", larger=True)
    assert note_in(note.as_json()) == note
    assert note_in("") == note_in(Note().as_json()) == Note()
