"""What people read of sources and visits: a word, a colour and an explanation for each."""

from collections.abc import Mapping

from advocacy.errors import Message
from advocacy.overview.health import Health

OUTCOMES: Mapping[str, Message] = {
    "fetched": Message("read"),
    "unchanged": Message("nothing new"),
    "empty": Message("suddenly empty"),
    "blocked": Message("we are blocked"),
    "login": Message("login page"),
    "shell": Message("page without content"),
    "page": Message("page instead of a feed"),
    "unreadable": Message("cannot be read"),
    "failed": Message("failed"),
    "gone": Message("gone for good"),
    "outage": Message("outage here"),
    "busy": Message("somebody is at it"),
}
"""Of one visit."""

HEALTH: Mapping[str, Message] = {
    **{each: OUTCOMES[each] for each in Health if each in OUTCOMES},
    Health.STOPPED: Message("stopped by itself"),
    Health.FAILING: Message("keeps failing"),
    Health.QUIET: Message("unusually quiet"),
    Health.DRIFTING: Message("unlike before"),
    Health.NEW: Message("not visited yet"),
    Health.PAUSED: Message("paused"),
}
"""Of a source as it stands."""

COLOURS: Mapping[str, str] = {
    "fetched": "ok",
    "unchanged": "ok",
    "empty": "warn",
    "blocked": "bad",
    "login": "bad",
    "shell": "bad",
    "page": "bad",
    "unreadable": "bad",
    "failed": "warn",
    "gone": "bad",
    "outage": "info",
    "busy": "info",
    Health.STOPPED: "bad",
    Health.FAILING: "bad",
    Health.QUIET: "warn",
    Health.DRIFTING: "warn",
    Health.NEW: "info",
    Health.PAUSED: "mute",
}
"""Red: nothing reaches us. Orange: something may be missing. The word always stands beside it."""

EXPLAINED: Mapping[str, Message] = {
    "fetched": Message("The last visit brought the document, and it was read."),
    "unchanged": Message("The last visit found nothing new; that is usual."),
    "empty": Message(
        "The list holds nothing, and it used to. Look at it in the browser: perhaps it has moved."
    ),
    "blocked": Message(
        "The server takes us for an attacker and sends a page that blocks us. "
        "Ask its operator to let Alphorn in, or look for another address."
    ),
    "login": Message(
        "A login page comes instead of the entries. "
        "Look for an address that is open to everybody, or ask the body for one."
    ),
    "shell": Message(
        "The page comes without its content, which only a browser fills in. "
        "Look for a feed or an interface of the same body."
    ),
    "page": Message(
        "An ordinary page comes where a feed was. The feed has probably moved: "
        "look for its new address on the page."
    ),
    "unreadable": Message(
        "Something comes, but it cannot be read. It is tried again by itself; "
        "if it stays so, tell the body."
    ),
    "failed": Message("The last visit failed. It is tried again by itself."),
    "gone": Message(
        "The server says that this is gone for good. Look for the new address and add it; "
        "then put this one aside."
    ),
    "outage": Message("Nothing could be reached from here; this is not the source's fault."),
    Health.STOPPED: Message("Alphorn has stopped visiting it. Resume it, or put it aside."),
    Health.FAILING: Message(
        "Several visits in a row have failed. What is announced there does not reach us: "
        "look whether the address opens in the browser."
    ),
    Health.QUIET: Message(
        "It answers, but has published nothing for far longer than it used to. "
        "Look whether the news has moved elsewhere."
    ),
    Health.DRIFTING: Message(
        "It answers, but not with what it used to give. Look whether something is missing."
    ),
    Health.NEW: Message("It is visited within a few minutes."),
    Health.PAUSED: Message("Nobody visits it until it is resumed."),
}
"""For a secretary: what it means and what to do."""

SHOWS: Mapping[str, Message] = {
    "look": Message("Need a look"),
    "fine": Message("In order"),
    "paused": Message("Paused"),
}

KINDS: Mapping[str, Message] = {
    "auto": Message("Find out"),
    "feed": Message("Feed (RSS, Atom, JSON)"),
    "ical": Message("Calendar (iCalendar)"),
    "have-your-say": Message("Have Your Say (European Commission)"),
    "fedlex": Message("fedlex (Switzerland)"),
    "austrian-parliament": Message("Parliament (Austria)"),
    "ris": Message("RIS, legal information (Austria)"),
    "page": Message("Page that is watched"),
}

ADDED = Message("Added: %(name)s")
"""Sentences after a visit by hand, by its outcome."""
VISITED: Mapping[str, Message] = {
    "fetched": Message("Visited: %(new)s new, %(changed)s changed, %(same)s as before."),
    "unchanged": Message("Visited: nothing has changed there."),
    "busy": Message("Somebody is visiting this source at the moment."),
}
TROUBLE = Message("Visited without success: %(error)s")

LETTERS: Mapping[str, Message] = {
    "call": Message("Question of a call"),
    "confirm_contact": Message("Question whether an address is right"),
    "date_moved": Message("News of a date that has moved"),
    "delegation": Message("Request to a colleague to answer"),
    "digest": Message("Digest"),
    "kept": Message("Note that a mail is kept"),
    "language_wished": Message("Wish to read a call in another language"),
    "misrepresented": Message("Objection to how an answer is told"),
    "receipt": Message("Receipt of an answer"),
    "reminder": Message("Reminder of a call"),
    "news": Message("News of the network"),
    "notice": Message("Text put to a municipality"),
    "notice_over": Message("News that a round is over"),
    "notice_reminder": Message("Reminder of a round"),
    "notice_void": Message("News that a round is void"),
    "report_back": Message("Report-back"),
    "ring_wanted": Message("Request to ring municipalities"),
    "round": Message("Request to decide in a round"),
    "round_over": Message("News that a round is over"),
    "round_reopened": Message("News that a round is open again"),
    "round_reminder": Message("Reminder of a round"),
    "round_void": Message("News that a round is void"),
    "sign_in": Message("Link to sign in"),
    "text_wanted": Message("Request to check a text"),
    "to_confirm": Message("Request to confirm an answer by mail"),
    "understood": Message("Receipt of an answer by mail"),
    "withdrawn": Message("Receipt of a withdrawal"),
    "member_check": Message("A draft to look at"),
    "co_sign": Message("Request to sign a position"),
    "consent": Message("Consent to other words"),
    "proposal_answered": Message("Answer to a proposal"),
    "remark_answered": Message("Answer to a remark"),
    "enquiry_receipt": Message("Receipt of a question"),
    "enquiry_answer": Message("Answer to a question"),
    "enquiry_desk": Message("Question to somebody of the house"),
    "gathering_again": Message("Registered already"),
    "gathering_cancelled": Message("News that a gathering is called off"),
    "gathering_guest": Message("Request to confirm an address"),
    "gathering_invitation": Message("Invitation to a gathering"),
    "gathering_moved": Message("News that a gathering has moved"),
    "gathering_place": Message("Place at a gathering"),
    "gathering_reminder": Message("Reminder of a gathering"),
    "gathering_waiting": Message("Waiting list of a gathering"),
}
"""By the kind of a letter, which is the name of its template in templates/mail."""
