"""The web as the demo hears it: ten invented sources on the loopback interface."""

from advocacy.demo.sources.catalogue import DEMO_SOURCES, FAILING, WATCHED_PART, DemoSource
from advocacy.demo.sources.server import create_app, serve

__all__ = ["DEMO_SOURCES", "FAILING", "WATCHED_PART", "DemoSource", "create_app", "serve"]
