"""What was said, and what it becomes."""
