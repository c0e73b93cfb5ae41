"""Windows and their deadlines, the milestones before them, and who is told."""
