"""The map of the Alps with a call's coverage: places to points, shares to steps of colour.

Lambert conformal conic on the sphere, central meridian 10.5° E, origin 46° N, standard parallels
44.5° and 47.8° N; the frame is that of templates/assets/alps-regions.svg.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from math import cos, pi, radians, sin, tan

from markupsafe import Markup, escape

from advocacy.calls.covering.coverage import Coverage
from advocacy.templating import drawing

N, F, RHO_0 = 0.7212556783883242, 1.850899752706484, 0.9627278938547652
X_LEFT, Y_TOP, SCALE = -0.07627028596945622, -0.06284253376604931, 10166.993773360378
WIDTH, HEIGHT = 1600, 1154
RADIUS = 9
GROUPS: Mapping[str, str] = {
    "AT": "aut",
    "CH": "che",
    "LI": "lie",
    "DE": "deu",
    "FR": "fra",
    "IT": "ita",
    "SI": "svn",
}
NUMBERS: Mapping[str, tuple[float, float]] = {
    "AT": (47.3, 14.2),
    "CH": (46.7, 8.1),
    "DE": (48.3, 11.9),
    "FR": (45.0, 6.0),
    "IT": (45.8, 11.2),
    "SI": (46.1, 14.8),
}
"""Latitude and longitude where a country's number stands. Liechtenstein has no room for one."""

_REGION = re.compile(r'<path id="([A-Z.]+)"')
_DRAWN = re.compile(r'<path data-region="([A-Z.]+)"')


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Degrees (WGS 84) → units of the drawing."""
    rho = F / tan(pi / 4 + radians(latitude) / 2) ** N
    theta = N * radians(longitude - 10.5)
    return (rho * sin(theta) - X_LEFT) * SCALE, (rho * cos(theta) - RHO_0 - Y_TOP) * SCALE


def inside(x: float, y: float) -> bool:
    return 0 <= x <= WIDTH and 0 <= y <= HEIGHT


@cache
def _pieces() -> tuple[str, ...]:
    """The drawing without title and end, cut at its country groups."""
    text = _REGION.sub(r'<path data-region="\1"', str(drawing("alps-regions.svg")))
    body = text[text.index('<g class="bg">') : text.rindex("</svg>")]
    return tuple(re.split(r'(?=<g class=")', body))


def map_of(covered: Coverage, *, title: str) -> Markup:
    """A country is coloured by region where the region of everybody who was asked is known."""
    known: dict[str, int] = {}
    for each in covered.map_regions:
        country = each.key[:2]
        known[country] = known.get(country, 0) + each.asked
    whole = {each.key for each in covered.countries if known.get(each.key) == each.asked}
    return coverage_map(
        {each.key: each.step for each in covered.countries},
        covered.places,
        counts={each.key: f"{each.answered}/{each.asked}" for each in covered.countries},
        title=title,
        regions={each.key: each.step for each in covered.map_regions if each.key[:2] in whole},
    )


def coverage_map(
    steps: Mapping[str, int | None],
    places: Iterable[tuple[float, float, bool]],
    *,
    counts: Mapping[str, str],
    title: str,
    regions: Mapping[str, int | None] | None = None,
) -> Markup:
    """`steps` and `counts` by country; a place is latitude, longitude and whether it answered.

    `regions`: steps by the region's name on the map. A country of which some are given shows
    these, and its others as not asked.
    """
    countries = {name: code for code, name in GROUPS.items()}
    drawn = []
    for piece in _pieces():
        name = piece[len('<g class="') :].partition('"')[0]
        code = countries.get(name, "")
        drawn.append(_coloured(piece, name, code, steps.get(code), regions or {}))
    return Markup(  # noqa: S704  our own drawing; what is put in is escaped or a number
        f'<svg class="alps" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="map-title">'
        f'<title id="map-title">{escape(title)}</title>'
        f"{''.join(drawn)}{_dots(places)}{_numbers(counts)}</svg>"
    )


def _coloured(
    piece: str, name: str, country: str, step: int | None, regions: Mapping[str, int | None]
) -> str:
    """By region where any of this country's regions is known, else the country as a whole."""
    known = {key: value for key, value in regions.items() if key.partition(".")[0] == country}
    if known:
        return _DRAWN.sub(lambda found: _region(found[1], known.get(found[1])), piece)
    mark = f'<g class="{name}" data-step="{step}"' if step is not None else None
    return piece.replace(f'<g class="{name}"', mark, 1) if mark else piece


def _region(key: str, step: int | None) -> str:
    mark = f' data-step="{step}"' if step is not None else ""
    return f'<path data-region="{key}"{mark}'


def _dots(places: Iterable[tuple[float, float, bool]]) -> str:
    """Filled: has answered. Hollow: was asked."""
    points = [(*project(lat, lon), answered) for lat, lon, answered in places]
    circles = [
        f'<circle class="{"dot full" if full else "dot"}" cx="{x:.0f}" cy="{y:.0f}" r="{RADIUS}"/>'
        for x, y, full in points
        if inside(x, y)
    ]
    return f'<g class="dots">{"".join(circles)}</g>'


def _numbers(counts: Mapping[str, str]) -> str:
    texts = []
    for code, text in counts.items():
        if code in NUMBERS:
            x, y = project(*NUMBERS[code])
            texts.append(f'<text x="{x:.0f}" y="{y:.0f}">{escape(text)}</text>')
    return "".join(texts)
