"""When nearly nothing can be reached, it is our line that is down, and no source is to blame. Pure.

miniflux counts such an hour against every feed and disables them; here it counts against none.
"""

from collections.abc import Iterable
from datetime import timedelta

WINDOW = timedelta(minutes=2)
HOSTS = 5
SHARE = 0.5
# What of a visit's way fails when the line is down: no name, no route, no connection.
UNREACHED = ("unreachable", "slow")
SENTENCE = "Nothing can be reached from here at the moment; this is not the source's fault."


def is_ours(visits: Iterable[tuple[str, bool]]) -> bool:
    """Whether the visits of the last two minutes, (host, reached), say that it is our outage.

    It takes at least five different hosts that could not be reached, and half of all that were
    tried; one that was reached at any time counts as reached.
    """
    reached: dict[str, bool] = {}
    for host, was_reached in visits:
        reached[host] = reached.get(host, False) or was_reached
    missing = sum(not each for each in reached.values())
    return missing >= HOSTS and missing >= SHARE * len(reached)
