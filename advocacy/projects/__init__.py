"""What the network and its members do across borders, and what others can learn of it."""
