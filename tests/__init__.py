"""Tests mirror wallet/: a real vault, a real window, and an issuer of our own instead of mocks."""
