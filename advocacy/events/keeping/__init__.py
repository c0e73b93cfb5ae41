"""What a gathering is, and what stands in its programme."""
