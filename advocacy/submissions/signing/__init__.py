"""Who signs beside the network: asked by letter, each for one exact text."""
