"""Tests of wallet/trust."""
