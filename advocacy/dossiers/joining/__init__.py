"""Two dossiers made one, and parted again, without loss."""
