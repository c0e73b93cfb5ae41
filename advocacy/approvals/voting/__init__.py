"""What members choose, how it is counted, how a round ends and what is kept of it."""
