"""Mail that comes back: answers by reply, absences, letters that could not be delivered."""
