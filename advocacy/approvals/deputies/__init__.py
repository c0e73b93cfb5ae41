"""Who votes for a member that is away."""
