"""The letters that tell each municipality what became of its input: on handing in, and after."""
