"""The OpenAPI document (3.1), kept by hand; a test compares it with the routes."""

from typing import Any  # JSON

from advocacy.api.forms import DECISIONS, MOST
from advocacy.settings import settings
from advocacy.triage.rules import Dismissal

PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
PROBLEMS = {
    "401": {"description": "The token is missing, wrong, revoked or too old", "content": PROBLEM},
    "404": {"description": "There is no such thing", "content": PROBLEM},
    "409": {"description": "Somebody was faster", "content": PROBLEM},
    "422": {"description": "`errors` names each field", "content": PROBLEM},
}
AFTER = {
    "name": "after",
    "in": "query",
    "description": "The id of the last one of the page before",
    "schema": {"type": "integer", "minimum": 0, "default": 0},
}
LIMIT = {
    "name": "limit",
    "in": "query",
    "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": 50},
}
NUMBER = {
    "name": "number",
    "in": "path",
    "required": True,
    "description": "Of a dossier, like 2026-014",
    "schema": {"type": "string"},
}


def description() -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Alphorn – {settings().network}", "version": "1"},
        "servers": [{"url": settings().base_url}],
        "security": [{"token": []}],
        "paths": {
            "/api/v1/dossiers": {"get": _listed("Dossiers, by id", "dossiers", "Dossier")},
            "/api/v1/dossiers/{number}": {"get": _one("One dossier with its windows", "Dossier")},
            "/api/v1/positions/{number}": {"get": _one("The position of a dossier", "Position")},
            "/api/v1/entries": {"get": _listed("Entries, by id", "entries", "Entry")},
            "/api/v1/projects": {"get": _listed("Projects, by id", "projects", "Project")},
            "/api/v1/gatherings": {"get": _listed("Gatherings, by id", "gatherings", "Gathering")},
            "/api/v1/entries/{entry}/decision": {"post": _decision()},
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
        },
    }


def _answer(schema: dict[str, Any], *problems: str) -> dict[str, Any]:
    good = {"description": "As asked", "content": {"application/json": {"schema": schema}}}
    return {"200": good, **{code: PROBLEMS[code] for code in problems}}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _listed(summary: str, name: str, kind: str) -> dict[str, Any]:
    shape = {
        "type": "object",
        "required": [name, "next"],
        "properties": {
            name: {"type": "array", "items": _ref(kind)},
            "next": {"type": ["string", "null"], "description": "Address of the next page"},
        },
    }
    responses = _answer(shape, "401", "422")
    return {"summary": summary, "parameters": [AFTER, LIMIT], "responses": responses}


def _one(summary: str, kind: str) -> dict[str, Any]:
    responses = _answer(_ref(kind), "401", "404")
    return {"summary": summary, "parameters": [NUMBER], "responses": responses}


def _decision() -> dict[str, Any]:
    parameter = {"name": "entry", "in": "path", "required": True, "schema": {"type": "integer"}}
    made = {"type": "object", "properties": {"event": {"type": "integer"}}}
    return {
        "summary": "Decide what becomes of an entry",
        "parameters": [parameter],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": _ref("Decision")}},
        },
        "responses": _answer(made, "401", "404", "409", "422"),
    }


def _object(*names: str, **more: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": {**{name: {} for name in names}, **more}}


def _schemas() -> dict[str, Any]:
    instant = {"type": ["string", "null"], "format": "date-time"}
    day = {"type": ["string", "null"], "format": "date"}
    text = {"type": "string"}
    return {
        "Dossier": _object(
            *("id", "language", "summary", "priority", "topics", "countries", "body", "lead"),
            *("procedure_number", "windows", "entries"),
            number=text, title=text, station=text, opened=instant, changed=instant,
        ),
        "Position": _object(
            *("dossier", "language", "state", "version", "text_hash", "paragraphs", "asks"),
            *("signatories", "hand_ins", "outcomes"),
            title=text, adopted=instant,
        ),
        "Entry": _object(
            *("id", "source", "author", "language", "deadlines", "topics"),
            *("procedure_numbers", "versions", "decision"),
            title=text, address=text, text=text, published=instant, updated=instant,
            first_seen=instant, next_deadline=instant,
        ),
        "Project": _object(
            *("id", "code", "state", "language", "topics", "programme", "partners", "address"),
            *("led_by", "members", "contact", "texts"),
            begins=day, ends=day, changed=instant,
        ),
        "Gathering": _object(
            *("id", "kind", "state", "language", "languages", "interpretation", "zone", "place"),
            *("country", "latitude", "longitude", "places", "taken", "guests", "topics"),
            *("reason", "sequence", "texts"),
            begins=instant, ends=instant, register_until=instant, changed=instant,
        ),
        "Decision": {
            "type": "object",
            "required": ["decision"],
            "additionalProperties": False,
            "properties": {
                "decision": {"enum": [each.value for each in DECISIONS]},
                "reason": {
                    "type": "string",
                    "description": "When dismissed, one of: " + ", ".join(Dismissal),
                },
                "until": {**instant, "description": "Of `later`: when it comes back"},
                "dossier": {**text, "description": "Of `attached`: the dossier's number"},
            },
        },
        "Problem": {
            "type": "object",
            "required": ["type", "title", "status"],
            "properties": {
                "type": text,
                "title": text,
                "status": {"type": "integer"},
                "errors": {"type": "object", "additionalProperties": text},
            },
        },
    }  # fmt: skip
