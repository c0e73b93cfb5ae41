"""The digest as a letter."""

import json
from datetime import UTC, datetime

from advocacy import texts
from advocacy.digest import labels, links, rules
from advocacy.digest.inbox import RuleActed
from advocacy.digest.notices import Announced, Event
from advocacy.digest.queries import Block, Digest
from advocacy.digest.rules import Due
from advocacy.mail.letters import Written, unsubscribing
from advocacy.news.labels import KINDS as NEWS_KINDS
from advocacy.overview import labels as overview_labels
from advocacy.overview.health import drift_sentence
from advocacy.overview.told import told
from advocacy.overview.windows import OFFICE_ZONE
from advocacy.people.mails import write_to
from advocacy.people.tables import Person
from advocacy.settings import settings
from advocacy.texts import gettext, ngettext

SUBJECT = 60
"""Characters that every mail program shows."""
TITLE = 100
"""Characters of a title in the letter; the page behind the link has all of it."""
SHORTEST = 12


def digest(person: Person, news: Digest, due: Due, *, now: datetime) -> Written:
    """Its key says what it tells: there is one letter of that for good."""
    address = links.rhythm_address(person.id, due.kinds)
    return write_to(
        person,
        "digest",
        key=_key(person, due),
        headers=unsubscribing(address, settings().sender),
        dossier=_only_dossier(news),
        digest=news,
        at_once=due.at_once,
        most=rules,
        health_labels=overview_labels,
        drift_sentence=drift_sentence,
        told=told,
        subject_of=subject_of,
        sentence=labels.sentence,
        when=labels.when,
        rule_sentence=rule_sentence,
        ahead_sentence=ahead_sentence,
        news_kinds=NEWS_KINDS,
        house=f"{settings().base_url}/{person.language}",
        rhythm_address=address,
        title_length=TITLE,
        zone=OFFICE_ZONE,
        now=now,
    )


def _key(person: Person, due: Due) -> str:
    last = max(span.until for span in due.spans.values())
    return (
        f"digest/{person.id}/{last.astimezone(UTC):%Y-%m-%dT%H%M%S}/{links.letters_of(due.kinds)}"
    )


def _only_dossier(news: Digest) -> int | None:
    """A letter of one dossier stays with the other letters of it."""
    others = (news.ahead, news.inbox, news.sources, news.outages, news.news)
    if len(news.blocks) != 1 or any(others):
        return None
    return news.blocks[0].matter.id


def subject_of(news: Digest) -> str:
    """The next deadline first, its number at the end, in the language in use."""
    dated = [block for block in news.blocks if block.of_deadlines and block.deadlines]
    if dated:
        return _of_deadline(dated[0])
    if news.ahead:
        first = news.ahead[0]
        day = texts.short_day(first.at, first.zone)
        return _fitting(f"{ahead_word(first)} {day} – ", first.name, first.number)
    return _counted(news)


def _counted(news: Digest) -> str:
    sources, waiting = len(news.sources), news.inbox.waiting
    put_aside = sum(rule.count for rule in news.inbox.rules)
    if sources:
        said = ngettext("%(num)d source needs a look", "%(num)d sources need a look", sources)
        return said % {"num": sources}
    if waiting:
        said = ngettext(
            "%(num)d new entry in the inbox", "%(num)d new entries in the inbox", waiting
        )
        return said % {"num": waiting}
    if news.blocks:
        return _fitting("", news.blocks[0].matter.title, news.blocks[0].matter.number)
    if news.news:
        return _fitting("", news.news[0].title, "")
    if put_aside:
        said = ngettext(
            "%(num)d entry put aside by a rule", "%(num)d entries put aside by rules", put_aside
        )
        return said % {"num": put_aside}
    return gettext("Nothing could be reached from here for a while")


def _of_deadline(block: Block) -> str:
    first = block.deadlines[0]
    day = labels.short_when(first.closes, first.zone, first.precision)
    said = gettext("Deadline: %(day)s") % {"day": day}
    return _fitting(f"{said} – ", block.matter.title, block.matter.number)


def _fitting(before: str, title: str, number: str) -> str:
    """As much of the title as there is room for."""
    after = f" [{number}]" if number else ""
    room = max(SUBJECT - len(before) - len(after), SHORTEST)
    if len(title) > room:
        title = title[: room - 1].rstrip() + "…"
    return f"{before}{title}{after}"


def ahead_word(each: Announced) -> str:
    words = {
        Event.MEETING: gettext("Meeting"),
        Event.DOCUMENTS: gettext("Documents until"),
        Event.CALLED_OFF: gettext("Called off"),
        Event.ROUND: gettext("Vote until"),
    }
    return texts.label(words[each.event])


def ahead_sentence(each: Announced, now: datetime) -> str:
    """When it is, and how far away."""
    left = texts.left(each.at, each.zone, now)
    if each.event is Event.ROUND:
        return f"{ahead_word(each)} {labels.when(each.at, each.zone)}, {left}"
    if each.event is Event.DOCUMENTS and each.documents_until:
        return f"{ahead_word(each)} {texts.day(each.documents_until)}, {left}"
    begins, ends = each.days or (each.at.date(), each.at.date())
    days = texts.day(begins) if begins == ends else f"{texts.day(begins)} – {texts.day(ends)}"
    said = [f"{ahead_word(each)} {days}, {left}", each.place]
    if each.documents_until and each.documents_until >= now.date() and each.event is Event.MEETING:
        until = texts.short_day(each.documents_until)
        said.append(f"{texts.label(gettext('Documents until'))} {until}")
    return " · ".join(part for part in said if part)


def rule_sentence(rule: RuleActed) -> str:
    """What a rule has done, named by what it looks at."""
    words = ", ".join(f"“{word}”" for word in json.loads(rule.words or "[]"))
    of = " · ".join(part for part in (rule.source, words) if part)
    said = ngettext(
        "%(num)d entry put aside as not ours", "%(num)d entries put aside as not ours", rule.count
    ) % {"num": rule.count}
    return f"{said} – {of}" if of else said
