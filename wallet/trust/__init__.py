"""Whose keys and statuses we know, offline: keys, certificates, registries, DIDs, status lists.

Decisions
- `TrustStore` is a value. Adding a file gives a new one, so a verification works with one state of
  knowledge from beginning to end. Cost: tuples are copied, which are short.
- A key in the fragment of an address, or in a token's own header, checks a signature and vouches
  for nobody: `ISSUER_NOT_AUTHENTICATED`, whatever the address says.
- A supplied key vouches for whatever it signs: a file with a key says nothing about issuers. A
  pinned DID document vouches for its own DID alone.
- A certificate is trusted if it was supplied, or if CAs that came along lead from it to one that
  was; or if the European trusted lists vouch for it, which is asked first. A supplied certificate
  vouches where no list does; it does not undo a revocation.
- Trusted lists: signxml checks the signature, pyHanko's bundle names the signers of the list of
  lists, pyhanko-certvalidator validates paths and OCSP responses; reading and judging are ours.
  pyHanko 0.38 compares policies as lists write them ("urn:oid:...") with plain ones, so that "not
  qualified" never takes effect, skips history entries without certificates, and needs 140 MB.
  Cost: 900 lines, compared with pyHanko's reading in a test.
- A list is read once and kept distilled: a megabyte of JSON that loads in 30 ms. Distilled bytes
  bear no signature, so only the wallet's own keeping may hand them in.
- A national list without a known signer waits and says nothing; files may come in any order.
- The time of signing is the claimed one, and never later than a trusted proof of existence. A
  certificate revoked since counts as revoked unless such a proof is older. Cost: a seal whose
  certificate was revoked at a change of staff is red without a time stamp.
- Of OCSP responses and CRLs that came along the authentic ones count, each as of its own time.
  That nothing newer was asked is a fact; without any, `revocation` says "not checked".
- CA certificates are read by asn1crypto: 1 in 20 on the lists breaks a rule that cryptography
  enforces, and it is listed all the same.
- Seal and stated issuer agree if names do (case, accents and punctuation aside) and legal
  identifiers do not contradict. One that leaves a prefix out agrees. When in doubt the answer is
  `SEAL_NOT_ISSUER`, which shows both names. Cost: a seal under an abbreviated name is amber.
- Status lists are kept as they came; that their own proof holds is for verification to ask.
- Only fetch.py has sockets, and only `trust update` calls it. It looks a name up itself and
  connects to the address that it checked, so that no later answer leads into the local network.
  Cost: http.client on a socket of our own instead of urllib or a library.
- The JSON-LD contexts that a person supplies travel with the trust data: they too decide what a
  signature means.
- Badge classes, issuers and lists of revoked badges are plain JSON under an address of their own;
  they are what the person supplied, and count under exactly that address.
"""
