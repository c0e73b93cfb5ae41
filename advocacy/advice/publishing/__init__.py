"""An answer that helps others, with nobody named in it."""
