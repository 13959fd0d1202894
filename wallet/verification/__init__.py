"""The procedure: which checks are made, in which order, and what they come to.

- `verify`: the six checks of one item; an item with its parts; validity again for display.
- `status`: revoked or suspended, by the status lists that are known.
- `token_status`: the same by Token Status Lists (JWT or CWT), which SD-JWT name.
- `revocation_lists`: the same by lists of revoked badges, which nobody signs.
- `holder`, `key_binding`: is it about the person presenting it? Of SD-JWT in `key_binding`.

Decisions
- Verification is pure: bytes, trust and a clock in, a report out. Nothing is fetched or kept.
- All six checks are always made and reported, also after a failure: a person sees everything that
  is wrong, and no order of checks hides one.
- A presentation's holder passes only when audience and nonce were both demanded and both fit:
  with one of them alone somebody else could have recorded and sent it. A demand that does not fit
  fails by itself, whether or not the other was made.
- A credential inside a presentation has a confirmed holder only if the presentation's own holder
  check passed. Where nothing was demanded, both are undecided: an old presentation that somebody
  else copied looks the same.
- Where audience or nonce are demanded, an SD-JWT that names a key and brings no key binding fails:
  else leaving the binding out would get around the demand. Without a demand nobody shows it.
- Something revoked stays revoked: an old status list that says so is believed; one that says
  nothing is only believed within its time to live. A suspension can end, so an old list decides
  nothing about it.
- A status list is bound to the issuer by the key: the same key signed both, or the list's key is
  shown to be the issuer's. The issuer's name in the list alone proves nothing.
- The only list given of an issuer and purpose stands for another address, with both addresses in
  the facts: real issuers move their lists. With two such lists nothing is guessed.
- A Token Status List is bound by the key alone, for newer drafts leave its issuer out: the key that
  signed the credential, one that the person supplied for that issuer, or a certificate under the
  same organisation's name that somebody vouches for. An `iss` that differs binds nothing.
- Of its statuses only "invalid" and "suspended" are known here; another is undecided, not fine.
- An entry of several bits ends the credential by any status but zero; messages end nothing, and
  are not asked.
- A part that cannot be read makes the `format` check of what it lies in fail: it cannot be an item
  itself, and must not be left out in silence.
- Parts are verified until `PART_SECONDS` have passed; those that come later are reported as not
  decided. The work per item is bounded, and this bounds a file that is full of hard ones.
- A list of revoked badges is hosted JSON: the person who supplies it vouches for it, and a fact
  says that nobody signed it. To revoke, it has to name the badge and not be somebody else's; to
  clear a badge it has to lie at the address that the issuer states, or name the same issuer.
- Where the issuer's document is not here, nobody knows whether it has a list: TRY_LATER, not "no
  status is stated". Of a hosted badge, it is its own address that would say.
- What an older badge links to is filled in from supplied documents before it is judged and shown:
  `verify` gives the credential so resolved, with its bytes untouched.
"""
