"""Projects, in every language they are told in. The id is the number in a citation: [@P12]."""

from piccolo.columns import (
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    Serial,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.dossiers.tables import Dossier
from advocacy.municipalities.tables import Municipality
from advocacy.people.tables import Person


class Project(Table):
    id: Serial
    code = Varchar(length=40, default="", index=True)  # of the programme: "ASP0100123"
    state = Varchar(length=12, index=True)  # rules.ProjectState
    language = Varchar(length=2)  # in which it was entered
    topics = Text(default="")  # "farming,carnivores"
    begins = Date(null=True, default=None)
    ends = Date(null=True, default=None)  # the last day
    programme = Varchar(length=120, default="")  # that pays: "Interreg Alpine Space"
    partners = Text(default="")  # others than members, one on a line
    address = Text(default="")  # of its page
    # The member that leads it; None: the network itself.
    led_by = ForeignKey(Municipality, null=True, on_delete=OnDelete.set_null, index=True)
    contact_name = Varchar(length=120, default="")  # who can be asked
    contact_email = Varchar(length=254, default="")
    contact_phone = Varchar(length=40, default="")
    contact_languages = Varchar(length=20, default="")  # "de,it"
    contact_public = Boolean(default=False)  # they agreed to stand on the public page
    person = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)
    created = Timestamptz(null=False, default=None, index=True)
    changed = Timestamptz(null=False, default=None, index=True)
    version = Integer(default=1)
    removed = Timestamptz(null=True, default=None)  # from the lists; citations still lead here


class ProjectText(Table, tablename="project_text"):
    """One language of a project. Unique (project, language)."""

    id: Serial
    project = ForeignKey(Project, null=False, on_delete=OnDelete.cascade, index=True)
    language = Varchar(length=2)
    title = Varchar(length=300)
    summary = Text(default="")
    results = Text(default="")
    search_text = Text(default="")


class TakesPart(Table, tablename="takes_part"):
    """A municipality in a project. Unique (project, municipality)."""

    id: Serial
    project = ForeignKey(Project, null=False, on_delete=OnDelete.cascade, index=True)
    municipality = ForeignKey(Municipality, null=False, on_delete=OnDelete.restrict, index=True)


class ProjectResult(Table, tablename="project_result"):
    """Something to read or to use: an address, or a file."""

    id: Serial
    project = ForeignKey(Project, null=False, on_delete=OnDelete.cascade, index=True)
    title = Varchar(length=300)
    language = Varchar(length=2, default="")
    address = Text(default="")
    name = Varchar(length=200, default="")  # of the file
    media_type = Varchar(length=100, default="")  # as sniffed from the content
    size = Integer(default=0)  # bytes
    sha256 = Varchar(length=64, default="")
    content = Bytea(null=True, default=None)
    person = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)
    at = Timestamptz(null=False, default=None)
    removed = Timestamptz(null=True, default=None)


class DossierProject(Table, tablename="dossier_project"):
    """Somebody said whether a project belongs beside a dossier. Unique (dossier, project)."""

    id: Serial
    dossier = ForeignKey(Dossier, null=False, on_delete=OnDelete.cascade, index=True)
    project = ForeignKey(Project, null=False, on_delete=OnDelete.cascade, index=True)
    belongs = Boolean(default=True)  # False: not to be suggested again
    person = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)
    at = Timestamptz(null=False, default=None)
