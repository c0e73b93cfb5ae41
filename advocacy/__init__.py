"""Works: one folder per station, in the order of the work. docs/architecture.md is the map."""

import os

# Piccolo looks for its engine by this name, from wherever it is called.
os.environ.setdefault("PICCOLO_CONF", "advocacy.piccolo_conf")  # noqa: TID251
