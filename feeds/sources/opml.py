"""Source lists as OPML 2.0 (opml.org/spec2.opml). Pure."""

from dataclasses import dataclass

from lxml import etree

from feeds.parsing.decoding import decoded, mended_xml

NAMESPACE = "https://alphorn.example/opml"
OUTLINE_LIMIT = 5_000
_OWN = ("kind", "zone", "countries", "selector", "verified", "note")


@dataclass(frozen=True, slots=True)
class Outline:
    """One source in a list."""

    name: str
    address: str
    kind: str = "feed"
    language: str = ""
    zone: str = ""
    countries: str = ""
    selector: str = ""
    # In the list that ships with the product: how sure we are of it, and its trap.
    verified: str = ""
    note: str = ""


def outlines(document: bytes) -> list[Outline]:
    """The sources in a list, folders flattened. Raises ValueError with one sentence."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(mended_xml(decoded(document)), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValueError("The file is no OPML list: it is not well-formed XML.") from error
    if not isinstance(root.tag, str) or root.tag.lower() != "opml":
        raise ValueError("The file is no OPML list.")
    found = [_outline(each) for each in root.iter("outline")]
    return [each for each in found if each.address][:OUTLINE_LIMIT]


def written(sources: list[Outline]) -> bytes:
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"alphorn": NAMESPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Alphorn"
    body = etree.SubElement(root, "body")
    for source in sources:
        own = {name: getattr(source, name) for name in _OWN}
        stated = {
            "type": "rss",
            "text": source.name or source.address,
            "xmlUrl": source.address,
            "language": source.language,
            **{f"{{{NAMESPACE}}}{name}": value for name, value in own.items()},
        }
        etree.SubElement(body, "outline", {name: text for name, text in stated.items() if text})
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _outline(element: etree._Element) -> Outline:
    def own(name: str) -> str:
        return _text(element, f"{{{NAMESPACE}}}{name}")

    language = _text(element, "language")
    address = _text(element, "xmlUrl") or _text(element, "xmlurl")
    name = " ".join((_text(element, "title") or _text(element, "text")).split())
    return Outline(
        name="" if name == address else name,
        address=address,
        kind=own("kind") or "feed",
        # What lists of feeds say of most of their feeds.
        language="" if language.lower() == "unknown" else language,
        zone=own("zone"),
        countries=own("countries"),
        selector=own("selector"),
        verified=own("verified"),
        note=" ".join(own("note").split()),
    )


def _text(element: etree._Element, name: str) -> str:
    return str(element.get(name) or "").strip()
