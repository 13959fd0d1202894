"""The procedure of verification."""
