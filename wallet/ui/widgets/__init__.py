"""The parts that pages are made of. Each shows text as plain text and can be read by a machine.

Decisions
- Our own label (`Paragraph`) wraps anywhere, so that an address of 300 characters neither widens
  the window nor is cut; it paints with QTextLayout and stays a QLabel for screen readers.
- Control and direction characters of foreign texts are shown by their number, in one place:
  whatever becomes a label goes through `visible`.
"""
