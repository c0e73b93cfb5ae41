"""The numbers under which others follow a matter, and the dossiers that belong to it."""
