"""The letter that tells one municipality what became of its input."""

from advocacy.approvals.queries import Ground
from advocacy.mail.letters import Written, unsubscribing, write
from advocacy.municipalities import links
from advocacy.outcomes.reports import Report
from advocacy.settings import settings
from advocacy.submissions.tables import Submission


def key_of(submission_id: int, invitation_id: int) -> str:
    return f"report-back/{submission_id}/{invitation_id}"


def report_back(
    report: Report, *, submission: Submission, ground: Ground, title: str, body: str
) -> Written:
    """`title` of the position and `body` are in the letter's language where there are such."""
    return write(
        "report_back",
        key=key_of(submission.id, report.invitation),
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
