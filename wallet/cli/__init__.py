"""The same actions on the command line: English, no prompts without a terminal, JSON on request.

Decisions
- argparse, one module per group of commands; each has `add_to(commands)` and handlers that take
  the parsed arguments and a `Screen` and return an `Exit`.
- Exit statuses and JSON shapes are the design's and are tested as such; sentences are not.
- Nothing here imports Qt: `mikrofolio FILE` hands over to the window in `wallet.__main__`.
"""
