"""The command line: python -m advocacy COMMAND. Every command has --help.

Results go to stdout, messages to stderr. Exit code 1: one line says what was wrong; 2: the
command was written wrongly. A command's module is imported only when it is called, so that
`read`, which needs no database, starts fast.
"""

import argparse
import asyncio
import inspect
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from typing import TypeAlias
from zoneinfo import ZoneInfo

from advocacy.commands.output import Refused, tell

LANGUAGES = ("en", "de", "fr", "it", "sl")
KINDS = (
    *("auto", "feed", "ical", "have-your-say", "fedlex", "austrian-parliament", "ris", "page"),
)
INTERRUPTED = 130

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def instant(text: str) -> datetime:
    """An ISO date or instant; without an offset it is UTC."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"not an ISO 8601 date: {text}") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (ValueError, OSError, LookupError):
        raise argparse.ArgumentTypeError(f"not a time zone like Europe/Brussels: {text}") from None


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m advocacy", description="Alphorn")
    commands = made.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _running(commands)
    _sources(commands)
    _reading(commands)
    _people(commands)
    _backups(commands)
    text = "take in one mail (stdin); exit code 75 as long as the database is away"
    _command(commands, "receive", "letterbox:receive", text)
    return made


def _command(commands: Commands, name: str, calls: str, text: str) -> argparse.ArgumentParser:
    made = commands.add_parser(name, help=text, description=text)
    made.set_defaults(calls=calls)
    return made


def _group(commands: Commands, name: str, text: str) -> Commands:
    made = commands.add_parser(name, help=text, description=text)
    return made.add_subparsers(dest="verb", metavar="VERB", required=True)


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="one JSON object a line")


def _running(commands: Commands) -> None:
    _command(commands, "migrate", "running:migrate", "bring the database to the present shape")
    serve = _command(commands, "serve", "running:serve", "start the server at ALPHORN_BIND")
    serve.set_defaults(first="running:check")
    _command(commands, "demo", "running:demo", "load the demo network and start it")
    _command(commands, "health", "running:health", "is everything up? exit code 1 if not")


def _sources(commands: Commands) -> None:
    group = _group(commands, "sources", "the list of sources")
    add = _command(group, "add", "sources:add", "add a source; a page leads to its feed")
    add.add_argument("address")
    add.add_argument("--kind", choices=KINDS, default="auto")
    add.add_argument("--name")
    add.add_argument("--language", choices=LANGUAGES)
    _json(add)
    _json(_command(group, "list", "sources:show_list", "all sources with their health"))
    alps = _command(group, "alps", "sources:alps", "the list for the Alps that ships with Alphorn")
    names = "add these of it; all-verified: those that more than one has seen work"
    alps.add_argument("--add", nargs="+", metavar="NAME", help=names)
    _json(alps)
    for verb, text in (("import", "add all sources of an OPML list"), ("export", "write OPML")):
        _command(group, verb, f"sources:{verb}_list", text).add_argument("file", metavar="FILE")
    poll = _command(commands, "poll", "sources:poll", "visit sources now (default: those due)")
    which = poll.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help="every active source, due or not")
    which.add_argument("--due", action="store_true", help="the sources that are due")
    which.add_argument("--source", type=int, metavar="ID", help="one source, due or not")
    _json(poll)
    entries = _command(commands, "entries", "sources:entries", "what a source has published")
    entries.add_argument("--source", type=int, required=True, metavar="ID")
    _json(entries)


def _reading(commands: Commands) -> None:
    text = "deadlines and topics of a text (stdin)"
    read = _command(commands, "read", "reading:read_text", text)
    read.add_argument("--language", choices=LANGUAGES, help="as declared; else it is detected")
    read.add_argument("--lines", action="store_true", help="each line is a text of its own")
    read.add_argument("--published", type=instant, metavar="DATE", help="settles missing years")
    read.add_argument(
        "--zone", type=zone, default="Europe/Brussels", help="of times named without one"
    )


def _people(commands: Commands) -> None:
    group = _group(commands, "people", "people with an account")
    add = _command(group, "add", "people:add", "add a person; a known address changes nothing")
    add.add_argument("name", metavar="NAME")
    add.add_argument("email", metavar="EMAIL")
    add.add_argument("role", metavar="ROLE", help="secretariat, coordinator, presidency")
    add.add_argument("--language", choices=LANGUAGES, default="de")
    add.add_argument("--countries", default="", help="a coordinator's, like AT,DE")
    for parent in (group, commands):  # people login-link, and login-link for short
        link = _command(parent, "login-link", "people:login_link", "print a link to sign in once")
        link.add_argument("email", metavar="EMAIL")
    members = _group(commands, "municipalities", "the members of the network")
    _command(
        members, "import", "municipalities:import_list", "add or update from CSV or XLSX"
    ).add_argument("file", metavar="FILE")


def _backups(commands: Commands) -> None:
    backup = _command(commands, "backup", "backups:backup", "write everything into one ZIP")
    backup.add_argument("file", metavar="FILE")
    text = "fill an empty, migrated database from a backup"
    _command(commands, "restore", "backups:restore", text).add_argument("file", metavar="FILE")


def call(name: str, typed: argparse.Namespace) -> int:
    """Run "module:function" of advocacy.commands; its exit code is 0 unless it returns another."""
    module, _, function = name.partition(":")
    result = getattr(import_module(f"advocacy.commands.{module}"), function)(typed)
    if inspect.iscoroutine(result):
        result = asyncio.run(result)
    return result or 0


def main(arguments: Sequence[str] | None = None) -> int:
    typed = parser().parse_args(arguments)
    try:
        if hasattr(typed, "first"):
            call(typed.first, typed)
        code = call(typed.calls, typed)
        sys.stdout.flush()
        return code  # noqa: TRY300 - what is written at the end may meet a closed pipe as well
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has seen enough: `entries | head`. What is left goes nowhere, silently.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (Refused, ValueError) as error:
        tell(f"alphorn: {error}")
    except Exception as error:
        said = _in_the_domains_words(error)
        if said is None:
            raise
        tell(f"alphorn: {said}")
    return 1


def _in_the_domains_words(error: Exception) -> str | None:
    from advocacy.errors import DomainError, Invalid  # the other commands do without

    if isinstance(error, Invalid):
        return "; ".join(str(text) for text in error.fields.values())
    return str(error) if isinstance(error, DomainError) else None


if __name__ == "__main__":
    sys.exit(main())
