"""Gatherings of the demo: a workshop that is over, with its minutes; a conference that is open to
guests; an excursion that is full; and a draft of a coordinator.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from advocacy.calls.rules import Basis
from advocacy.demo import steps
from advocacy.dossiers.tables import Dossier
from advocacy.events import actions, queries
from advocacy.events.forms import GatheringForm, PointForm, Words
from advocacy.events.inviting.typed import Invited
from advocacy.events.registering.registered import invitation_by_token, invitation_token
from advocacy.events.registering.typed import Guest
from advocacy.events.saying.typed import NewMinute
from advocacy.events.tables import Gathering, GatheringInvitation
from advocacy.people.tables import Person

WORKSHOP = {
    "de": Words(
        "Herdenschutz: was im Sommer wirklich geht",
        "Hirtinnen, Bürgermeister und Fachleute aus vier Ländern vergleichen Zäune, Hunde und Kosten.",
    ),
    "fr": Words(
        "Protéger les troupeaux\N{NO-BREAK SPACE}: ce qui marche vraiment en été",
        "Bergères, maires et spécialistes de quatre pays comparent clôtures, chiens et coûts.",
    ),
    "it": Words(
        "Proteggere le greggi: che cosa funziona d'estate",
        "Pastore, sindaci ed esperti di quattro Paesi confrontano recinti, cani e costi.",
    ),
    "sl": Words(
        "Varovanje čred: kaj poleti zares deluje",
        "Pastirji, župani in strokovnjaki iz štirih držav primerjajo ograje, pse in stroške.",
    ),
}
CONFERENCE = {
    "de": Words(
        "Die Alpengemeinden und Brüssel: mit einer Stimme",
        "Was kommt 2027 auf die Gemeinden zu? Verkehr, Wald, Wolf: drei Runden, ein gemeinsamer Text.",
    ),
    "fr": Words(
        "Les communes alpines et Bruxelles\N{NO-BREAK SPACE}: d'une seule voix",
        "Que se prépare-t-il pour 2027 ? Transports, forêt, loup : trois tables, un texte commun.",
    ),
    "it": Words(
        "I Comuni alpini e Bruxelles: con una sola voce",
        "Che cosa ci aspetta nel 2027? Traffico, bosco, lupo: tre tavoli, un testo comune.",
    ),
    "sl": Words(
        "Alpske občine in Bruselj: z enim glasom",
        "Kaj čaka občine leta 2027? Promet, gozd, volk: trije pogovori, eno skupno besedilo.",
    ),
    "en": Words("Alpine municipalities and Brussels: with one voice"),
}
EXCURSION = {
    "sl": Words(
        "Po poteh planinskega mleka",
        "Tri planine, dve sirarni in pastir, ki pove, koliko stane ograja. Primerna obutev!",
    ),
    "de": Words(
        "Auf den Wegen der Almmilch",
        "Drei Almen, zwei Käsereien und ein Hirte, der sagt, was ein Zaun kostet. Gute Schuhe!",
    ),
}
DRAFT = {"sl": Words("Delavnica o nočnem prometu")}


@dataclass(frozen=True, slots=True)
class Planned:
    """`days` from today, `hours` long; each point an hour after the one before."""

    form: GatheringForm
    points: tuple[PointForm, ...] = field(default=())


async def tell(herds: Dossier, transit: Dossier, by: Person, now: datetime) -> None:
    await _workshop(herds, by, now)
    await _conference(herds, transit, by, now)
    await _excursion(herds, now)
    maja = await steps.person("Maja Vzorec")
    form = _form("workshop", "sl", DRAFT, _at(now, 70), 4, country="SI", topics="transport")
    await actions.draft(form, by=maja, now=now - timedelta(days=1))


def _at(now: datetime, days: int, hour: int = 8) -> datetime:
    """That hour, UTC, so many days from today."""
    return (now + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)


def _form(
    kind: str, language: str, texts: dict[str, Words], begins: datetime, hours: int, **more: object
) -> GatheringForm:
    values: dict[str, object] = {"zone": "Europe/Vienna", "contact": "ana.muster@alpennetz.example"}
    return GatheringForm(
        kind=kind, language=language, texts=texts, begins=begins,
        ends=begins + timedelta(hours=hours), **(values | more),  # type: ignore[arg-type]  # columns
    )  # fmt: skip


async def _open(planned: Planned, by: Person, at: datetime) -> Gathering:
    row = await actions.draft(planned.form, by=by, now=at)
    for point in planned.points:
        await actions.programme.add(row.id, point, by=by, now=at)
    await actions.publish(row.id, by=by, now=at)
    return await queries.by_id(row.id)


async def _invite(
    row: Gathering, codes: tuple[str, ...], by: Person, at: datetime
) -> dict[str, GatheringInvitation]:
    """By code, as the links find them; countries stand for all of theirs."""
    wanted = Invited(
        countries=tuple(code for code in codes if len(code) == 2),  # noqa: PLR2004
        codes=tuple(code for code in codes if len(code) > 2),  # noqa: PLR2004
    )
    await actions.invite(row.id, wanted, by=by, now=at)
    return {
        each.code: await invitation_by_token(invitation_token(each.id))
        for each in await queries.invited_to(row.id)
    }


async def _comes(there: GatheringInvitation, name: str, at: datetime, **more: str) -> None:
    slug = "".join(sign for sign in name.lower() if sign.isascii() and sign.isalpha())
    guest = Guest(name, f"{slug}@example.org", there.language, listed=True, **more)
    await actions.placing.register_invited(there, guest, now=at)


async def _workshop(herds: Dossier, by: Person, now: datetime) -> None:
    begins = _at(now, -6)
    form = _form(
        "workshop", "de", WORKSHOP, begins, 8, languages="de,fr,it,sl", interpretation="fr,sl",
        place="Gemeindesaal, Musterdorf", country="AT", latitude=47.13, longitude=11.45,
        places=40, topics="carnivores,farming",
    )  # fmt: skip
    points = (
        PointForm({"de": "Zäune am steilen Hang", "fr": "Clôtures en pente raide"}, begins,
                  "Josef Beispielmann", dossier=herds.number, topic="carnivores"),
        PointForm({"de": "Was ein Hund im Jahr kostet", "it": "Quanto costa un cane"},
                  begins + timedelta(hours=2), "Paola Esempio", dossier=herds.number),
        PointForm({"de": "Was andere schon tun"}, begins + timedelta(hours=5), topic="farming"),
    )  # fmt: skip
    row = await _open(Planned(form, points), by, now - timedelta(days=40))
    at = now - timedelta(days=35)
    there = await _invite(row, ("AT", "FR-05", "FR-09", "IT-08", "SI-03"), by, at)
    for code, name in (("AT-02", "Rosa Beispiel"), ("FR-05", "Lucie Exemple"),
                       ("FR-09", "Paul Modèle"), ("SI-03", "Tone Primer")):  # fmt: skip
        await _comes(there[code], name, at + timedelta(days=2))
    rows = await queries.registrations_of(row.id)
    await actions.presence.note(
        row.id, [each["id"] for each in rows[:3]], by=by, now=begins + timedelta(hours=1)
    )
    await _said(row, by, begins + timedelta(hours=9), now)


async def _said(row: Gathering, by: Person, at: datetime, now: datetime) -> None:
    lines = (
        NewMinute(
            "Chez nous la clôture tient, mais la monter en pente prend trois jours à deux personnes. "
            "Cela doit être payé comme du travail.",
            "fr", 1, "Paul Modèle", "FR-09", "partly",
        ),
        NewMinute(
            "Sul versante nord la rete cade con la prima neve: l'abbiamo sostituita due volte.",
            "it", 1, "Paola Esempio", "IT-08", "partly",
        ),
        NewMinute(
            "Un chien de protection coûte 3 000 euros par an, et la commune n'a rien prévu pour cela.",
            "fr", 2, "Lucie Exemple", "FR-05", "yes",
        ),
        NewMinute(
            "V treh dolinah si pastirji delijo eno ekipo za ograje. Radi pokažemo, kako.",
            "sl", 3, "Tone Primer", "SI-03",
        ),
    )  # fmt: skip
    for line in lines:
        await actions.minutes.write(row.id, line, by=by, now=at)
    first = now - timedelta(days=2)
    await actions.becoming.become_answer(row.id, 1, basis=Basis.MAYOR, by=by, now=first)
    await actions.becoming.become_news(row.id, 2, by=by, now=first)


async def _conference(herds: Dossier, transit: Dossier, by: Person, now: datetime) -> None:
    begins = _at(now, 24, 9)
    form = _form(
        "conference", "de", CONFERENCE, begins, 31, languages="de,en,fr,it,sl",
        interpretation="de,fr,it,sl", place="Kulturhaus, Mustervals", country="IT",
        zone="Europe/Rome", latitude=46.85, longitude=11.55, places=120, guests=True,
        topics="carnivores,forest,transport", register_until=begins - timedelta(days=5),
        address="https://treffen.alpennetz.example/mit-einer-stimme",
    )  # fmt: skip
    points = (
        PointForm({"de": "Begrüßung", "fr": "Accueil", "it": "Saluti", "sl": "Pozdrav"}, begins, "Marie Exemple"),
        PointForm({"de": "Transit: was Brüssel plant", "it": "Transito: che cosa prepara Bruxelles"},
                  begins + timedelta(hours=1), "Roberto Modello", dossier=transit.number, topic="transport"),
        PointForm({"de": "Wolf und Weide", "fr": "Loup et pâturage"}, begins + timedelta(hours=4),
                  "Claire Exemple", dossier=herds.number, topic="carnivores"),
        PointForm({"de": "Der gemeinsame Text", "sl": "Skupno besedilo"}, begins + timedelta(hours=24)),
    )  # fmt: skip
    at = now - timedelta(days=9)
    row = await _open(Planned(form, points), by, at)
    there = await _invite(row, ("AT", "CH", "DE", "FR", "IT", "LI", "SI"), by, at)
    for code, name, hears in (("AT-01", "Josef Beispielmann", ""), ("FR-01", "Luc Modèle", "fr"),
                              ("SI-07", "Janez Primer", "sl"), ("IT-01", "Paola Esempio", "")):  # fmt: skip
        if code in there:
            await _comes(there[code], name, now - timedelta(days=4), hears=hears)


async def _excursion(herds: Dossier, now: datetime) -> None:
    maja = await steps.person("Maja Vzorec")
    begins = _at(now, 45, 6)
    form = _form(
        "excursion", "sl", EXCURSION, begins, 10, languages="sl,de", zone="Europe/Ljubljana",
        place="Zbor na trgu, Vzorčna vas", country="SI", latitude=46.25, longitude=13.95,
        places=3, topics="farming", contact=maja.email,
    )  # fmt: skip
    points = (
        PointForm({"sl": "Zbor na trgu", "de": "Treffpunkt am Platz"}, begins, "", "Vzorčna vas", 46.25, 13.95),
        PointForm({"sl": "Planina z ograjo", "de": "Alm mit Zaun"}, begins + timedelta(hours=2), "Janez Primer",
                  "Zgledna planina", 46.29, 13.83, dossier=herds.number),
        PointForm({"sl": "Sirarna", "de": "Käserei"}, begins + timedelta(hours=4), "", "Vzorčje", 46.30, 13.58),
        PointForm({"sl": "Počitek pod goro", "de": "Rast unter dem Berg"}, begins + timedelta(hours=7), "",
                  "Primerje pod Goro", 46.45, 13.80),
    )  # fmt: skip
    at = now - timedelta(days=12)
    row = await _open(Planned(form, points), maja, at)
    there = await _invite(row, ("SI",), maja, at)
    for days, (code, name) in enumerate(
        (("SI-07", "Janez Primer"), ("SI-03", "Tone Primer"), ("SI-05", "Mojca Zgled"), ("SI-08", "Nina Vzorec"))
    ):  # fmt: skip
        await _comes(there[code], name, at + timedelta(days=days + 1))
