"""What a person can do, on a real vault."""
