"""The one Jinja environment: pages, letters, documents. Everything is escaped, always."""

import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any  # a template's values are what its page shows

import nh3
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.nodes import EvalContext
from jinja2.utils import pass_eval_context
from markdown_it import MarkdownIt
from markupsafe import Markup

from advocacy import texts
from advocacy.provenance import without_citations
from advocacy.settings import ROOT, settings

ASSETS = ROOT / "templates" / "assets"

# Markdown-light. Nothing else is a sign: "# 5", "`" and four spaces stay what was typed.
LIGHT = MarkdownIt("zero", {"html": False, "linkify": False, "breaks": True}).enable(
    ["blockquote", "emphasis", "escape", "link", "list", "newline"]
)
_allowed = nh3.Cleaner(
    tags={"p", "strong", "em", "ul", "ol", "li", "a", "blockquote", "br"},
    # "3. Dezember" at the beginning of a line is read as an item: it must keep its number.
    attributes={"a": {"href"}, "ol": {"start"}},
    url_schemes={"https", "http", "mailto"},
    link_rel="noopener noreferrer nofollow",
)


def markdown(text: str) -> Markup:
    """Bold, italic, lists, links, quotations: what a position may hold."""
    return cleaned(LIGHT.render(without_citations(text)))


def cleaned(html: str) -> Markup:
    """Only the tags and addresses that a position may hold are left."""
    return Markup(_allowed.clean(html))  # noqa: S704  cleaned


@cache
def asset(name: str) -> str:
    """An address that changes with the file, so that it may be kept for a year."""
    path = ASSETS / name
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:10]
    return f"/assets/{digest}/{name}"


@cache
def drawing(name: str) -> Markup:
    """An SVG of ours, to stand inside a page."""
    return Markup((ASSETS / name).read_text())  # noqa: S704  our own file


def address(path: str) -> str:
    """Where a page is in the language in use: /inbox is at /de/inbox."""
    return f"/{texts.language()}{path}"


@pass_eval_context
def _message(context: EvalContext, message: str, /, **values: Any) -> str:
    """A message with its values, escaped where the template is.

    What jinja2 installs copies the page's values for every message that stands in a loop.
    """
    said = texts.gettext(message)
    return (Markup(said) if context.autoescape else said) % values  # noqa: S704  ours


def _environment(folder: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(("html", "svg", "xml"), default=False),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    install: Callable[..., None] = environment.install_gettext_callables  # type: ignore[attr-defined]
    install(
        texts.gettext,
        texts.ngettext,
        newstyle=True,
        pgettext=texts.pgettext,
        npgettext=texts.npgettext,
    )
    environment.globals.update(_=_message, gettext=_message)
    environment.filters.update(
        day=texts.day,
        short_day=texts.short_day,
        moment=texts.moment,
        month=texts.month,
        clock_time=texts.clock_time,
        number=texts.number,
        label=texts.label,
        percent=texts.percent,
        listed=texts.listed,
        quoted=texts.quoted,
        country=texts.country_name,
        language_name=texts.language_name,
        zone_name=texts.zone_name,
        said=texts.translate,
        markdown=markdown,
        plain=without_citations,
        from_json=json.loads,
        split_commas=lambda text: [part for part in text.split(",") if part],
    )
    environment.globals.update(
        asset=asset,
        drawing=drawing,
        address=address,
        left=texts.left,
        is_close=texts.is_close,
        LANGUAGES=texts.LANGUAGES,
        AUTONYMS=texts.AUTONYMS,
        network=settings().network,
        base_url=settings().base_url,
    )
    return environment


environment = _environment(ROOT / "templates")


def render(name: str, **values: Any) -> str:
    """A letter or a document, in the language in use."""
    return environment.get_template(name).render(language=texts.language(), **values)
