"""Where an excursion goes: its stops, numbered, on the part of the map of the Alps around them."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from advocacy.calls.covering.map import HEIGHT, WIDTH, coverage_map, inside, project

LEAST_WIDTH = 160.0  # units of the drawing, about 100 km
MARGIN = 1.5  # times as wide as the stops lie apart
ACROSS = 320.0  # a mark is drawn for a map that is so wide, and scaled to what is shown


@dataclass(frozen=True, slots=True)
class Stop:
    number: int
    latitude: float
    longitude: float
    name: str


def map_of(stops: Sequence[Stop], *, title: str) -> Markup:
    """Nothing where no stop lies within the drawing."""
    placed = [(stop, *project(stop.latitude, stop.longitude)) for stop in stops]
    seen = [(stop, x, y) for stop, x, y in placed if inside(x, y)]
    if not seen:
        return Markup("")
    left, top, width, height = frame([(x, y) for _, x, y in seen])
    scale = width / ACROSS
    way = " ".join(f"{x:.1f},{y:.1f}" for _, x, y in seen)
    marks = "".join(_mark(stop, x, y, scale) for stop, x, y in seen)
    drawn = str(coverage_map({}, (), counts={}, title=title))
    drawn = drawn.replace(
        f'<svg class="alps" viewBox="0 0 {WIDTH} {HEIGHT}"',
        f'<svg class="alps way-map" viewBox="{left:.1f} {top:.1f} {width:.1f} {height:.1f}"',
        1,
    )
    over = f'<polyline class="way" points="{way}"/><g class="marks">{marks}</g></svg>'
    return Markup(drawn.removesuffix("</svg>") + over)  # noqa: S704  ours; names are escaped


def frame(points: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Left, top, width and height of what is shown: all points with room around them, in the
    proportions of the drawing.
    """
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    width = min(max(LEAST_WIDTH, wide * MARGIN, high * MARGIN * WIDTH / HEIGHT), float(WIDTH))
    height = width * HEIGHT / WIDTH
    left = (max(xs) + min(xs) - width) / 2
    top = (max(ys) + min(ys) - height) / 2
    return (
        min(max(left, 0.0), WIDTH - width),
        min(max(top, 0.0), HEIGHT - height),
        width,
        height,
    )


def _mark(stop: Stop, x: float, y: float, scale: float) -> str:
    return (
        f'<g class="mark" transform="translate({x:.1f} {y:.1f}) scale({scale:.3f})">'
        f"<title>{escape(stop.name)}</title>"
        f'<circle r="9"/><text y="4">{stop.number}</text></g>'
    )
