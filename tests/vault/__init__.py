"""Tests of the vault, on real SQLCipher files in temporary folders."""
