"""Tests of wallet/intake."""
