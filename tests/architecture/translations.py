"""Every message in every language: `python -m tests.architecture.translations`.

With --update the catalogues are brought up to date first: new messages come in untranslated,
gone ones go. The check fails on a missing one, on a placeholder that does not fit, and on a
plural form that is empty (Slovene has four).
"""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent.parent
LOCALE = ROOT / "templates" / "locale"
TRANSLATED = ("de", "fr", "it", "sl")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "Message": None,
    "Counted": (1, 2),
    "NotFound": None,
    "NotAllowed": None,
    "Outdated": None,
    "SignInFirst": None,
    "unreadable": None,
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
STILL = datetime(2026, 11, 22, tzinfo=UTC)  # a catalogue changes only with its messages


def messages() -> Catalog:
    catalog = Catalog(project="Alphorn", charset="utf-8", creation_date=STILL)
    found: list[tuple[str, object, object, object]] = []
    for folder, methods in (
        (ROOT / "advocacy", [("**.py", "python")]),
        (ROOT / "templates", [("**.html", "jinja2"), ("**.txt", "jinja2"), ("**.svg", "jinja2")]),
    ):
        for name, _, message, _, context in extract_from_dir(
            folder, methods, {"**.html": _jinja(), "**.txt": _jinja(), "**.svg": _jinja()}, KEYWORDS
        ):
            found.append((f"{folder.name}/{name}", message, None, context))
    for place, message, _, context in found:
        catalog.add(message, locations=[(place, 0)], context=context)  # type: ignore[arg-type]
    return catalog


def _jinja() -> dict[str, str]:
    return {
        "trimmed": "true",
        "silent": "false",
        "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols",
    }


def path_of(language: str) -> Path:
    return LOCALE / f"{language}.po"


def catalogue(language: str) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, project="Alphorn", charset="utf-8", creation_date=STILL)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update() -> None:
    template = messages()
    for language in TRANSLATED:
        known = catalogue(language)
        known.update(template, no_fuzzy_matching=True)
        known.obsolete.clear()
        known.revision_date = known.creation_date = STILL
        with path_of(language).open("wb") as file:
            write_po(file, known, width=100, omit_header=False, sort_output=True, no_location=True)


def problems() -> Iterator[str]:
    template = messages()
    for language in TRANSLATED:
        known = catalogue(language)
        for message in template:
            if message.id:
                yield from _problems_of(message, known, language)
        for message in known:
            if message.id and template.get(_one(message.id), message.context) is None:
                yield f"{language}: no longer said anywhere: {_one(message.id)!r}"


def _one(message_id: object) -> str:
    return message_id[0] if isinstance(message_id, tuple | list) else str(message_id)


def _problems_of(message: Message, known: Catalog, language: str) -> Iterator[str]:
    name = repr(_one(message.id))
    translation = known.get(_one(message.id), message.context)
    if translation is None:
        yield f"{language}: missing: {name}"
        return
    if translation.fuzzy:
        yield f"{language}: not checked (fuzzy): {name}"
    forms = (
        translation.string
        if isinstance(translation.string, tuple | list)
        else (translation.string,)
    )
    if message.pluralizable and len(forms) != known.num_plurals:
        yield f"{language}: {len(forms)} of {known.num_plurals} plural forms: {name}"
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    wanted = set().union(*(PLACEHOLDER.findall(each) for each in ids))
    for form in forms:
        if not form:
            yield f"{language}: missing: {name}"
        elif not set(PLACEHOLDER.findall(form)) <= wanted:
            yield f"{language}: a placeholder that is not filled: {form!r}"
        elif not message.pluralizable and set(PLACEHOLDER.findall(form)) != wanted:
            yield f"{language}: a placeholder is lost: {form!r}"


def main() -> int:
    if "--update" in sys.argv:
        update()
    found = list(problems())
    for problem in found[:80]:
        print(problem)
    if len(found) > 80:
        print(f"… and {len(found) - 80} more")
    count = sum(1 for message in messages() if message.id)
    print(f"translations: {count} messages, {len(found)} problems", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
