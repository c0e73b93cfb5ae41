"""The demo: an invented network, its answers and its sources; nobody in it exists."""
