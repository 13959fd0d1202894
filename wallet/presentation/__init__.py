"""Showing a chosen part: a verifiable presentation with the holder's proof, and its code.

Decisions
- Credentials are never written again. One with a Data Integrity proof is spliced into the
  presentation's text with the bytes it had; every other is put into a `data:` address whole. A
  presentation is therefore assembled as text around a value that was signed.
- A `data:` address states how the bytes are secured by a media type. Text that may stand in an
  address (JWT, SD-JWT) stands there as it is, which keeps codes small; everything else is base64.
- Credentials without a signature are presented too, as `application/vc`: the other side sees that
  they have none. Records entered by hand never are: they would look like credentials.
- A JSON-LD credential that cannot be canonicalised here (an unknown context, terms that no
  signature covers, too much work) is not refused but put into an envelope: the holder's proof
  covers its bytes, and whoever knows its contexts can check it.
- The presentation has no id: nobody looks one up, and in a code it would cost version numbers.
- Printed pages are typst templates in resources/pages that only lay out: every text comes from
  `wallet.texts`, in its language. PDF/A-3a and PDF/UA-1 are asked of typst, which refuses to write
  what is not; only its own fonts are used, so that a page is the same everywhere.
"""
