"""Each kind of thing that is found: its rows, and who may see them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any  # Piccolo's conditions and rows

from advocacy import database, texts
from advocacy.advice import queries as advice
from advocacy.advice.rules import AnswerState
from advocacy.advice.tables import Enquiry, GoodAnswerText
from advocacy.bodies.tables import Body
from advocacy.calls.tables import CallText, Contribution, ContributionVersion
from advocacy.documents.tables import Document
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Message
from advocacy.municipalities.tables import Municipality
from advocacy.overview.search.gatherings import found_gatherings
from advocacy.overview.search.groups import Asked, Hit, Kind, below, hit
from advocacy.overview.search.positions import found_positions
from advocacy.people.rules import STAFF, Role
from advocacy.projects.tables import ProjectText
from feeds.reading.folding import search_text
from feeds.tables import Entry

HOUSE = frozenset({Role.SECRETARIAT, Role.COORDINATOR, Role.PRESIDENCY})


async def _dossiers(asked: Asked) -> list[Hit]:
    rows = await (
        Dossier.select(
            *(Dossier.id, Dossier.number, Dossier.title, Dossier.language, Dossier.summary)
        )
        .where(database.finds(Dossier, *asked.wordings), below(Dossier.id, asked))
        .order_by(Dossier.id, ascending=False)
        .limit(asked.limit + 1)
    )
    return [
        hit(
            asked,
            row,
            f"/d/{row['number']}",
            title=row["title"],
            text=row["summary"],
            beside=row["number"],
        )
        for row in rows
    ]


async def _calls(asked: Asked) -> list[Hit]:
    """In whatever language the words stand; a call that has not left is the office's alone."""
    call: Any = CallText.call
    found = database.finds(CallText, *asked.wordings)
    last = await (
        CallText.select(call.id.as_alias("call"))
        .where(found, below(call.id, asked))
        .order_by(call.id, ascending=False)
        .limit((asked.limit + 1) * len(texts.LANGUAGES))
    )
    calls = list(dict.fromkeys(row["call"] for row in last))[: asked.limit + 1]
    if not calls:
        return []
    rows = await (
        CallText.select(
            *(CallText.title, CallText.summary, CallText.language),
            *(call.id.as_alias("id"), call.number.as_alias("number")),
        )
        .where(found, call.id.is_in(calls))
        .order_by(call.id, ascending=False)
    )
    return [
        hit(
            asked,
            row,
            f"/c/{row['number']}/results",
            title=row["title"],
            text=row["summary"],
            beside=row["number"],
        )
        for row in _in_my_language(rows)
    ]


def _in_my_language(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row per thing, in the order given; of several languages the reader's own."""
    chosen: dict[int, dict[str, Any]] = {}
    for row in rows:
        if row["id"] not in chosen or row["language"] == texts.language():
            chosen[row["id"]] = row
    return list(chosen.values())


async def _municipalities(asked: Asked) -> list[Hit]:
    rows = await (
        Municipality.select(
            *(Municipality.id, Municipality.code, Municipality.name),
            *(Municipality.language, Municipality.region),
        )
        .where(
            database.finds(Municipality, *asked.wordings),
            Municipality.active.eq(True),
            below(Municipality.id, asked),
        )
        .order_by(Municipality.id, ascending=False)
        .limit(asked.limit + 1)
    )
    return [
        hit(
            asked,
            row,
            f"/m/{row['code']}",
            title=row["name"],
            text=row["region"],
            beside=row["code"],
        )
        for row in rows
    ]


async def _bodies(asked: Asked) -> list[Hit]:
    """A few dozen rows: read whole, and compared as every other text is."""
    rows = await Body.select(Body.id, Body.key, Body.names).order_by(Body.id, ascending=False)
    hits = []
    for row in rows:
        names: dict[str, str] = json.loads(row["names"])
        mine = texts.language() if texts.language() in names else "en"
        for language in dict.fromkeys((mine, *names)):
            if _says(names.get(language, ""), language, asked.wordings):
                shown = row | {"language": language}
                hits.append(
                    hit(asked, shown, f"/bodies/{row['key']}", title=names[language], text="")
                )
                break
    return [each for each in hits if not asked.before or each.key < asked.before]


def _says(text: str, language: str, wordings: Sequence[Sequence[str]]) -> bool:
    forms = search_text(text, language=language).split()
    return any(
        all(any(form.startswith(word) for form in forms) for word in words) for words in wordings
    )


async def _questions(asked: Asked) -> list[Hit]:
    """Only those that the reader may see."""
    assert asked.by is not None  # noqa: S101  somebody has the role
    member: Any = Enquiry.municipality
    query = Enquiry.select(
        *(Enquiry.id, Enquiry.subject, Enquiry.language, Enquiry.asker),
        member.name.as_alias("municipality"),
    ).where(database.finds(Enquiry, *asked.wordings), below(Enquiry.id, asked))
    if (mine := advice.mine(asked.by)) is not None:
        query = query.where(mine)
    rows = await query.order_by(Enquiry.id, ascending=False).limit(asked.limit + 1)
    return [
        hit(
            asked, row, f"/advice/{row['id']}", title=row["subject"], text="",
            beside=row["municipality"] or row["asker"],
        )
        for row in rows
    ]  # fmt: skip


async def _answers(asked: Asked) -> list[Hit]:
    """What is published, in whatever language the words stand."""
    good: Any = GoodAnswerText.good_answer
    found = database.finds(GoodAnswerText, *asked.wordings)
    published = (good.state == AnswerState.PUBLISHED) & (GoodAnswerText.engine == "")
    last = await (
        GoodAnswerText.select(good.id.as_alias("answer"))
        .where(found, published, below(good.id, asked))
        .order_by(good.id, ascending=False)
        .limit((asked.limit + 1) * len(texts.LANGUAGES))
    )
    answers = list(dict.fromkeys(row["answer"] for row in last))[: asked.limit + 1]
    if not answers:
        return []
    rows = await (
        GoodAnswerText.select(
            *(GoodAnswerText.question, GoodAnswerText.answer, GoodAnswerText.language),
            *(good.id.as_alias("id"), good.dossier.number.as_alias("number")),
        )
        .where(found, published, good.id.is_in(answers))
        .order_by(good.id, ascending=False)
    )
    return [
        hit(
            asked, row, f"/d/{row['number']}/questions" if row["number"] else "/questions",
            title=row["question"], text=row["answer"], beside=row["number"] or "",
        )
        for row in _in_my_language(rows)
    ]  # fmt: skip


async def _projects(asked: Asked) -> list[Hit]:
    """In whatever language the words stand; what is off the lists is not found."""
    project: Any = ProjectText.project
    found = database.finds(ProjectText, *asked.wordings) & project.removed.is_null()
    last = await (
        ProjectText.select(project.id.as_alias("project"))
        .where(found, below(project.id, asked))
        .order_by(project.id, ascending=False)
        .limit((asked.limit + 1) * len(texts.LANGUAGES))
    )
    projects = list(dict.fromkeys(row["project"] for row in last))[: asked.limit + 1]
    if not projects:
        return []
    rows = await (
        ProjectText.select(
            *(ProjectText.title, ProjectText.summary, ProjectText.language),
            project.id.as_alias("id"),
        )
        .where(found, project.id.is_in(projects))
        .order_by(project.id, ascending=False)
    )
    return [
        hit(
            asked, row, f"/projects/{row['id']}", title=row["title"], text=row["summary"],
            beside=f"P{row['id']}",
        )
        for row in _in_my_language(rows)
    ]  # fmt: skip


async def _documents(asked: Asked) -> list[Hit]:
    rows = await (
        Document.select(
            *(Document.id, Document.title, Document.name, Document.code, Document.language),
            Document.dossier.number.as_alias("number"),
        )
        .where(
            database.finds(Document, *asked.wordings),
            Document.removed.is_null(),
            below(Document.id, asked),
        )
        .order_by(Document.id, ascending=False)
        .limit(asked.limit + 1)
    )
    return [
        hit(
            asked, row, f"/d/{row['number']}#documents", title=row["title"] or row["name"],
            text=" ".join(filter(None, (row["code"], row["name"]))), beside=row["number"],
        )
        for row in rows
    ]  # fmt: skip


async def _entries(asked: Asked) -> list[Hit]:
    rows = await (
        Entry.select(
            *(Entry.id, Entry.title, Entry.text, Entry.language),
            Entry.source.name.as_alias("source"),
        )
        .where(database.finds(Entry, *asked.wordings, newest=asked.limit + 1, before=asked.before))
        .order_by(Entry.id, ascending=False)
    )
    return [
        hit(
            asked,
            row,
            f"/inbox?item={row['id']}",
            title=row["title"],
            text=row["text"],
            beside=row["source"],
        )
        for row in rows
    ]


async def _contributions(asked: Asked) -> list[Hit]:
    """A coordinator sees those of the own countries."""
    assert asked.by is not None  # noqa: S101  somebody has the role
    invitation: Any = Contribution.invitation
    query = Contribution.select(
        *(Contribution.id, Contribution.version),
        invitation.call.number.as_alias("number"),
        invitation.municipality.name.as_alias("municipality"),
    ).where(database.finds(Contribution, *asked.wordings), below(Contribution.id, asked))
    if asked.by.role == Role.COORDINATOR:
        countries = [code for code in asked.by.countries.split(",") if code]
        query = query.where(invitation.municipality.country.is_in(countries or [""]))
    rows = await query.order_by(Contribution.id, ascending=False).limit(asked.limit + 1)
    said = await _said([row["id"] for row in rows])
    hits = []
    for row in rows:
        text, language = said.get((row["id"], row["version"]), ("", ""))
        path = f"/c/{row['number']}/results"
        of_it = row | {"language": language}
        hits.append(
            hit(asked, of_it, path, title=row["municipality"], text=text, beside=row["number"])
        )
    return hits


async def _said(contributions: list[int]) -> dict[tuple[int, int], tuple[str, str]]:
    if not contributions:
        return {}
    rows = await ContributionVersion.select(
        ContributionVersion.contribution,
        ContributionVersion.number,
        ContributionVersion.text,
        ContributionVersion.language,
    ).where(ContributionVersion.contribution.is_in(contributions))
    return {(row["contribution"], row["number"]): (row["text"], row["language"]) for row in rows}


KINDS: Mapping[str, Kind] = {
    "dossiers": Kind(Message("Dossiers"), _dossiers, HOUSE),
    "calls": Kind(Message("Calls"), _calls, frozenset(STAFF)),
    "positions": Kind(Message("Positions"), found_positions, HOUSE, open_to_all=True),
    "municipalities": Kind(Message("Municipalities"), _municipalities, HOUSE),
    "gatherings": Kind(Message("Gatherings"), found_gatherings, HOUSE, open_to_all=True),
    "contributions": Kind(Message("Contributions"), _contributions, frozenset(STAFF)),
    "questions": Kind(Message("Questions of municipalities"), _questions, HOUSE),
    "good-answers": Kind(Message("Questions and answers"), _answers, HOUSE, open_to_all=True),
    "projects": Kind(Message("Projects"), _projects, HOUSE, open_to_all=True),
    "documents": Kind(Message("Documents"), _documents, HOUSE),
    "bodies": Kind(Message("Bodies"), _bodies, HOUSE),
    "entries": Kind(Message("Entries"), _entries, frozenset({Role.SECRETARIAT})),
}
"""In the order of the page."""
