"""The standing characters. All are invented."""

from datetime import datetime

from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.rules import Role
from advocacy.people.tables import Person
from feeds.reading import search_text


async def person(
    name: str, role: Role, language: str, *, now: datetime, countries: str = ""
) -> Person:
    address = name.lower().replace(" ", ".") + "@alpennetz.example"
    known = await Person.objects().where(Person.email == address).first()
    if known:
        return known
    made = Person(
        name=name, email=address, role=role, language=language, countries=countries, created=now
    )
    await made.save()
    return made


async def ana(now: datetime) -> Person:
    return await person("Ana Muster", Role.SECRETARIAT, "de", now=now)


async def luca(now: datetime) -> Person:
    return await person("Luca Beispiel", Role.SECRETARIAT, "it", now=now)


async def maja(now: datetime) -> Person:
    return await person("Maja Vzorec", Role.COORDINATOR, "sl", now=now, countries="SI")


async def giulia(now: datetime) -> Person:
    return await person("Giulia Esempio", Role.COORDINATOR, "it", now=now, countries="IT")


async def eva(now: datetime) -> Person:
    return await person("Eva Musterfrau", Role.COORDINATOR, "de", now=now, countries="AT,DE,LI")


async def claire(now: datetime) -> Person:
    return await person("Claire Exemple", Role.COORDINATOR, "fr", now=now, countries="FR")


async def presidency(now: datetime) -> list[Person]:
    return [
        await person("Marie Exemple", Role.PRESIDENCY, "fr", now=now, countries="FR"),
        await person("Roberto Modello", Role.PRESIDENCY, "it", now=now, countries="IT"),
        await person("Franz Beispielhuber", Role.PRESIDENCY, "de", now=now, countries="AT"),
    ]


async def municipality(
    code: str, name: str, language: str, mayor: str, *, now: datetime
) -> Municipality:
    known = await Municipality.objects().where(Municipality.code == code).first()
    if known:
        return known
    made = Municipality(
        code=code,
        name=name,
        country=code[:2],
        language=language,
        latitude=46.4,
        longitude=11.5,
        population=1_200,
        topics="farming,carnivores",
        search_text=search_text(f"{code} {name}", language=language),
        created=now,
    )
    await made.save()
    slug = code.lower()
    await Contact(
        municipality=made.id, name=mayor, email=f"office@{slug}.example", language=language
    ).save()
    return made


async def vzorcna_vas(now: datetime) -> Municipality:
    return await municipality("SI-07", "Vzorčna vas", "sl", "Janez Primer", now=now)


async def musterdorf(now: datetime) -> Municipality:
    return await municipality("AT-01", "Musterdorf", "de", "Josef Beispielmann", now=now)


async def valdesempio(now: datetime) -> Municipality:
    return await municipality("IT-01", "Valdesempio", "it", "Paola Esempio", now=now)


async def villexemple(now: datetime) -> Municipality:
    return await municipality("FR-01", "Villexemple", "fr", "Luc Modèle", now=now)
