"""The words for states and channels, and those inside the documents."""

from advocacy import texts
from advocacy.errors import Message
from advocacy.submissions.documents import Labels
from advocacy.submissions.rules import Channel, SignatureState, SubmissionState

LABELS: dict[SubmissionState, Message] = {
    SubmissionState.PREPARED: Message("Prepared"),
    SubmissionState.SUBMITTED: Message("Handed in"),
    SubmissionState.RECEIVED: Message("Received by the body"),
    SubmissionState.WITHDRAWN: Message("Taken back from the body"),
}
KINDS: dict[SubmissionState, str] = {
    SubmissionState.PREPARED: "info",
    SubmissionState.SUBMITTED: "ok",
    SubmissionState.RECEIVED: "ok",
    SubmissionState.WITHDRAWN: "warn",
}
SIGNATURES: dict[SignatureState, Message] = {
    SignatureState.ADDED: Message("Added by the office"),
    SignatureState.ASKED: Message("Asked, no answer yet"),
    SignatureState.SIGNED: Message("Signs"),
    SignatureState.DECLINED: Message("Does not sign"),
}
SIGNATURE_KINDS: dict[SignatureState, str] = {
    SignatureState.ADDED: "ok",
    SignatureState.ASKED: "info",
    SignatureState.SIGNED: "ok",
    SignatureState.DECLINED: "",
}
CHANNELS: dict[Channel, Message] = {
    Channel.PORTAL: Message("Portal of the body"),
    Channel.MAIL: Message("E-mail"),
    Channel.POST: Message("Post"),
    Channel.BY_HAND: Message("By hand"),
}


def in_documents(network: str) -> Labels:
    """In the language in use: call it while speaking the language of the text."""
    return Labels(
        position=texts.gettext("Position of the network: %(network)s") % {"network": network},
        addressee=texts.pgettext("letter", "To"),
        page=texts.gettext("page {page} of {pages}"),
        asks=texts.gettext("What we ask for"),
        annex=texts.gettext("Annex: what the municipalities said"),
        number=texts.pgettext("column", "No."),
        municipality=texts.gettext("Municipality"),
        country=texts.gettext("Country"),
        quotation=texts.gettext("In its own words"),
        paragraph=texts.gettext("Paragraph"),
        signed=texts.gettext("Signed"),
        unnamed=texts.gettext("A municipality that is not named"),
        contradicts=texts.gettext("contradicts"),
        mentions=texts.gettext("mentions"),
    )
