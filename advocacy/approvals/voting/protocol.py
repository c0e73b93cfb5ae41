"""The protocol of a round that has ended, as a paper for the files."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any  # what a template shows

from advocacy import texts
from advocacy.approvals import labels, queries
from advocacy.approvals.notices.asked import Objection, Tally, objections_of, tally_of
from advocacy.approvals.queries import Ground
from advocacy.approvals.rules import ENDS, Choice, Policy, RoundState
from advocacy.approvals.tables import Round
from advocacy.approvals.voting.counting import RoundResult
from advocacy.errors import NotFound
from advocacy.people.tables import Person
from advocacy.positions import queries as positions
from advocacy.provenance import without_citations
from advocacy.settings import settings
from advocacy.typesetting import compiled, in_turn


async def protocol(held: Round) -> bytes:
    """PDF in the language in use; the text in the language it was written in. NotFound while the
    round runs: it has no result yet.
    """
    if held.state not in ENDS or held.ended is None:
        raise NotFound("This round has not ended yet")
    content = await content_of(held)
    made = held.ended.astimezone(UTC)
    return await in_turn(lambda: compiled("protocol.typ", content, made=made))


async def content_of(held: Round) -> dict[str, Any]:
    position = await queries.position_by_id(held.position)
    ground = await queries.ground_of(position, version=held.version)
    ballots = await queries.ballots_of([held.id])
    tally = await tally_of(held)
    people = await Person.objects().where(
        Person.id.is_in([each for each in (held.person, held.chair) if each])
    )
    names = {person.id: person.name for person in people}
    objections = (await objections_of([held.id])).get(held.id, [])
    number = ground.dossier.number
    version = texts.gettext("version %(number)s") % {"number": held.version}
    return {
        "language": texts.language(),
        "network": settings().network,
        "reference": f"{number} · {version}",
        "title": texts.gettext("Protocol of the round on %(number)s") % {"number": number},
        "text_title": _said(ground.version.title, position.language),
        "outcome": texts.translate(labels.LABELS[RoundState(held.state)]),
        "facts": [*_facts(held, ground, names), *_counts(held, ballots, tally)],
        "ballots": [_ballot(row, ground.zone) for row in ballots],
        "objections": [_objection(each, ground.zone) for each in objections],
        "paragraphs": [
            _said(without_citations(text), position.language) for _, text in ground.paragraphs
        ],
        "asks": [
            {"number": ask.number, **_said(without_citations(ask.text), position.language)}
            for ask in positions.asks_of(ground.version)
        ],
        "labels": {
            "page": texts.gettext("page {page} of {pages}"),
            "votes": texts.gettext("Who decided what"),
            "name": texts.gettext("Name"),
            "country": texts.gettext("Country"),
            "choice": texts.gettext("Choice"),
            "at": texts.gettext("When"),
            "objections": texts.gettext("Objections of municipalities"),
            "text": texts.gettext("The text that was decided on"),
            "asks": texts.gettext("What we ask for"),
        },
    }


def _spaced(seal: str) -> str:
    """In groups that an eye can compare."""
    return " ".join(seal[start : start + 16] for start in range(0, len(seal), 16))


def _said(text: str, language: str) -> dict[str, str]:
    return {"text": text, "language": language}


def _fact(label: str, text: str) -> dict[str, str]:
    return {"label": texts.label(label), "text": text}


def _facts(held: Round, ground: Ground, names: dict[int, str]) -> list[dict[str, str]]:
    zone = ground.zone
    at = f"({texts.zone_name(zone)})"
    languages = [_lead(ground), *queries.bound_languages(held)]
    ended = held.ended or held.ends
    facts = [
        _fact(
            texts.gettext("Opened"),
            f"{texts.moment(held.opened, zone)} {at}, {names.get(held.person, '')}",
        ),
        _fact(texts.gettext("Ends"), f"{texts.moment(held.ends, zone)} {at}"),
        _fact(texts.gettext("Ended"), f"{texts.moment(ended, zone)} {at}"),
        _fact(texts.gettext("Decision"), texts.translate(labels.POLICIES[Policy(held.policy)])),
        _fact(
            texts.gettext("Binding languages"),
            ", ".join(texts.language_name(each) for each in languages),
        ),
        _fact(texts.gettext("Seal of the text (SHA-256)"), _spaced(held.text_hash)),
    ]
    if held.per_country:
        facts.append(_fact(texts.gettext("Voices"), texts.gettext("One voice for each country")))
    if held.chair:
        facts.append(_fact(texts.gettext("Chair"), names.get(held.chair, "")))
    return facts


def _lead(ground: Ground) -> str:
    return str(ground.position.language)


def _counts(held: Round, ballots: Sequence[dict[str, Any]], tally: Tally) -> list[dict[str, str]]:
    result = _result(held, ballots, tally)
    rows = []
    if held.policy != Policy.SILENCE:
        count = texts.gettext("Approvals: %(have)s, needed: %(needed)s")
        rows.append(_fact(texts.gettext("Count"), count % result._asdict()))
        rows.append(_fact(texts.gettext("Quorum"), str(held.quorum)))
    if held.asks_members:
        text = texts.gettext("asked: %(asked)s, have read it: %(seen)s, object: %(objections)s")
        values = {"asked": tally.asked, "seen": tally.seen, "objections": tally.objections}
        rows.append(_fact(texts.gettext("Municipalities"), text % values))
    if held.state != RoundState.VOID:
        rows.append(_fact(texts.gettext("Reason"), texts.translate(result.reason)))
    return rows


def _result(held: Round, ballots: Sequence[dict[str, Any]], tally: Tally) -> RoundResult:
    """As it was counted: on the text that was decided on, when the round ended."""
    return queries.result_of(
        held,
        ballots,
        current_hash=held.text_hash,
        now=held.ended or held.ends,
        objections=tally.objections,
    )


def _ballot(row: dict[str, Any], zone: str) -> dict[str, str]:
    if row["choice"]:
        choice = texts.translate(labels.CHOICES[Choice(row["choice"])])
    else:
        choice = texts.gettext("has read it") if row["seen"] else texts.gettext("did not decide")
    at = row["voted"] or row["seen"]
    by = row["voted_by_name"]
    return {
        "name": row["name"],
        "by": texts.gettext("by %(name)s as deputy") % {"name": by} if by else "",
        "country": row["country"],
        "choice": choice,
        "at": texts.moment(at, zone) if at else "",
        "remark": row["remark"],
    }


def _objection(each: Objection, zone: str) -> dict[str, str]:
    return {
        "name": f"{each.municipality} ({each.country})",
        "at": texts.moment(each.at, zone),
        **_said(each.text, each.language),
    }
