"""The letter that tells one municipality what became of its input."""

from collections.abc import Sequence

from advocacy.approvals.queries import Ground
from advocacy.mail.letters import Written, unsubscribing, write
from advocacy.municipalities import links
from advocacy.outcomes.labels import LABELS
from advocacy.outcomes.queries import AskRow
from advocacy.outcomes.rules import Occasion
from advocacy.outcomes.telling.reports import Report
from advocacy.settings import settings
from advocacy.submissions.tables import Submission


def report_back(
    report: Report,
    *,
    key: str,
    occasion: Occasion,
    submission: Submission,
    ground: Ground,
    title: str,
    body: str,
    asks: Sequence[AskRow] = (),
    asks_language: str = "",
) -> Written:
    """`title` of the position, `body` and `asks` are in the letter's language where there are
    such; `asks` with what the body made of them, on the occasion of an outcome.
    """
    return write(
        "report_back",
        key=key,
        occasion=occasion,
        asks=asks,
        asks_language=asks_language,
        fates=LABELS,
        recipient=report.email,
        recipient_name=report.contact,
        language=report.language,
        headers=unsubscribing(
            links.mail_settings(report.contact_id, of="results"), settings().sender
        ),
        dossier=ground.dossier.id,
        report=report,
        submission=submission,
        ground=ground,
        title=title,
        body=body,
        address=f"{settings().base_url}/{report.language}/p/{ground.dossier.number}",
        own_page=links.own_page(report.contact_id),
        settings_link=links.mail_settings(report.contact_id),
    )
