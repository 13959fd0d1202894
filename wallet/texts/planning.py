"""The words of planning and of making a programme: what if, conflicts, supplement, the form."""

from wallet.texts.catalogue import Message

# ---- the overview -------------------------------------------------------------------------------

NEW_PROGRAMME = Message("New programme…")
ADD_PROGRAMME = Message("Add a programme file…")
ADDED = Message("“{title}” is among your programmes.")
PLAN = Message("What if…")
PLAN_NAMED = Message("What if: {title}")
ADAPT = Message("Adapt this programme…")
ADAPT_NAMED = Message("Adapt {title}")
CHANGE_OWN = Message("Change this programme…")
CHANGE_NAMED = Message("Change {title}")
REMOVE_OWN = Message("Remove it")
REMOVE_NAMED = Message("Remove {title}")
REMOVED = Message("“{title}” is no longer among your programmes.")
SHARE = Message("Save as a programme file…")
SHARE_NAMED = Message("Save {title} as a programme file")
OWN = Message("Your own programme")
VERSION_SHOWN = Message("Version")
VERSION_NAMED = Message("Version of {title}")
VERSION_DATED = Message("the version in force")
VOUCHED = Message("Signed by {name}: {state}")
NOT_VOUCHED = Message("Nobody has signed this file.")

# ---- one award ----------------------------------------------------------------------------------

PLANNED_TOO = Message("{ects} ECTS planned")
TAKE_BACK = Message("No, it is not {item}")
TAKE_BACK_NAMED = Message("Take back that {title} is {item}")
CONFIRMED_ON = Message("You confirmed on {date} that {title} is {item}.")
WHY_NOT = Message("Why not")
CONFLICTS = Message("Where programmes exclude each other")
PLAN_IS = Message("Plan {number}: {courses}")
TRACK_STEP_DONE = Message("{number}. done: {courses}")
TRACK_STEP_OPEN = Message("{number}. to do: {courses}")
SUPPLEMENT = Message("Supplement and audit…")
SUPPLEMENT_OF = Message("Supplement and audit of {title}")
NODE = Message("{text} ({number} of {n}, level {level})")
MATCHED = Message("by {identifier}")

# ---- what if ------------------------------------------------------------------------------------

BACK_TO_PROGRESS = Message("Back to progress")
PLAN_TITLE = Message("What if: {title}")
PLAN_TEXT = Message(
    "Tick courses that you think of taking. Nothing of this is kept as earned, and nothing leaves "
    "this computer."
)
COURSES = Message("Courses of this programme")
COURSE_ROW = Message("{title} ({ects} ECTS, {bodies})")
COURSE_ROW_NO_ECTS = Message("{title} (ECTS not published, {bodies})")
CLEAR_PLAN = Message("Untick all")
THEN = Message("What would then be met")
THEN_NOTHING = Message("Tick a course to see what it would change.")
CHANGES_NOTHING = Message("This changes no answer.")
BEFORE_AND_AFTER = Message("{title}: {before}, then {after}")
NOW_STILL = Message("{title}: still {after}")
WOULD_CLOSE = Message("closes: {requirements}")
STILL_MISSING = Message("still missing: {n} course", "still missing: {n} courses")
EVERYWHERE = Message("In all your programmes")
CLOSES_HEADING = Message("What “{title}” would bring, in all your programmes")
PLANNED_COUNT = Message("{n} course is planned", "{n} courses are planned")
EVALUATING = Message("Being counted…")

# ---- excluding each other -----------------------------------------------------------------------

CONFLICT = Message(
    "“{title}” can count in only one of these. You decide; the decision can be taken back."
)
GIVE_TO = Message("Count it in {award}")
GIVE_TO_NAMED = Message("Count {title} in {award}")
GIVEN_TO = Message("You decided: it counts in {award}.")
UNDECIDED = Message("Not decided yet.")
TAKE_BACK_CHOICE = Message("Take the decision back")
TAKE_BACK_CHOICE_OF = Message("Take the decision about {title} back")

# ---- supplement and audit -----------------------------------------------------------------------

PAPERS = Message("Supplement and audit")
PAPERS_TEXT = Message(
    "The supplement lists what counted toward the award. The audit says by which rule of which "
    "version each credential counted, with its digest, so that a programme office can check it."
)
PRINT = Message("Print…")
SAVE_PAPER = Message("Where to save it")
PAPER_SUPPLEMENT = Message("Supplement")
PAPER_AUDIT = Message("Audit of an award")

# ---- the form -----------------------------------------------------------------------------------

MAKE_TITLE = Message("New programme")
MAKE_TEXT = Message(
    "Write down the rules of a programme that is not among those here. It is kept in your wallet "
    "and can be given to others as a file."
)
ADAPT_TITLE = Message("Adapt a programme")
ADAPT_TEXT = Message(
    "Your own copy of {title}: change what is different for you. The programme that you started "
    "from stays as it is."
)
CHANGE_TITLE = Message("Change your programme")
ABOUT = Message("The programme")
FIELD_TITLE = Message("Title")
FIELD_VERSION = Message("Version")
FIELD_SOURCE = Message("Where the rules are published")
HINT_SOURCE = Message("An address or a document; empty: nobody has published them")
UNIVERSITIES = Message("Universities")
UNIVERSITY = Message("University {number}")
ADD_UNIVERSITY = Message("Add a university")
FIELD_NAME = Message("Name")
FIELD_COUNTRY = Message("Country")
FIELD_ROR = Message("ROR address")
HINT_ROR = Message("https://ror.org/…, if you know it")
COURSES_HEADING = Message("Courses")
COURSE = Message("Course {number}")
ADD_COURSE = Message("Add a course")
FIELD_ECTS = Message("ECTS")
FIELD_LEVEL = Message("EQF level")
FIELD_CODE = Message("Course code")
FIELD_IDENTIFIERS = Message("Identifier in credentials")
HINT_IDENTIFIERS = Message("If you know it: it makes sure that your credential is recognised")
FIELD_AWARDED_BY = Message("Awarded by")
AWARDS = Message("Certificates")
AWARD = Message("Certificate {number}")
ADD_AWARD = Message("Add a certificate")
MODULES = Message("Modules")
MODULE = Message("Module {number}")
N_OF = Message("{count} of {of}")
N_MODULES = Message("{n} module", "{n} modules")
ADD_MODULE = Message("Add a module")
FIELD_MODULE_COURSES = Message("Courses that count")
FIELD_MODULE_UNIVERSITIES = Message("Only from these universities")
FIELD_MODULE_COUNTRIES = Message("Only from these countries")
FIELD_COUNT = Message("How many of them, at least")
FIELD_AT_LEAST_ECTS = Message("ECTS, at least")
HINT_AT_LEAST_ECTS = Message("6, or > 6 for more than 6")
FIELD_AT_LEAST_LEVEL = Message("EQF level of each, at least")
FIELD_NEEDED = Message("How many of the modules")
HINT_NEEDED = Message("empty: all of them")
RULES = Message("Rules over the whole certificate")
FIELD_TOTAL = Message("ECTS in all, at least")
FIELD_MIN_UNIVERSITIES = Message("Different universities, at least")
FIELD_MIN_COUNTRIES = Message("Different countries, at least")
FIELD_MONTHS = Message("Everything within, in months")
KEPT_RULES = Message("Kept as the file has them")
KEPT_RULE = Message("{title}: this form has no field for it.")
KEPT_MODULE = Message("What counts here is kept as the file has it: this form has no field for it.")
LEAVE_OUT = Message("Leave it out")
LEAVE_OUT_NAMED = Message("Leave {title} out")
EDIT_PART = Message("Edit")
EDIT_NAMED = Message("Edit {title}")
FOLD_PART = Message("Fold")
FOLD_NAMED = Message("Fold {title}")
REMOVE_PART = Message("Remove")
REMOVE_PART_NAMED = Message("Remove {title}")
KEEP_PROGRAMME = Message("Keep it among my programmes")
KEPT = Message("“{title}” is kept, and counted from now on.")
ALL_RIGHT = Message("Everything needed is there.")
TO_MEND = Message("{n} place is not right yet.", "{n} places are not right yet.")
ELSEWHERE = Message("The check says at {place}: {what}")
LEAVE_QUESTION = Message("Leave without keeping it?")
LEAVE_TEXT = Message("What you have written here would be lost.")
LEAVE_GO = Message("Leave")
STAY = Message("Go on writing")

WRONG_TITLE = Message("Give it a title.")
WRONG_NAME = Message("Write the university's name.")
WRONG_VERSION = Message("Write a version, such as 1 or 2026.")
WRONG_COUNTRY = Message("Choose a country.")
WRONG_ECTS = Message("Write a number, such as 3 or 2.5.")
WRONG_LEVEL = Message("Write a whole number from 1 to 8.")
WRONG_COUNT = Message("Write a whole number, no greater than the number of courses ticked.")
WRONG_NUMBER = Message("Write a whole number from 1.")
WRONG_NEEDED = Message("Write a whole number, no greater than the number of modules (at least 2).")
WRONG_IDENTIFIERS = Message("An identifier begins with https: or urn:, for example.")
WRONG_AWARDED_BY = Message("Tick at least one university.")
WRONG_COURSES = Message("Tick at least one course, university or country.")
WRONG_AWARD = Message("A certificate needs a module, and its rules have to fit together.")
WRONG_UNIVERSITIES = Message("At least one university is needed.")
WRONG_AWARDS = Message("At least one certificate is needed.")

# ---- written into the file ----------------------------------------------------------------------

BY_HAND = Message("Written by hand; no published source")
MADE_BY_HAND = Message("written by hand")
CHANGED_BY_HAND = Message("changed by hand")
ADAPTED_FROM = Message("adapted by hand from {title}, version {version}")
SOME_MODULES = Message("At least {n} of the modules")
RULE_TOTAL = Message("At least {ects} ECTS in all")
RULE_UNIVERSITIES = Message("From at least {n} university", "From at least {n} universities")
RULE_COUNTRIES = Message("From at least {n} country", "From at least {n} countries")
RULE_MONTHS = Message("Everything within {n} month", "Everything within {n} months")
