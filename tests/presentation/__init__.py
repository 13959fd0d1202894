"""Tests of wallet/presentation."""
