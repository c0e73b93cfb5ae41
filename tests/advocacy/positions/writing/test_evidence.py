from datetime import datetime

import pytest

from advocacy.dossiers.tables import DossierEntry
from advocacy.errors import Invalid
from advocacy.positions import actions, queries
from advocacy.positions.writing import evidence
from advocacy.positions.writing.merging import Draft
from advocacy.projects.tables import DossierProject, Project, ProjectText
from tests.advocacy.positions.matters import Matter, matter
from tests.advocacy.triage.sample import entry
from tests.browsing import browser
from tests.characters import ana, musterdorf

pytestmark = pytest.mark.anyio

P = "/en/p/2026-014"


async def project(now: datetime, *, beside: Matter | None = None) -> Project:
    """Led by Musterdorf; told in German and Slovene."""
    led_by = await musterdorf(now)
    made = Project(state="running", language="de", led_by=led_by.id, created=now, changed=now)
    await made.save()
    for language, title in (("de", "Hirten & Hunde"), ("sl", "Pastirji in psi")):
        await ProjectText(
            project=made.id, language=language, title=title, summary="Neun Almen mit Hunden."
        ).save()
    if beside is not None:
        await DossierProject(dossier=beside.dossier.id, project=made.id, at=now).save()
    return made


async def save(it: Matter, text: str, now: datetime) -> None:
    base = (await queries.version(it.position.id)).number
    draft = Draft("Großraubtiere", [("k1", text)], [])
    await actions.save(it.position.id, draft, base_version=base, by=await ana(now), now=now)


async def test_a_project_that_exists_may_be_cited_and_one_that_does_not_is_refused(
    db: str, now: datetime
):
    it = await matter(now)
    made = await project(now)
    await save(it, f"Unsere Mitglieder tun es schon [@P{made.id}].", now)
    for unknown in ("@P999", "@P99999999999999999999"):
        with pytest.raises(Invalid) as refused:
            await save(it, f"Andere auch [{unknown}].", now)
        assert unknown in str(refused.value.fields)
    await Project.update({Project.removed: now}).where(Project.id == made.id)
    with pytest.raises(Invalid):
        await save(it, f"Unsere Mitglieder taten es schon [@P{made.id}].", now)


async def test_a_project_is_told_in_the_readers_language_and_says_who_leads_it(
    db: str, now: datetime
):
    it = await matter(now)
    made = await project(now)
    paragraphs = [("k1", f"So geht es [@P{made.id} {it.marks['SI-07']} @own].")]
    for language, title in (("sl", "Pastirji in psi"), ("fr", "Hirten & Hunde")):
        found = await evidence.cited(it.dossier.id, paragraphs, language)
        (told,) = found.values()
        assert (told.mark, told.title, told.who, told.country) == (
            f"@P{made.id}", title, "Musterdorf", "AT",
        )  # fmt: skip
        assert told.path == f"/projects/{made.id}"


async def test_an_entry_of_another_dossier_is_no_evidence(db: str, now: datetime):
    it = await matter(now)
    ours = await entry("EUSALP consults on herds", now=now)
    other = await entry("Something else", now=now)
    await DossierEntry(dossier=it.dossier.id, entry=ours, at=now).save()
    paragraphs = [("k1", f"Es wird gefragt [@E{ours} @E{other}].")]
    found = await evidence.cited(it.dossier.id, paragraphs, "de")
    assert [each.title for each in found.values()] == ["EUSALP consults on herds"]
    assert await evidence.known(it.dossier.id, paragraphs) == {f"@E{ours}"}


async def test_projects_beside_the_dossier_are_offered_and_cited_with_one_tick(
    db: str, now: datetime
):
    it = await matter(now)
    made = await project(now, beside=it)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(f"{P}/edit")
        assert "Hirten &amp; Hunde" in page.text
        typed = {
            "title": "T", "base": "0", "do": "supports", "key-1": "k1", "text-1": "Es geht.",
            "place-1": "1", "to": "1", "cite": f"@P{made.id}",
        }  # fmt: skip
        page = await web.post(f"{P}/edit", typed)
        assert page.status_code == 200
        assert f"Es geht [@P{made.id}]." in page.text
        await web.get(f"{P}/edit")
        await web.post(
            f"{P}/edit", typed | {"do": "save", "cite": "", "text-1": f"Es geht [@P{made.id}]."}
        )
        for path in (P, f"{P}/sentences"):
            page = await web.get(path)
            assert f'<a href="/en/projects/{made.id}" lang="de">Hirten &amp; Hunde</a>' in page.text
            assert "Musterdorf (AT)" in page.text
