"""The same work done by other implementations, both ways: what one signs, the other verifies."""
