"""Builds everything: settings, routes, errors, templates, scheduler."""

import gc
import hashlib
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any  # Litestar's types are generic over what we do not use

from litestar import Litestar, Request
from litestar.config.compression import CompressionConfig
from litestar.config.csrf import CSRFConfig
from litestar.exceptions import HTTPException
from litestar.handlers import BaseRouteHandler
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template import TemplateConfig
from litestar.types import ASGIApp

from advocacy import database, jobs, texts
from advocacy.advice import handlers as advice
from advocacy.api import handlers as api
from advocacy.approvals import handlers as approvals
from advocacy.bodies import handlers as bodies
from advocacy.calls import handlers as calls
from advocacy.digest import handlers as digest
from advocacy.documents import handlers as documents
from advocacy.dossiers import handlers as dossiers
from advocacy.errors import DomainError, NotFound
from advocacy.events import handlers as events
from advocacy.exports import handlers as exports
from advocacy.learned import handlers as learned
from advocacy.letterbox import handlers as letterbox
from advocacy.municipalities import handlers as municipalities
from advocacy.news import handlers as news
from advocacy.outcomes import handlers as outcomes
from advocacy.overview import handlers as overview
from advocacy.people import handlers as people
from advocacy.positions import handlers as positions
from advocacy.positions.word import letterhead
from advocacy.projects import handlers as projects
from advocacy.settings import secret, settings
from advocacy.submissions import handlers as submissions
from advocacy.templating import environment
from advocacy.translations import handlers as translations
from advocacy.triage import handlers as triage
from advocacy.undoing import handlers as undoing
from advocacy.web import errors
from advocacy.web import handlers as web
from advocacy.web.heads import heads
from advocacy.web.languages import languages
from advocacy.web.security import harden
from advocacy.web.sessions import sessions
from feeds.reading import lemmas

LARGEST_FORM = 12 * 1024 * 1024  # bytes: one attachment of 10 MB and its words

ROOMS: Sequence[Sequence[BaseRouteHandler]] = (
    web.handlers,
    people.handlers,
    triage.handlers,
    bodies.handlers,
    learned.handlers,
    dossiers.handlers,
    documents.handlers,
    municipalities.handlers,
    projects.handlers,
    calls.handlers,
    advice.handlers,
    letterbox.handlers,
    positions.handlers,
    translations.handlers,
    approvals.handlers,
    submissions.handlers,
    outcomes.handlers,
    events.handlers,
    news.handlers,
    overview.handlers,
    digest.handlers,
    exports.handlers,
    api.handlers,
    undoing.handlers,
)


async def known_language(request: Request[Any, Any, Any]) -> None:
    """/xx/inbox is no page: the first part of an address is one of five languages."""
    if request.path_params.get("lang", "en") not in texts.LANGUAGES:
        raise NotFound("There is no such page")


@asynccontextmanager
async def lifespan(_: Litestar) -> AsyncIterator[None]:
    async with database.started():
        scheduler = jobs.scheduler()
        scheduler.start()
        threading.Thread(target=lemmas.load, daemon=True).start()
        gc.collect()
        gc.freeze()  # what is loaded stays: to look through it for garbage holds a page for 0.15 s
        try:
            yield
        finally:
            scheduler.shutdown(wait=False)


def create_app() -> ASGIApp:
    """What a server runs. Language and session stand outside the routes, so that the page for
    an unknown address knows who asks, and in which language.
    """
    if (chosen := settings().letterhead) is not None:
        letterhead.opened(chosen)  # a file that is none is told at the start, not at a hand-in
    return heads(languages(sessions(house())))


def house() -> Litestar:
    key = hashlib.sha256(f"forms:{secret()}".encode()).hexdigest()
    return Litestar(
        route_handlers=[handler for room in ROOMS for handler in room],
        lifespan=[lifespan],
        before_request=known_language,
        before_send=[harden],
        csrf_config=CSRFConfig(
            secret=key,
            # named by its secret: a cookie of an office before this one is not mistaken for ours
            cookie_name=f"form_{key[:8]}",
            cookie_secure=settings().secure,
            cookie_httponly=True,
            exclude=["^/a(/|$)", "^/u/", "^/api/", "^/cal/", "^/feeds/"],
        ),
        exception_handlers={
            DomainError: errors.domain_error,
            HTTPException: errors.http_error,
            Exception: errors.unexpected,
        },
        template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment)),
        compression_config=CompressionConfig(
            backend="brotli",
            brotli_quality=4,
            brotli_gzip_fallback=True,
            exclude=[r"/archive\.zip$"],  # packed already, and too large to be packed in the loop
        ),
        request_max_body_size=LARGEST_FORM,
        openapi_config=None,
        logging_config=None,
    )
