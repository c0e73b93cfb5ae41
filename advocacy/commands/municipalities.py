"""municipalities: import."""

from argparse import Namespace

from advocacy import clock
from advocacy.commands.opening import opened
from advocacy.commands.output import read_file, tell
from advocacy.municipalities import actions


async def import_list(typed: Namespace) -> None:
    content = read_file(typed.file)
    async with opened():
        done = await actions.import_file(content, typed.file, by=None, now=clock.now())
    counts = len(done.new), len(done.changed), len(done.same)
    tell("{} added, {} changed, {} as before".format(*counts))
