"""From a finished text to an open round: what stands in the way, to whom it is put."""
