"""Readers of credentials, format by format."""
