"""Which credentials add up to what, what is missing, and the smallest next step. Exact.

- `programme_file`: reads and checks definitions and holdings files (`building`, `references`,
  `holdings_file`).
- `matching`: from a credential in the vault to holdings; `identity`: when names are the same.
- `courses`, `selectors`, `eligibility`, `same`, `values`, `doubts`: facts about single courses.
- `case`: one award as a question. `table`: every way to count every course, for `trackers` and
  `trackers_over`, which remember each rule. `layout`: what may count in one stretch of dates
  (`calendar`), `bounds`: what it takes at least. `problem`: some rules in one stretch; `tree`: its
  requirements. `search`: best first. `plans`: all smallest plans. `blocking`: what cannot hold.
- `checker`: the second opinion. `confirming`, `reasons`, `explain`: the seven parts, as data.
- `solve.assess`: the door. `across`: programmes that exclude each other. `versions`: which version
  is in force. `figures`: what rules find and ask, in words. `components`: obligatory or elective.

Decisions
- The search goes on from the state that promises most: what was chosen weighs so much, and every
  requirement for itself needs at least so much more. Where the rules over the whole do not bind,
  and they seldom do, it goes straight to the answer. Equal states are one, and a state that
  another one covers is dropped. No general solver: ties are settled by ids for free, and all
  smallest plans are counted. It costs time where percentages, layers and maxima meet in many open
  pools; then, hardly ever, the answer is "not finished", with bounds.
- All parts of a cost, down to the ids, are one integer: sums of integers compare as the tuples
  would, and half of one is a lower bound where a course counts in two layers.
- Courses that nothing but ids and dates tells apart are taken in the order of ids. Without this
  five hundred credentials have as many equal answers as there are ways to choose among them.
- Plans are counted as sets of states that the same choice of items leads to, so that a plan which
  can be counted in many ways is one plan, and none has to be listed to be counted.
- Which rules hold together is remembered while conflicts are looked for; whatever meets many rules
  answers for all their parts.
- The budget counts steps, not seconds: the same wallet gives the same answer on every machine.
- Answers are remembered by the content of the question. It costs the memory of some tens.
- The checker looks at whole assignments and shares only facts about single courses with the
  search. A disagreement raises; nothing is shown. It costs every rule written twice.
- A credential counts in an unsatisfied branch of a choice too: the rules over the whole look at
  everything counted, and no sentence of the rules takes it out. No requirement ever counts more
  than its own maximum.
- `accept` and `openPool` both open an award to matches by attributes; either is enough.
- A "no" rests on a fact as a "yes" does: "in the group, and not in that university" is as strong
  as its weaker fact, and "not that item" as strong as the item that it is instead.
- A title suggests an item only for credentials that state neither identifier nor code. One that
  suggests several items is solved in every reading, and in the one where it is none of them.
- The person's confirmation says which course it is. It does not make an unchecked, self-asserted
  or attendance-only record certain: that needs a check, or somebody else's word.
- Plans rest on what the catalogue publishes: an item whose level or field is not published is not
  planned for a rule that asks for it, and unpublished ECTS are none. Each item is planned at most
  once, and none that is held, or would be after a confirmation.
- Without an exclusive rule nothing that another award took is kept out; `absorbs` also lifts an
  exclusive rule between an award and those nested in it, however deep.
- Credentials that share a global identifier, or a body and code, are one achievement even where
  the catalogue does not list them. It may hide a repeated course that the catalogue does not call
  repeatable. Without any of these, equal titles of the same bodies are suspected of being one:
  together they are never certain, and possible.
- Awarding bodies that the programme does not list are one body when they share an identifier or
  a legal name; bare numbers of fewer than eight digits identify nobody.
- What has to be confirmed is what the shown assignment cannot do without: favour is withdrawn
  credential by credential, in the order of ids, where the rules hold without it.
- "Not met" shows the most that is held can meet: of each conflict a rule over the whole is given
  up before a requirement, so that "all modules are filled, but ..." can be said.
- A credential with several achievements makes several holdings: "ID", "ID#2", "ID#3". The first
  keeps the bare id, so that credentials with one achievement, nearly all, read as they are.
- A programme adapted by hand gets an id of its own (urn:uuid), and a fact about a value that was
  changed is no longer anybody's publication but "assumed". It costs that confirmations made for
  the original do not carry over.
- A grade is taken as an assessment; without either, a credential is attendance alone.
- An `exclusive` rule looks at awards that are met or held: what a learner merely has on the way to
  another award is free. So a new credential can complete one award and thereby take one from
  another; both sides say so, and the person's choice, which binds both, settles it.
- A course of a what-if has the meaning of a planned one and the price of a held one: it is in no
  plan, and of equal ways the one that uses what is held is shown.
- Of several versions of a programme the one in force today is evaluated, because the award would
  be made today; once its outermost awards are held, the one in force on their day.
- An SD-JWT's `exp` ends the attestation. What is attested ends where it says so itself, and where
  it says nothing it does not end: it counts, with "fetch a fresh copy".
- What a rule finds and asks is said in every language while it is explained: names and bounds
  carry their words, and no page has to know rules. It costs a few texts that nobody reads.
- A requirement is obligatory where the courses that the rules name are all needed, elective where
  there is a choice. The format has no word for it; a supplement asks for one.
"""
