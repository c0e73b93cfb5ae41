"""Sources are visited: which, how many at once, what is written, and when the next visit is due.

rounds        claim, visit, judge, write, until nothing is due               poll, poll_due
claiming      leases, and whose turn it is at a server
visiting      one visit, from the request to the note
recording     how a visit ended                                              pure but for chance
schedule      when the next is due, and why                                  pure
moving        when a permanent redirect is believed                          pure
outage        whether it is our line that is down                            pure
storing       entries and versions, in one transaction with their poll
noting        visits that brought none, many in one transaction
forgetting    old polls
"""

from feeds.polling.noting import PollResult
from feeds.polling.rounds import poll, poll_due

__all__ = ["PollResult", "poll", "poll_due"]
