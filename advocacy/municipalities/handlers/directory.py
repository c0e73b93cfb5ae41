"""The directory of members, narrowed to what somebody looks for or mends."""

from collections.abc import Collection

from litestar import get
from litestar.response import Template

from advocacy import clock
from advocacy.municipalities import labels, queries, rules
from advocacy.municipalities.queries import Wanted
from advocacy.people.guards import house
from advocacy.people.rules import COUNTRIES, STAFF
from advocacy.web.pages import Web, page, person_of


@get("/{lang:str}/municipalities", guards=[house])
async def directory(request: Web) -> Template:
    wanted, after = _wanted(request), request.query_params.get("after", "").upper()
    me = person_of(request)
    listed = await queries.listed(
        wanted, after=after if rules.is_code(after) else "", now=clock.now()
    )
    return page(
        request, "municipalities/list.html", listed=listed, wanted=wanted, labels=labels,
        countries=await queries.countries(), regions=await queries.names_of_regions(wanted.country),
        languages=rules.LANGUAGES, is_narrowed=wanted != Wanted(),
        may_import=me.role == "secretariat", may_add=me.role in STAFF,
    )  # fmt: skip


def _wanted(request: Web) -> Wanted:
    """Of what an address says, what can be meant."""
    typed = request.query_params

    def among(name: str, allowed: Collection[str]) -> str:
        value = typed.get(name, "")
        return value if value in allowed else ""

    country = typed.get("country", "").upper()
    return Wanted(
        country=country if country in COUNTRIES else "",
        kind=among("kind", rules.KINDS),
        region=typed.get("region", "").replace("\0", "")[:80],
        language=among("language", rules.LANGUAGES),
        trouble=among("trouble", set(rules.Trouble)),
        query=typed.get("q", "")[:200],
    )


handlers = [directory]
