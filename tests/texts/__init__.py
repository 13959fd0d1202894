"""Sentences: complete, translated, and fillable."""
