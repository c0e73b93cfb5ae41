"""Every sentence that feeds/ writes of its sources, for translation. told.py finds them again.

feeds/ knows one language. What it says of a visit is kept as it was said; here stands each sentence
once more, with a name for every value in it. A test looks through feeds/ for one that is missing.
"""

from dataclasses import dataclass

from advocacy.errors import Message


@dataclass(frozen=True, slots=True)
class Counted:
    """A sentence with a number, `num`, that its words go by."""

    one: str
    many: str


Sentence = Message | Counted

_ON_THE_WAY: tuple[Sentence, ...] = (
    Message("The server answers without content."),
    Message("The server sent only a part of the document."),
    Message("The server says that nothing has changed, although we know nothing yet."),
    Message("The server wants a password."),
    Message("The server refuses to show this to us."),
    Message("There is nothing at this address."),
    Message("The server says that this is gone for good."),
    Message("The server asks us to come less often."),
    Message("The server may not show this for legal reasons."),
    Message("The server is busy or being repaired."),
    Message("The server answers with error %(status)s."),
    Message("The answer is larger than %(size)s kB."),
    Message("The head of the answer is too long."),
    Message("No connection stood within %(seconds)s seconds."),
    Message("The server was silent for %(seconds)s seconds."),
    Message("The server took longer than %(seconds)s seconds."),
    Message("The server's certificate is not valid: %(reason)s."),
    Message("No encrypted connection to the server can be made."),
    Message("The server refuses the connection."),
    Message("The server broke the connection off."),
    Message("The server cannot be reached."),
    Message("The server cannot be reached: %(reason)s."),
    Message("The server closed the connection without an answer."),
    Message("The answer breaks off before its end."),
    Message("The server does not speak proper HTTP: %(words)s."),
    Message("The server sends its answer in crumbs."),
    Message("The address leads into a private network, which is not visited."),
    Message("There is no server with the name %(name)s."),
    Message("The server moves us on without saying where."),
    Message("The server moves us from https to unprotected http."),
    Message("The address leads in a circle."),
    Counted(
        "The address leads on more than %(num)d time.",
        "The address leads on more than %(num)d times.",
    ),
    Message("The server asks us to wait before it moves us on."),
    Message("The answer is compressed more than once."),
    Message("The answer is compressed in a way we did not ask for: %(words)s."),
    Message("The compressed answer is damaged."),
    Message("The compressed answer ends in the middle."),
    Message("The compressed answer consists of too many parts."),
    Message("The answer unpacks to more than %(size)s kB."),
)
_IN_THE_DOCUMENT: tuple[Sentence, ...] = (
    Message("The answer was empty."),
    Message("The answer is a web page, not a feed."),
    Message("The answer is a web page («%(title)s»), not a feed."),
    Message("The answer is a PDF document, not a feed."),
    Message("The answer is a ZIP archive or an office document, not a feed."),
    Message("The answer is a picture, not a feed."),
    Message("The answer is XML, but no feed: its outermost element is <%(name)s>."),
    Message("The answer is JSON, but no JSON Feed: it has no list of items."),
    Message("The answer looks like JSON and cannot be read."),
    Message("The answer is not a calendar."),
    Message("The answer is not a list of the Austrian Parliament."),
    Message("The answer is not the result of a fedlex query."),
    Message("The answer is not what Have Your Say gives: it is no JSON."),
    Message("The answer is JSON, but not one that Have Your Say gives."),
    Message("The answer is not what RIS gives for drafts."),
    Message("RIS refused the question: «%(words)s»."),
    Counted(
        "RIS announced %(num)d draft although those of six months were asked for; "
        "only the first page was read.",
        "RIS announced %(num)d drafts although those of six months were asked for; "
        "only the first page was read.",
    ),
    Message("The document holds a tag longer than anything that is meant."),
    Message("The document holds an element with hundreds of attributes."),
    Message("The document uses more namespaces than anything that is meant."),
    Message("The document is broken XML, and nothing in it can be read."),
    Message("The document is broken, and too long to be mended."),
    Message("The document breaks off; what could be read of it is kept."),
    Message("The document cannot be read (%(reason)s)."),
    Message("The document could not be taken in (%(reason)s)."),
    Message("Reading the document took more than %(seconds)s seconds."),
    Message("The page is empty or cannot be read."),
    Message("«%(selector)s» does not name a part of a page."),
    Message("The marked part «%(selector)s» is no longer on the page."),
)
_FROM_STRANGERS: tuple[Sentence, ...] = (
    Message("The source says that we ask too often."),
    Message("The source says that we ask too often: «%(words)s»."),
    Message("The source says that we ask too often («%(title)s»)."),
    Message("The source refuses to answer."),
    Message("The source refuses to answer: «%(words)s»."),
    Message("The source refuses to answer («%(title)s»)."),
    Message("The source wants a login or a key."),
    Message("The source wants a login or a key: «%(words)s»."),
    Message("The source answered with an error."),
    Message("The source answered with an error: «%(words)s»."),
    Message("The source answered with plain text."),
    Message("The source answered with plain text: «%(words)s»."),
    Message("A wall against robots answers for the source."),
    Message("A wall against robots answers for the source («%(title)s»)."),
    Message("A wall of %(maker)s against robots answers for the source."),
    Message("A wall of %(maker)s against robots answers for the source («%(title)s»)."),
    Message("The source asks for a login."),
    Message("The source asks for a login («%(title)s»)."),
    Message("The source asks for consent to cookies before it shows anything."),
    Message("The source asks for consent to cookies before it shows anything («%(title)s»)."),
    Message("The answer is an empty page that only JavaScript would fill."),
    Message("The answer is an empty page that only JavaScript would fill («%(title)s»)."),
)
_OF_VISITS: tuple[Sentence, ...] = (
    Counted(
        "The document holds nothing; it used to hold %(num)d entry.",
        "The document holds nothing; it used to hold %(num)d entries.",
    ),
    Counted("%(num)d item could not be read.", "%(num)d items could not be read."),
    Message("It has moved to %(address)s, which is visited already."),
    Message("Nothing can be reached from here at the moment; this is not the source's fault."),
    Message("The poll could not be recorded."),
)
_RHYTHMS: tuple[Sentence, ...] = (
    Counted("%(num)d entry is still to be read", "%(num)d entries are still to be read"),
    Message("usual time between new entries: %(span)s"),
    Message("its rhythm is not known yet"),
    Counted("nothing new for %(num)d day", "nothing new for %(num)d days"),
    Message("the server says how long its answer is fresh: %(span)s"),
    Message("the document asks for a pause: %(span)s"),
    Message("the document asks not to be visited at certain hours"),
    Message("the server asked for a pause: %(span)s"),
    Message("failed once"),
    Counted("failed %(num)d time in a row", "failed %(num)d times in a row"),
    Message("there has been nothing at this address for a month"),
    Message("nothing could be reached from here"),
    Message("just added"),
    Message("resumed"),
    # These three are ours: overview/ writes them where feeds/ writes its own.
    Message("paused by hand"),
    Message("the usual rhythm was asked for"),
    Message("its settings were changed"),
)
_OF_THE_LIST: tuple[Sentence, ...] = (
    Message("The address holds characters that do not belong into an address."),
    Message("This is not a web address."),
    Message("Only addresses with http:// or https:// can be visited."),
    Message("The address names no server."),
    Message("The address holds a user name or a password."),
    Message("Port %(port)s is not one that web pages are served from."),
    Message("The address is longer than %(size)s characters."),
    Message("There is no kind of source called «%(name)s»."),
    Message("«%(name)s» is not a time zone like Europe/Brussels."),
    Message("«%(name)s» is not the code of a language, like «sl»."),
    Message("«%(name)s» is not the code of a country, like «AT»."),
    Message("The list holds no source called «%(name)s»."),
    Message("The source could not be added."),
    Message("There is no such source."),
    Message("The file is no OPML list."),
    Message("The file is no OPML list: it is not well-formed XML."),
    Message("It could not be visited now."),
    Message("Nothing came."),
    Message("The address was visited."),
    Message("The marked part of the page is watched."),
    Message("It is a page and no feed."),
    Message("It holds no entries."),
    Counted(
        "No feed stood at %(num)d address; the page itself is watched.",
        "No feed stood at %(num)d addresses; the page itself is watched.",
    ),
    Counted(
        "A feed with %(num)d entry was found behind the page.",
        "A feed with %(num)d entries was found behind the page.",
    ),
)
SENTENCES: tuple[Sentence, ...] = (
    *(*_ON_THE_WAY, *_IN_THE_DOCUMENT, *_FROM_STRANGERS),
    *(*_OF_VISITS, *_RHYTHMS, *_OF_THE_LIST),
)

SPANS: tuple[Sentence, ...] = (
    Message("%(num)s min"),
    Message("%(num)s h"),
    Counted("%(num)d day", "%(num)d days"),
)
"""What stands for `span`."""

REASONS: tuple[Sentence, ...] = (
    Message("it takes too much memory"),
    Message("it took too much memory or broke its reader"),
    Message("its reader has ended"),
    # OpenSSL's words for what most often is wrong with a certificate, and the system's for a line.
    Message("certificate has expired"),
    Message("certificate is not yet valid"),
    Message("self-signed certificate"),
    Message("self-signed certificate in certificate chain"),
    Message("unable to get local issuer certificate"),
    Message("Hostname mismatch, certificate is not valid for '%(name)s'"),
    Message("IP address mismatch, certificate is not valid for '%(name)s'"),
    Message("No route to host"),
    Message("Network is unreachable"),
    Message("Connection timed out"),
)
"""What may stand for `reason`; others stay in the words of who said them."""
