"""What became known in the network: worth knowing, gatherings, projects, answers that help."""
