"""Answers in a language that not everybody reads are said in a working language."""
