"""One module per page. A page asks the actions through the session's worker and shows the answer.

Decisions
- A change of language makes all pages anew; a change of appearance only repaints them. Pages
  therefore keep no text of their own beyond what they show.
- A page never waits: it shows what it has, and what comes later comes through `then`.
"""
