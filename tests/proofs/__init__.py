"""Tests of wallet/proofs."""
