"""Does this signature hold over these bytes with this key? Nothing here knows whose key it is.

`jws` (VC-JWT), `jades` (European seals) and `data_integrity` (JSON-LD) check; `keys` verifies and
signs; `strict_json` and `base64url` read what comes from outside; `canonical` turns JSON-LD into
the bytes that are signed. `sd_jwt` (with `sd_jwt_json`) opens the digests of an SD-JWT and
`key_binding` checks its holder's signature. `xades` checks seals in XML, which `xml_reading`
parses safely. `cose` takes signed CBOR tokens apart, which `cbor` reads.

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
- Of several JAdES signatures the worst counts, for each is a seal on the same page, and each is
  told; of a Data Integrity proof set any one suffices, for anybody may add one.
- A proof past its `expires` holds: the clock is not ours. The time is among the facts.
- Statements in a JAdES header that do not bear on the signature (place, commitment, attributes,
  policy) may be critical; detached signatures (`sigD`, no payload) are `UNSUPPORTED_SUITE`.
- Certificates are read leniently, with asn1crypto, and only the parts that a question hangs on:
  genuine seals have certificates that `cryptography` refuses. Cost: 25 ms at the first one.
- Red is for what is proven. A key, curve, digest or number of certificates that is not taken up
  here is `UNSUPPORTED_SUITE`; a digest combined with another curve than JOSE ties it to
  (ES256 with P-384, as European signing software writes it) is that too if the signature holds.
- `sigT` without a zone is UTC; `iat` may have a fraction or, as some signers write it, be in
  milliseconds: a claimed time vouches for nothing, so its spelling is no reason to refuse.
- Without `x5c` a certificate among the unsigned properties counts if the signed digest names it.
- Time stamps in JAdES and XAdES are checked by what they are over and by their own signature.
  A broken one proves nothing and says nothing against the seal; who made it is for trust to judge.
  Where a canonical form is not standardised (clear `etsiU`, XAdES 1.3.2 archives), one of the
  forms in use suffices, and none of them shows nothing.
- SD-JWT is our own too: the library that there is takes disclosures that belong to nothing and
  claims named `_sd`. A broken rule is a result with its name; only what cannot be taken apart is
  malformed. A key binding is checked whether or not anybody demands one; its age never is.
- An Ed25519 key of small order, or written with a y that is not below the prime, is no key: with
  the library's check anybody can sign for it. RSA moduli are odd, points of a Multikey compressed.
- A Data Integrity signature is base58 with `z` (base64url with `u` in ecdsa-sd-2023 alone), as the
  standards demand of verifiers; `created` and `expires` are dateTimeStamps or the proof fails.
- Work is limited by counting (bytes, members, quads, permutations), not by the clock, so that a
  verdict never depends on how fast a machine is.
- XML has no document type declaration here, and no expression or stylesheet of a signature is ever
  run: the few filters that genuine files use are compared as text. signxml refuses genuine files
  because of theirs. Cost: a filter that nobody used so far is `UNSUPPORTED_SUITE`.
- A XAdES seal has to be over the whole document and be the only one. A part that is signed could be
  moved elsewhere, and a second seal could be over something else than the first. Credentials
  inside a credential may bear seals of their own: they are cut out and checked by themselves.
- SHA-1, shared secrets and stylesheets break a rule (failed); an algorithm or transform that is not
  known here shows nothing (indeterminate), as ETSI EN 319 102-1 has it.
- A signed CBOR token is written in the words of JOSE and then checked as a JWS is: two procedures
  for one question would come apart. CBOR may be written in any well-formed way, for COSE demands no
  shortest form; the signature is over the bytes as they came.
"""
