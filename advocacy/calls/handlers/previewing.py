"""The page that municipalities will see, before the call has left. Nothing can be sent there."""

from litestar import get
from litestar.params import FromPath
from litestar.response import Template

from advocacy import texts
from advocacy.calls.answering import enclosing
from advocacy.calls.asking.recipients import audience_of, chosen_by
from advocacy.calls.asking.whole_calls import whole
from advocacy.calls.handlers.personal import answer_values, before_typing
from advocacy.calls.queries import Personal
from advocacy.calls.tables import Invitation
from advocacy.errors import NotFound
from advocacy.municipalities.tables import Municipality
from advocacy.people.guards import staff
from advocacy.people.rules import LANGUAGES
from advocacy.web.pages import Web, page

NOBODY = 0  # no municipality has this number: nothing of the preview is ever kept


@get("/{lang:str}/c/{number:str}/preview/{language:str}", guards=[staff])
async def preview(request: Web, number: FromPath[str], language: FromPath[str]) -> Template:
    """As the first recipient of that language would see it; the note stays in the reader's."""
    found = await whole(number)
    if language not in LANGUAGES:
        raise NotFound("There is no such page")
    chosen = await chosen_by(audience_of(found.call))
    first = next((each for each in chosen.asked if each.language == language), None)
    place = Municipality(
        code=first.code if first else "", name=first.name if first else "", language=language,
        country=first.country if first else "", created=found.call.created,
    )  # fmt: skip
    nobodys = Invitation(call=found.call.id, municipality=NOBODY, language=language)
    personal = Personal(nobodys, place, first.contact if first else None, found, None, None)
    note = texts.gettext("This is a preview: nothing can be sent here.")
    back = texts.gettext("Back to the check of the call")
    reader = texts.language()
    texts.speak(language)
    return page(
        request, "calls/preview.html", note=note, back=back, reader=reader, enclosing=enclosing,
        here="", end="",
        **({"typed": before_typing(personal)} | answer_values(personal, language)),
    )  # fmt: skip


handlers = [preview]
