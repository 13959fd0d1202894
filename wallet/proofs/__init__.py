"""Does this signature hold over these bytes with this key? Nothing here knows whose key it is.

`jws` (VC-JWT), `jades` (European seals) and `data_integrity` (JSON-LD) check; `keys` verifies and
signs; `strict_json` and `base64url` read what comes from outside; `canonical` turns JSON-LD into
the bytes that are signed. `sd_jwt` (with `sd_jwt_json`) opens the digests of an SD-JWT and
`key_binding` checks its holder's signature. `xades` checks seals in XML, which `xml_reading`
parses safely.

Decisions
- JOSE and JAdES are our own few hundred lines over `cryptography`. joserfc stops at headers of
  512 bytes, where badges carry RSA keys and seals carry certificates, and it takes two forms of
  malformed base64; no package verifies JAdES. Cost: every header rule is ours to keep.
- PyLD expands JSON-LD, and nothing more. Quads and RDFC-1.0 are ours: PyLD has no safe mode, no
  SHA-384 and no limit of work. Cost: 350 lines, tested against the W3C's intermediate values.
- What was signed is compared with what is shown: unknown terms, respelled members, contexts in
  subtrees, lost identifiers fail the format check (`UnsafeDocument`). The proof is judged all the
  same, over what was signed. A member that is null and an empty list pass: they state nothing.
- A context address with two published byte versions is read both ways; a document is good if it
  is good under one of them. Cost: a forged one is canonicalised twice.
- Orders of a blank node's neighbours are tried once each, though RDFC-1.0 counts a neighbour once
  for each quad: the result is the same, and presentations of genuine records ask for some hundred
  steps in place of millions.
- All proofs of a document share one budget, and once it is used up nothing more is tried: a chain
  of proofs cannot ask for more than one proof. Cost: a proof set of sixteen over the largest
  documents is refused where each of them alone would not be.
- A base proof of ecdsa-sd-2023 is verified like a derived one, though the standard has verifiers
  refuse it: the person was given it, and has to know whether it is sound. Cost: who shows it
  shows everything.
- JsonWebSignature2020 with RSA may be PS256, as the report says, or RS256, as some issuers sign.
- A text's direction is signed as the datatype `i18n`, as other signers do; without that it would
  be lost in silence.
- Of several JAdES signatures the worst counts, for each is a seal on the same page; of a Data
  Integrity proof set each is reported by itself, for anybody may add one.
- A proof past its `expires` holds: the clock is not ours. The time is among the facts.
- Statements in a JAdES header that do not bear on the signature (place, commitment, attributes,
  policy) may be critical; detached signatures (`sigD`) are `UNSUPPORTED_SUITE`.
- Time stamps in a JAdES document are checked by what they are over and by their own signature.
  A broken one proves nothing and says nothing against the seal; who made it is for trust to judge.
- SD-JWT is our own too: the library that there is takes disclosures that belong to nothing and
  claims named `_sd`. A broken rule is a result with its name; only what cannot be taken apart is
  malformed. A key binding is checked whether or not anybody demands one; its age never is.
- Work is limited by counting (bytes, members, quads, permutations), not by the clock, so that a
  verdict never depends on how fast a machine is.
- XML has no document type declaration here, and no expression or stylesheet of a signature is ever
  run: the few filters that genuine files use are compared as text. signxml refuses genuine files
  because of theirs. Cost: a filter that nobody used so far is `UNSUPPORTED_SUITE`.
- A XAdES seal has to be over the whole document and be the only one. A part that is signed could be
  moved elsewhere, and a second seal could be over something else than the first. Cost: a document
  with sealed children in it fails.
- SHA-1, shared secrets and stylesheets break a rule (failed); an algorithm or transform that is not
  known here shows nothing (indeterminate), as ETSI EN 319 102-1 has it.
"""
