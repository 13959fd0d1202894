"""Qt's models over what the actions return.

Decisions
- The list model holds the entries of one search, whole: an entry is an index of a credential, a
  few hundred bytes, and ten thousand of them cost less than one page of pictures.
"""
