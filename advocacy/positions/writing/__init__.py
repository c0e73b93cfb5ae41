"""One text by several hands: versions, what each changed, what comes of it."""
