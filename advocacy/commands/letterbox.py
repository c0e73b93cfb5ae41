"""receive: a mail server hands in one mail."""

import os
import sys
from argparse import Namespace

from advocacy import clock, database
from advocacy.commands.opening import opened
from advocacy.commands.output import Refused, tell


async def receive(_: Namespace) -> int:
    """The mail on stdin. EX_TEMPFAIL (75) as long as the database is away: the server that called
    keeps the mail and tries again. Whatever the mail is, it is kept.
    """
    from advocacy.letterbox.actions import take_in  # other commands start faster without

    content = sys.stdin.buffer.read()
    try:
        async with opened():
            await take_in(content, via="pipe", now=clock.now())
    except (Refused, *database.LOST) as error:
        tell(f"alphorn: {error}")
        return os.EX_TEMPFAIL
    return 0
