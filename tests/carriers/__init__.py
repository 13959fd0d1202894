"""Tests of wallet/carriers."""
