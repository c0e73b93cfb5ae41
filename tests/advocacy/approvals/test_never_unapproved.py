"""No sequence of edits, translations, votes, deputies and clocks lets an unapproved text leave."""

import asyncio
import contextlib
import shutil
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from advocacy import database
from advocacy.approvals import actions, queries
from advocacy.approvals.forms import NewDeputy
from advocacy.approvals.rules import Policy
from advocacy.approvals.tables import Deputy, Round
from advocacy.errors import DomainError
from advocacy.people.tables import Person
from advocacy.positions import actions as positions_actions
from advocacy.positions import queries as positions
from advocacy.positions.tables import Position
from advocacy.submissions import actions as submissions
from advocacy.submissions.rules import Channel
from advocacy.submissions.tables import Submission, SubmissionFile
from advocacy.translations import actions as translations
from advocacy.translations import queries as translated
from tests.advocacy.approvals.matters import Matter, edited, ready
from tests.advocacy.approvals.matters import translated as translate_all
from tests.characters import ana, claire, eva
from tests.conftest import NOW

LEAD = ["Die Gemeinden leben damit. [@own]", "Die Gemeinden klagen. [@own]"]
FRENCH = ["Les communes vivent avec.", "Les communes se plaignent."]
CHOICES = ["approve", "approve", "approve", "change", "abstain"]


class Reading(NamedTuple):
    """All that somebody who decides has before the eyes."""

    version: int
    lead: str
    french: str


class Said(NamedTuple):
    choice: str
    reading: Reading


class World:
    """Who said what about which words, kept beside the application and compared with it."""

    def __init__(self, matter: Matter, people: dict[str, Person]) -> None:
        self.matter, self.people, self.now = matter, people, NOW
        self.said: dict[int, dict[int, Said]] = {}
        self.seals: list[str] = []
        self.put: dict[int, Reading] = {}

    @property
    def id(self) -> int:
        return self.matter.position.id

    async def position(self) -> Position:
        return await queries.position_by_id(self.id)

    async def reading(self, *, bound: str) -> Reading:
        version = await positions.version(self.id)
        lead = f"{version.title}{version.paragraphs}{version.asks}"
        whole = await translated.whole_in(self.id, "fr") if bound else None
        return Reading(version.number, lead, repr(whole) if bound else "")

    async def round(self) -> Round | None:
        return await queries.latest_round(self.id)

    async def check_approved(self, held: Round) -> None:
        """By its own count: the words that leave are those that enough of them said yes to."""
        now_reads = await self.reading(bound=held.languages)
        assert self.put[held.id] == now_reads  # silence too is about what was read
        said = self.said.get(held.id, {})
        assert all(each.reading == now_reads for each in said.values())
        choices = {member: each.choice for member, each in said.items()}
        yes = [member for member, choice in choices.items() if choice == "approve"]
        no = [member for member, choice in choices.items() if choice == "change"]
        if held.policy == Policy.SILENCE:
            assert not no
            assert self.now > held.ends
        elif held.policy == Policy.MAJORITY and len(yes) == len(no):
            assert held.chair in yes
        else:
            assert len(yes) > len(no)
            assert len(choices) >= held.quorum
        if held.policy == Policy.ALL:
            assert not no


class Rounds(RuleBasedStateMachine):
    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.path = self.template.with_name(f"machine-{id(self)}.db")
        shutil.copy(self.template, self.path)
        self.stack = contextlib.AsyncExitStack()
        self.world: World = self.do(self._begin())
        self.stands = "draft"
        self.is_open = self.has_files = False

    def do(self, work: Coroutine[object, object, Any]) -> Any:
        return self.runner.run(work)

    def attempt(self, work: Coroutine[object, object, object]) -> bool:
        """Whether it was allowed. What the house refuses with a reason is no failure."""
        try:
            self.do(work)
        except DomainError:
            return False
        return True

    async def _begin(self) -> World:
        await self.stack.enter_async_context(database.started(f"sqlite:///{self.path}"))
        matter = await ready(NOW, binding="fr")
        await translate_all(matter, "fr", NOW)
        people = {"ana": await ana(NOW), "claire": await claire(NOW), "eva": await eva(NOW)}
        return World(matter, people)

    def teardown(self) -> None:
        self.do(self.stack.aclose())
        self.runner.close()
        for leftover in self.path.parent.glob(f"{self.path.name}*"):
            leftover.unlink()

    @rule(what=st.sampled_from(["edit", "translate", "check", "bind", "unbind"]), new=st.booleans())
    def somebody_changes_the_text(self, what: str, new: bool) -> None:
        world, by, now = self.world, self.world.people["ana"], self.world.now
        acts = {
            "edit": lambda: edited(world.matter, now, LEAD[new]),
            "translate": lambda: translations.save(
                world.id, "fr", "k1", FRENCH[new], by=by, now=now
            ),
            "check": lambda: translations.check(world.id, "fr", by=by, now=now),
            "bind": lambda: positions_actions.bind(world.id, ["fr"], by=by, now=now),
            "unbind": lambda: positions_actions.bind(world.id, [], by=by, now=now),
        }
        self.attempt(acts[what]())

    @precondition(lambda self: self.stands == "draft")
    @rule(
        terms=st.fixed_dictionaries(
            {
                "policy": st.sampled_from(list(Policy)),
                "quorum": st.integers(1, 3),
                "per_country": st.booleans(),
            }
        ),
        hours=st.sampled_from([1, 30]),
        chair=st.sampled_from([None, 0, 1]),
        finished=st.sampled_from([True, True, False]),
        votes=st.lists(st.sampled_from(CHOICES), max_size=3),
    )
    def a_round_opens(
        self,
        *,
        terms: dict[str, Any],
        hours: int,
        chair: int | None,
        finished: bool,
        votes: list[str],
    ) -> None:
        """`finished`: the translation was put right before; `votes` come at once."""
        world = self.world
        if finished:
            self.do(translate_all(world.matter, "fr", world.now))
        self.attempt(
            actions.open_round(
                world.id,
                **terms,
                ends=world.now + timedelta(hours=hours),
                chair=None if chair is None else world.matter.members[chair].id,
                by=world.people["ana"],
                now=world.now,
            )
        )
        held = self.do(world.round())
        if held and held.id not in world.put:
            world.put[held.id] = self.do(world.reading(bound=held.languages))
            world.seals.append(held.text_hash)
        for who, choice in enumerate(votes):
            self._vote(world.matter.members[who], who, choice)

    @precondition(lambda self: self.world.seals)
    @rule(
        who=st.integers(0, 2),
        choice=st.sampled_from(CHOICES),
        old=st.booleans(),
    )
    def a_member_votes(self, who: int, choice: str, old: bool) -> None:
        self._vote(self.world.matter.members[who], who, choice, old=old)

    @precondition(lambda self: self.is_open)
    @rule(name=st.sampled_from(["claire", "eva"]), choice=st.sampled_from(["approve", "change"]))
    def a_deputy_votes(self, name: str, choice: str) -> None:
        person, world = self.world.people[name], self.world
        day = world.now.date()  # the clock of this test never comes near a midnight
        rows = self.do(self._stands_in(person))
        for row in rows:
            if row["begins"] <= day and (row["ends"] is None or day <= row["ends"]):
                ids = [member.id for member in world.matter.members]
                self._vote(person, ids.index(row["member"]), choice)
                return
        self._vote(person, None, choice)

    async def _stands_in(self, person: Person) -> list[dict[str, object]]:
        return await Deputy.select().where(Deputy.deputy == person.id)

    def _vote(self, person: Person, who: int | None, choice: str, *, old: bool = False) -> None:
        """`who` None: nobody whose voice this person may use; a vote is then a failure."""
        world = self.world
        held = self.do(world.round())
        if held is None:
            return
        seal = world.seals[0] if old else held.text_hash
        reads = self.do(world.reading(bound=held.languages))
        voted = self.attempt(actions.vote(held.id, person, choice, "§ 1", seal, now=world.now))
        if voted:
            assert who is not None
            assert (seal, reads.version) == (held.text_hash, held.version)
            member = world.matter.members[who]
            world.said.setdefault(held.id, {})[member.id] = Said(choice, reads)

    @rule(
        who=st.integers(0, 2), name=st.sampled_from(["claire", "eva", ""]), days=st.integers(0, 2)
    )
    def a_deputy_is_named_or_all_go(self, who: int, name: str, days: int) -> None:
        world, by = self.world, self.world.people["ana"]
        if not name:
            for row in self.do(Deputy.select(Deputy.id).run()):
                self.attempt(actions.dismiss(row["id"], by=by, now=world.now))
            return
        first = world.now.date()
        new = NewDeputy(
            world.matter.members[who].id,
            world.people[name].id,
            first,
            first + timedelta(days=days),
        )
        self.attempt(actions.appoint(new, by=by, now=world.now))

    @rule(hours=st.sampled_from([0, 1, 31]))
    def time_passes_and_the_jobs_run(self, hours: int) -> None:
        self.world.now += timedelta(hours=hours)
        self.do(actions.settle(self.world.now))
        self.do(actions.stand_in_due(self.world.now))
        self.do(actions.remind_due(self.world.now))

    @precondition(lambda self: self.stands in ("in_round", "adopted"))
    @rule(lead=st.booleans())
    def somebody_prepares_the_files(self, lead: bool) -> None:
        world = self.world
        held = self.do(world.round())
        if held is None or not (lead or held.languages):
            return
        prepared = self.attempt(
            submissions.prepare(
                held.id,
                channel=Channel.PORTAL,
                language="de" if lead else "fr",
                by=world.people["ana"],
                now=world.now,
            )
        )
        if prepared:
            self.do(world.check_approved(held))
            self.do(self._check_files(lead=lead))

    async def _check_files(self, *, lead: bool) -> None:
        rows = await SubmissionFile.objects().where(SubmissionFile.media_type.like("text/plain%"))
        whole = await translated.whole_in(self.world.id, "fr")
        own = positions.paragraphs_of(await positions.version(self.world.id))
        words = own if lead or whole is None else whole.paragraphs
        sent = bytes(rows[-1].content).decode()
        assert words[0][1].partition(" [@")[0] in " ".join(sent.split())

    @precondition(lambda self: self.has_files)
    @rule()
    def somebody_hands_it_in(self) -> None:
        world = self.world
        row = self.do(self._latest())
        if row is None:
            return
        handed = self.attempt(
            submissions.hand_in(
                row, receipt="A-1", at=world.now, by=world.people["ana"], now=world.now
            )
        )
        if handed:
            held = self.do(world.round())
            assert held is not None
            self.do(world.check_approved(held))

    async def _latest(self) -> int | None:
        rows = await Submission.select(Submission.id).order_by(Submission.id, ascending=False)
        return rows[0]["id"] if rows else None

    @invariant()
    def what_is_called_adopted_or_handed_in_was_approved(self) -> None:
        position, latest = self.do(self.world.position()), self.do(self.world.round())
        self.stands = position.state
        self.is_open = latest is not None and latest.state == "open"
        self.has_files = self.do(self._latest()) is not None and self.stands != "submitted"
        if (
            latest is not None
            and latest.state == "adopted"
            and self.do(queries.current_hash(position, latest)) == latest.text_hash
        ):
            self.do(self.world.check_approved(latest))  # it could leave now
        if position.state == "submitted":
            assert latest is not None
            assert (latest.state, latest.version) == ("adopted", position.version)


def test_no_unapproved_text_leaves(sqlite_template: Path):
    Rounds.template = sqlite_template
    run_state_machine_as_test(
        Rounds, settings=settings(max_examples=40, stateful_step_count=40, deadline=None)
    )
