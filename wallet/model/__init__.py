"""What things are: frozen values without input, output or sentences.

Decisions
- A text that a credential states is a `Text`: every language it has, in the file's order. Which
  one is shown is decided where it is shown; nothing is translated or dropped on the way in.
- "Not stated" is `None` or an empty tuple, never an empty string or zero.
- Times are aware UTC datetimes, ECTS are Decimals, sizes are bytes.
- Four outcomes have no truth value: `bool(report)` and `bool(outcome)` raise TypeError.
"""
