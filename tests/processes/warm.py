"""Imported once, by the process that the others are forked from: what is read at first use."""

import sys

from advocacy import piccolo_app
from advocacy.people import actions
from feeds.reading import read
from tests.processes import workers

__all__ = ["actions", "piccolo_app", "workers"]

read("Der Gemeinderat berät den Plan bis zum 3. März 2027.", language="de")

# With its leases each process makes the name that it holds them under: no two may share one.
del sys.modules["advocacy.leases"], sys.modules["advocacy.piccolo_app"]
