"""The window on a real vault, offscreen, driven as a person would drive it."""
