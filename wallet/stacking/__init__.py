"""Which credentials add up to what, what is missing, and the smallest next step. Exact.

- `programme_file`: reads and checks definitions and holdings files (`building`, `references`,
  `holdings_file`).
- `matching`: from a credential in the vault to holdings; `identity`: when names are the same.
- `courses`, `selectors`, `eligibility`, `same`, `values`, `doubts`: facts about single courses.
- `case`: one award as a question. `problem`, `trackers`, `trackers_over`, `calendar`, `tree`,
  `search`: the dynamic programme. `plans`: all smallest plans. `blocking`: what cannot hold.
- `checker`: the second opinion. `confirming`, `reasons`, `explain`: the seven parts, as data.
- `solve.assess`: the door.

Decisions
- One dynamic programme with a state per rule instead of a general solver: learners hold tens of
  credentials, rules cap quickly, and ties are settled by ids for free. It costs time where many
  open pools, dates and percentages meet; then the answer is "not finished", with bounds.
- The budget counts steps, not seconds: the same wallet gives the same answer on every machine.
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
- A grade is taken as an assessment; without either, a credential is attendance alone.
"""
