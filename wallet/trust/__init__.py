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
  bear no signature, so only the wallet's own keeping and the program's own files may hand them in.
- Who signs the list of lists: the certificates that the Official Journal has published (C/2026/1944
  and its forerunners), with the changes that the Commission's pivot lists announced since, as
  pyHanko bundles them; a test holds them against what the list itself names. Then whom a list of
  lists that is kept names for the next one: every list of lists is its own pivot, and who was away
  for long adds the pivots as files, in order. Both count, for either can be the older one. Cost: a
  signer that was withdrawn counts until the next version of the program, or until the certificate
  ends.
- Of two editions of a list the higher sequence number counts, and a person's own before a bundled
  one of the same number. A packager's snapshot is a part of the program, trusted like its code: the
  lists' signatures are checked when it is made (packaging/snapshot_lists.py). It is opened when a
  certificate has to be judged, and each of its lists when one is looked up; all of Europe's then
  take about a quarter of a second, once. Cost: a damaged snapshot is none, and nothing says so but
  `trust list`.
- A status list answers for its own address alone. That the only list of an issuer may stand for
  another address holds for a list that was named for this one question (`verify --status`), never
  for one that is kept: the issuer's next list has the same issuer, purpose and places, and the
  wrong one would say "not revoked". What names credentials by their identifiers can revoke from
  anywhere, and clears at its own address alone.
- A national list without a known signer waits and says nothing; files may come in any order.
- The time of signing is the claimed one, and never later than a trusted proof of existence. A
  certificate revoked since counts as revoked unless such a proof is older. Cost: a seal whose
  certificate was revoked at a change of staff is red without a time stamp.
- Of OCSP responses and CRLs that came along the authentic ones count, each as of its own time.
  That nothing newer was asked is a fact; without any, `revocation` says "not checked".
- Certificates are read by asn1crypto, those that the person supplies too: 1 in 20 CAs on the lists
  breaks a rule that cryptography enforces, and it is listed all the same.
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
- A key in a document that its owner publishes counts for what the document lists it for: one that
  is there for `authentication` alone signs no credentials. Past its `expires` or `revoked` it shows
  nothing about a signature that nothing proves to be older. Cost: an issuer who rotates its keys
  and dates the old ones makes its earlier credentials amber.
- The metadata of an SD-JWT's issuer are such a document under its address, and so are kept, shown
  and fetched as DID documents are. A `kid` in them names a key of that issuer and of nobody else.
- A registry's statement about one issuer (OpenID Federation) counts because the person supplied it,
  and until its end. The registry's own signature is not checked, as a whole registry has none.
- A published key with its private part is no key: whoever reads it signs with it. Of a pair that
  the person supplies the public one counts. Cost: an issuer's slip makes its credentials amber.
- A list of revocations of Open Badges 1.x says neither what nor whose it is: it is recognised by
  holding nothing but texts, can revoke what it names, and clears nothing.
"""
