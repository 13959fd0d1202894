"""Mikrofolio: a personal wallet for micro-credentials on the desktop.

From the top: `ui` and `cli` offer the `actions`; these use `verification`, `stacking`,
`presentation`, `vault` and `intake`, which read `formats`; under them lie `carriers` (pictures and
codes), `trust` (whose key), `proofs` (does it hold), `texts` (every sentence) and `model` (what
things are). Imports go downward only; a test checks it.

Decisions
- `isolation` lies above `errors` and `resources` instead of beside them: what a killed child
  means is a `MalformedCredential`. Cost: one more layer.
- A wheel carries resources/ as `wallet/bundled`: a folder `resources` would hide the module.
  Cost: a second name for one folder.
"""

__version__ = "0.1.0"
