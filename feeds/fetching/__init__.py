"""One polite, safe request at a time. The only rooms that know httpx and httpcore.

following     the way from an address to an answer, redirects by hand       fetch
asking        one request: headers, limits, one deadline for it all
connecting    only to IP addresses that may be reached, judged when connected to
networks      which those are
unpacking     gzip, deflate, br, zstd, never more than was allowed
freshness     what the headers say about time
troubles      every failure as a sentence for a person
"""

from feeds.fetching.answers import Failed, Fetched, Limits, Problem, Unchanged
from feeds.fetching.following import fetch
from feeds.fetching.networks import check_address

__all__ = ["Failed", "Fetched", "Limits", "Problem", "Unchanged", "check_address", "fetch"]
