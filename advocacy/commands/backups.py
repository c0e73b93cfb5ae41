"""backup, restore."""

from argparse import Namespace
from pathlib import Path

from advocacy import clock
from advocacy.commands.opening import check_shape, known_migrations, opened
from advocacy.commands.output import Refused, tell
from advocacy.exports import backup as backups


async def backup(typed: Namespace) -> None:
    path = Path(typed.file)
    async with opened():
        try:
            counts = await backups.write(path, migrations=known_migrations(), now=clock.now())
        except backups.Unwritable as error:
            raise Refused(str(error)) from None
    tell(f"{sum(counts.values())} rows of {len(counts)} tables in {path}")
    tell("The secret (ALPHORN_SECRET or the file beside the database) is not in it: keep it too.")


async def restore(typed: Namespace) -> None:
    async with opened():
        await check_shape()
        try:
            counts = await backups.restore(Path(typed.file), migrations=known_migrations())
        except backups.Unusable as error:
            raise Refused(f"{typed.file}: {error}") from None
    tell(f"{sum(counts.values())} rows of {len(counts)} tables restored; the history is whole")
    tell("Links in letters work only with the secret that they were made with.")
