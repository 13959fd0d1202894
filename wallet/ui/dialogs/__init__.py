"""Small windows over the window: each is opened without stopping what lies under it.

Decisions
- `open()` and never `exec()`: no second event loop, so the worker's answers keep arriving and a
  test can press the same buttons as a person.
"""
