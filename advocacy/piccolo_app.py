"""All tables of the house, in one line of migrations."""

from piccolo.conf.apps import AppConfig, table_finder

from advocacy.settings import ROOT

ROOMS_WITH_TABLES = (
    "feeds.tables",
    "advocacy.history.tables",
    "advocacy.mail.tables",
    "advocacy.people.tables",
    "advocacy.municipalities.tables",
    "advocacy.web.tables",
    "advocacy.leases",
    "advocacy.triage.tables",
    "advocacy.bodies.tables",
    "advocacy.dossiers.tables",
    "advocacy.documents.tables",
    "advocacy.projects.tables",
    "advocacy.calls.tables",
    "advocacy.advice.tables",
    "advocacy.letterbox.tables",
    "advocacy.positions.tables",
    "advocacy.translations.tables",
    "advocacy.approvals.tables",
    "advocacy.submissions.tables",
    "advocacy.outcomes.tables",
    "advocacy.events.tables",
    "advocacy.news.tables",
    "advocacy.api.tables",
    "advocacy.digest.tables",
)

APP_CONFIG = AppConfig(
    app_name="alphorn",
    migrations_folder_path=str(ROOT / "migrations" / "alphorn"),
    table_classes=table_finder(list(ROOMS_WITH_TABLES), exclude_imported=True),
    migration_dependencies=[],
)
