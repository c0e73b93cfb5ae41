"""Questions come in, from the page of a municipality, by mail, by phone."""
