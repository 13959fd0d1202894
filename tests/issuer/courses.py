"""What Hanna Żółkiewska learned: the courses of the demonstration, in full European elements.

Achievement identifiers and ECTS are those of the ENHANCE catalogues in ../shared/programmes.
"""

from tests.issuer.subjects import Course, Learner, Mode, Outcome, Skill, Supervision
from tests.issuer.universities import AACHEN, WARSAW

HANNA = Learner(
    given_name="Hanna",
    family_name="Żółkiewska",
    birth_date="2001-03-14",
    student_id="urn:schac:personalUniqueCode:int:esi:pw.edu.pl:0319999",
)

_ESCO = "http://data.europa.eu/esco/skill"
_CLIMATE_IMPACT = Skill(f"{_ESCO}/1565b401-1754-4b07-8f1a-eb5869e64d95", "climate change impact")
_DATA_ANALYSIS = Skill(f"{_ESCO}/2b92a5b2-6758-4ee3-9fb4-b6387a55cc8f", "perform data analysis")
_CURRENT_DATA = Skill(f"{_ESCO}/1e77e42a-181f-4b48-8e74-201ce50ffc29", "interpret current data")
_SUSTAINABILITY = Skill(f"{_ESCO}/469e19ed-a0bd-445a-ae2d-4ba9430e296b", "promote sustainability")
_TEAMS = Skill(f"{_ESCO}/60c78287-22eb-4103-9c8c-28deaa460da0", "work in teams")

_CLIMATE_ACTION = {
    "en": "Counts toward the ENHANCE Certificate in Climate Action",
    "pl": "Może być zaliczone do certyfikatu ENHANCE Climate Action",
}
_GERMAN_SCALE = {"en": "German scale from 1.0 (best) to 5.0 (failed)"}
_POLISH_SCALE = {
    "en": "Polish scale from 2.0 (failed) to 5.0 (best)",
    "pl": "Skala ocen od 2,0 (niedostateczny) do 5,0 (bardzo dobry)",
}

CLIMATE_DATA = Course(
    title={"en": "Climate data analysis – Example"},
    identifier="urn:mc-example:tub:climate-data",
    ects="3",
    hours=90,
    eqf=7,
    mode=Mode.ONLINE,
    taught=("2023-10-16", "2024-02-16"),
    description={
        "en": "From raw station and satellite records to a statement about a trend that "
        "survives a second look."
    },
    outcomes=(
        Outcome(
            {
                "en": "Finds, reads and cleans climate records from open archives, and documents "
                "every step so that others can repeat it."
            },
            (_DATA_ANALYSIS,),
        ),
        Outcome(
            {
                "en": "Estimates trends and extremes with their uncertainty, and explains what "
                "they mean for a region."
            },
            (_CLIMATE_IMPACT,),
        ),
    ),
    assessment={"en": "Project report with a reproducible notebook, and an oral exam"},
    grade={"en": "1.7"},
    scale=_GERMAN_SCALE,
    supervision=Supervision.SUPERVISED_WITH_IDENTITY,
    prerequisites={"en": "Basic statistics; programming in Python or R"},
    counts_toward={"en": _CLIMATE_ACTION["en"]},
    further={"en": "Offered online to students of all ENHANCE universities."},
    isced=("0532", "Earth sciences"),
)

SUSTAINABLE_DEVELOPMENT = Course(
    title={"en": "Sustainable development – Example"},
    identifier="urn:mc-example:chalmers:sustainable-development",
    code="FFR160",
    ects="7.5",
    eqf=6,
    description={"en": "Concepts and limits of sustainable development."},
    outcomes=(
        Outcome(
            {"en": "Weighs solutions against ecological limits and social needs."},
            (_SUSTAINABILITY,),
        ),
    ),
    assessment={"en": "Exam and group project"},
    grade={"en": "5"},
    scale={"en": "grades U, 3, 4, 5"},
)

SUMMER_SCHOOL = Course(
    title={
        "en": "Summer school 2023: Climate Action Planning (BIP) – Example",
        "pl": "Szkoła letnia 2023: planowanie działań na rzecz klimatu (BIP) – Przykład",
    },
    identifier="urn:mc-example:wut:summer-school-2023",
    ects="4",
    hours=110,
    eqf=6,
    mode=Mode.BLENDED,
    taught=("2023-06-19", "2023-07-14"),
    description={
        "en": "A blended intensive programme in Warsaw: mixed teams draft a climate action plan "
        "for a real city district.",
        "pl": "Mieszany program intensywny w Warszawie: międzynarodowe zespoły przygotowują plan "
        "działań na rzecz klimatu dla prawdziwej dzielnicy.",
    },
    outcomes=(
        Outcome(
            {
                "en": "Plans measures of mitigation and adaptation for a district, with costs, "
                "effects and responsibilities.",
                "pl": "Planuje działania łagodzące i adaptacyjne dla dzielnicy, z kosztami, "
                "skutkami i podziałem odpowiedzialności.",
            },
            (_SUSTAINABILITY,),
        ),
        Outcome(
            {
                "en": "Works in an international team across disciplines and presents the result "
                "to the city.",
                "pl": "Pracuje w międzynarodowym zespole łączącym różne dziedziny i przedstawia "
                "wynik przedstawicielom miasta.",
            },
            (_TEAMS,),
        ),
    ),
    assessment={
        "en": "Group project with a public presentation",
        "pl": "Projekt zespołowy z publiczną prezentacją",
    },
    grade={"en": "5.0", "pl": "5,0"},
    scale=_POLISH_SCALE,
    supervision=Supervision.SUPERVISED_WITH_IDENTITY,
    prerequisites={
        "en": "Student of an ENHANCE university; two semesters completed",
        "pl": "Status studenta uczelni ENHANCE; zaliczone dwa semestry",
    },
    counts_toward=_CLIMATE_ACTION,
    further={
        "en": "One week online, one week in Warsaw; funded by Erasmus+.",
        "pl": "Tydzień zajęć zdalnych i tydzień w Warszawie; finansowanie z programu Erasmus+.",
    },
    isced=("0731", "Architecture and town planning"),
)

DATA_ONE = Course(
    title={"en": "Data.ONE: Data Literacy Compact Course – Example"},
    identifier="urn:mc-example:rwth:data-one",
    ects="3",
    hours=90,
    eqf=6,
    mode=Mode.ONLINE,
    taught=("2023-11-06", "2024-01-26"),
    description={"en": "Collecting, managing, judging and using data, for every field of study."},
    outcomes=(
        Outcome(
            {"en": "Prepares a data set, analyses it and draws conclusions that it supports."},
            (_DATA_ANALYSIS,),
        ),
        Outcome(
            {"en": "Reads figures in the news and in research, and says what they leave out."},
            (_CURRENT_DATA,),
        ),
    ),
    assessment={"en": "Online exam and data portfolio"},
    grade={"en": "1.3"},
    scale=_GERMAN_SCALE,
    supervision=Supervision.SUPERVISED_WITH_IDENTITY,
    prerequisites={"en": "none."},
    isced=("0542", "Statistics"),
)

LEADERSHIP = Course(
    title={"en": "Leadership for sustainability transitions – Example"},
    identifier="urn:mc-example:chalmers:leadership-transitions",
    code="ENM145",
    ects="7.5",
    eqf=7,
    taught=("2024-03-18", "2024-06-08"),
    description={"en": "Leading change where nobody is in charge of all of it."},
    outcomes=(
        Outcome(
            {"en": "Leads a group of stakeholders from a shared picture to first steps."},
            (_SUSTAINABILITY,),
        ),
    ),
    assessment={"en": "Portfolio and dialogue with a partner organisation"},
    grade={"en": "4"},
    scale={"en": "grades U, 3, 4, 5"},
    prerequisites={"en": "a course in sustainable development."},
    isced=("0710", "Engineering and engineering trades"),
)

RENEWABLE_ENERGY = Course(
    title={"en": "Renewable energy and mitigation – Example"},
    identifier="urn:mc-example:rwth:energy-mitigation",
    ects="4",
    eqf=7,
    taught=("2024-04-15", "2024-07-19"),
    description={"en": "What renewable sources can do for mitigation, when and at which cost."},
    outcomes=(
        Outcome({"en": "Compares mitigation paths of an energy system by cost and emission."}),
    ),
    assessment={"en": "Written exam"},
    grade={"en": "3.3"},
    scale=_GERMAN_SCALE,
    prerequisites={"en": "thermodynamics or electrical engineering."},
    isced=("0713", "Electricity and energy"),
)

JOINT_CLIMATE_LABORATORY = Course(
    title={
        "en": "Joint climate laboratory (COIL) – Example",
        "pl": "Wspólne laboratorium klimatyczne (COIL) – Przykład",
    },
    identifier="urn:mc-example:wut:joint-climate-lab",
    ects="3",
    hours=80,
    eqf=7,
    mode=Mode.ONLINE,
    taught=("2024-04-08", "2024-06-28"),
    awarded_by=(WARSAW, AACHEN),
    description={
        "en": "Two universities, one laboratory: students in Warsaw and Aachen measure the same "
        "urban climate and explain the differences together.",
        "pl": "Dwie uczelnie, jedno laboratorium: studenci w Warszawie i Akwizgranie mierzą klimat "
        "miasta i wspólnie wyjaśniają różnice.",
    },
    outcomes=(
        Outcome(
            {
                "en": "Explains the energy balance of the climate system and what disturbs it.",
                "pl": "Wyjaśnia bilans energetyczny systemu klimatycznego i przyczyny jego "
                "zaburzeń.",
            },
            (_CLIMATE_IMPACT,),
        ),
        Outcome(
            {
                "en": "Plans and carries out a measurement campaign with partners abroad.",
                "pl": "Planuje i prowadzi kampanię pomiarową z zagranicznymi partnerami.",
            },
            (_TEAMS,),
        ),
    ),
    assessment={
        "en": "Laboratory report written in a mixed team, and an online defence",
        "pl": "Sprawozdanie przygotowane w mieszanym zespole i obrona online",
    },
    grade={"en": "4.5", "pl": "4,5"},
    scale=_POLISH_SCALE,
    supervision=Supervision.SUPERVISED_WITH_IDENTITY,
    prerequisites={
        "en": "Physics at bachelor's level",
        "pl": "Fizyka na poziomie studiów pierwszego stopnia",
    },
    counts_toward=_CLIMATE_ACTION,
    further={
        "en": "Collaborative online international learning, run jointly with RWTH Aachen "
        "University.",
        "pl": "Międzynarodowe nauczanie zdalne (COIL) prowadzone wspólnie z RWTH Aachen "
        "University.",
    },
    isced=("0532", "Earth sciences"),
)
