"""What carries a credential, both directions: pictures, drawings and QR codes.

Decisions
- Foreign pictures are decoded by Pillow, and codes found by zxing-cpp, in the isolated process
  alone. Qt never sees foreign bytes; the window receives bounded RGBA. It costs a copy of the
  pixels between two processes.
- Only PNG, JPEG, WebP and GIF are decoded: what mail programs and badges use. Each further decoder
  is further foreign code on foreign bytes.
- A picture with too many pixels for the screen is made smaller while it is decoded; one beyond
  what any phone takes is refused before its first pixel.
- A code holds one decimal number after a short prefix, not base45: digits cost 3.33 bits each in
  numeric mode, where base45 costs 5.5 bits for 5.33, and they survive in an address. The number
  needs two lines of arithmetic to read (resources/qr-format.md).
- No error correction beyond level L: the code is shown on a screen or printed once, and every
  higher level makes the modules smaller, which costs more than it gives.
- Badges are baked into PNG and SVG and taken out of them without decoding a pixel: PNG by walking
  its chunks, SVG with expat, which says at which byte an element stands. So baking leaves every
  other byte as it was, and a hostile picture costs no more than its length.
- Two different badges of a kind in one picture are refused; of both versions one each are two
  credentials. A token in `verify` goes before JSON in the element: it is what was signed.
- An SVG in UTF-16 is refused, and Latin-1 takes ASCII alone: nobody bakes such drawings.
"""
