"""The same notices as RSS 2.0, Atom (RFC 4287), RSS 1.0 (RDF), JSON Feed 1.1 and HTML."""

import json
from datetime import date, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from advocacy.demo.sources.notices import Notice, Office

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def _html(office: Office, notice: Notice, today: date) -> str:
    return f"<p>{escape(notice.body_on(today, office.language))}</p>"


def rss(office: Office, today: date, base: str) -> str:
    items = "".join(_rss_item(office, notice, today, base) for notice in office.notices)
    return (
        f'{_XML}<rss version="2.0"><channel>'
        f"<title>{escape(office.name)}</title><link>{escape(base + office.path)}</link>"
        f"<description>{escape(office.name)}</description><language>{office.language}</language>"
        f"<lastBuildDate>{format_datetime(office.updated_at(today))}</lastBuildDate>"
        f"<ttl>60</ttl>{items}</channel></rss>\n"
    )


def _rss_item(office: Office, notice: Notice, today: date, base: str) -> str:
    address = escape(office.address(base, notice))
    categories = "".join(f"<category>{escape(topic)}</category>" for topic in notice.topics)
    return (
        f"\n<item><title>{escape(notice.title_on(today, office.language))}</title>"
        f'<link>{address}</link><guid isPermaLink="true">{address}</guid>'
        f"<pubDate>{format_datetime(notice.published_at(today))}</pubDate>{categories}"
        f"<description>{escape(_html(office, notice, today))}</description></item>"
    )


def gazette(office: Office, today: date, base: str) -> str:
    """RSS as gazettes make it: no guid, several items of one title, published at midnight local."""
    items = "".join(
        f"\n<item><title>{escape(notice.title_on(today, office.language))}</title>"
        f"<link>{escape(office.address(base, notice))}</link>"
        f"<description>{escape(notice.body_on(today, office.language))}</description>"
        f"<pubDate>{(today + timedelta(days=notice.published - 1)):%a, %d %b %Y} 22:00:00 GMT"
        "</pubDate></item>"
        for notice in office.notices
    )
    return (
        f'{_XML}<rss version="2.0"><channel><title>{escape(office.name)}</title>'
        f"<link>{escape(base + office.path)}</link>"
        f"<description>Sommario</description><language>it</language>{items}</channel></rss>\n"
    )


def atom(office: Office, today: date, base: str) -> str:
    entries = "".join(_atom_entry(office, notice, today, base) for notice in office.notices)
    return (
        f'{_XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{office.language}">'
        f"<title>{escape(office.name)}</title><id>https://agence.example/avis</id>"
        f"<link rel='self' href={quoteattr(base + office.path)}/>"
        f"<author><name>{escape(office.name)}</name></author>"
        f"<updated>{office.updated_at(today).isoformat()}</updated>{entries}</feed>\n"
    )


def _atom_entry(office: Office, notice: Notice, today: date, base: str) -> str:
    at = notice.published_at(today).isoformat()
    terms = "".join(f"<category term={quoteattr(topic)}/>" for topic in notice.topics)
    return (
        f"\n<entry><title>{escape(notice.title_on(today, office.language))}</title>"
        f"<id>https://agence.example/avis/{notice.key}</id>"
        f"<link href={quoteattr(office.address(base, notice))}/>"
        f"<published>{at}</published><updated>{at}</updated>{terms}"
        f'<content type="html">{escape(_html(office, notice, today))}</content></entry>'
    )


def rdf(office: Office, today: date, base: str) -> str:
    addresses = [office.address(base, notice) for notice in office.notices]
    order = "".join(f"<rdf:li rdf:resource={quoteattr(address)}/>" for address in addresses)
    items = "".join(
        f"\n<item rdf:about={quoteattr(address)}>"
        f"<title>{escape(notice.title_on(today, office.language))}</title>"
        f"<link>{escape(address)}</link>"
        f"<description>{escape(notice.body_on(today, office.language))}</description>"
        f"<dc:date>{notice.published_at(today).isoformat()}</dc:date></item>"
        for notice, address in zip(office.notices, addresses, strict=True)
    )
    return (
        f'{_XML}<rdf:RDF xmlns="http://purl.org/rss/1.0/" '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel rdf:about={quoteattr(base + office.path)}><title>{escape(office.name)}</title>"
        f"<link>{escape(base + office.path)}</link><description>{escape(office.name)}</description>"
        f"<dc:language>{office.language}</dc:language>"
        f"<items><rdf:Seq>{order}</rdf:Seq></items></channel>{items}</rdf:RDF>\n"
    )


def json_feed(office: Office, today: date, base: str) -> str:
    items = [
        {
            "id": f"{office.path.strip('/')}-{notice.key}",
            "url": office.address(base, notice),
            "title": notice.title_on(today, office.language),
            "content_html": _html(office, notice, today),
            "date_published": notice.published_at(today).isoformat(),
            "language": office.language,
            "tags": list(notice.topics),
        }
        for notice in office.notices
    ]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": office.name,
        "home_page_url": f"{base}/",
        "feed_url": base + office.path,
        "language": office.language,
        "items": items,
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def list_page(office: Office, today: date, base: str) -> str:
    """A page to be watched: what changes stands in ``main ul.notices``, the rest is furniture."""
    items = "".join(
        f"\n<li><a href={quoteattr(office.address(base, notice))}>"
        f"{escape(notice.title_on(today, office.language))}</a> "
        f'<time datetime="{notice.published_at(today).date()}">'
        f"{notice.published_at(today):%d.%m.%Y}</time>\n{_html(office, notice, today)}</li>"
        for notice in office.notices
    )
    menu = '<nav><a href="/">Home</a></nav>'
    return page(
        office.name,
        office.language,
        f'<h1>{escape(office.name)}</h1><ul class="notices">{items}</ul>',
        menu,
    )


def notice_page(office: Office, notice: Notice, today: date) -> str:
    title = notice.title_on(today, office.language)
    body = f"<h1>{escape(title)}</h1>{_html(office, notice, today)}<p>{escape(office.name)}</p>"
    return page(title, office.language, body)


def page(title: str, language: str, main: str, before: str = "") -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head><body>{before}<main>{main}</main></body></html>\n"
    )
