"""An EDCI credential in the words of the European Learning Model 3, record by record.

The older model says the same things under other names (`wasDerivedFrom` is `provenBy`) and keeps
specifications, organisations and awarding processes in lists of their own, which `idref` leads to.
"""

from collections.abc import Iterator

from wallet.formats import concepts
from wallet.formats.edci_values import Values, stated
from wallet.model.credential import Json, JsonObject
from wallet.proofs.xml_reading import Element, elements

W3C = "http://data.europa.eu/europass/model/credentials/w3c#"
"""The namespace of what the older model took over from the W3C's."""
TYPE = "europassCredential"
DATES = ("issued", "validFrom", "validUntil")


def document(credential: Element, presentation: Element | None, values: Values) -> JsonObject:
    """Read a whole credential as JSON: what it says, without pictures, display and seal.

    Members have the names and shapes of the European Learning Model 3; every `idref` is replaced
    by what it leads to. Of a presentation around it the id and the stated sealer are kept.
    """
    issuers = (values.record(element) for element in _w3c(credential, "issuer"))
    issuer = next((found for found in issuers if found is not None), None)
    dates: JsonObject = {
        name: next((values.plain(element) for element in _w3c(credential, name)), None)
        for name in DATES
    }
    return stated(
        id=credential.get(f"{{{W3C}}}id"),
        type=[TYPE],
        dcType=values.concepts(credential, "type"),
        identifier=values.strings(credential, "identifier"),
        primaryLanguage=values.string(credential, "primaryLanguage"),
        title=values.text(credential, "title"),
        description=values.text(credential, "description"),
        issuer=organisation(issuer, values) if issuer is not None else None,
        credentialSubject=[
            _person(person, values) for person in values.all(credential, "credentialSubject")
        ],
        presentation=_envelope(presentation, values) if presentation is not None else None,
        **dates,
    )


def _envelope(presentation: Element, values: Values) -> JsonObject:
    own = str(presentation.tag).rpartition("}")[0]
    issuers = [child for child in elements(presentation) if child.tag == f"{own}}}issuer"]
    return stated(
        id=presentation.get("id"),
        issuer=organisation(issuers[0], values) if issuers else None,
    )


def _w3c(parent: Element, name: str) -> Iterator[Element]:
    return (child for child in elements(parent) if child.tag == f"{{{W3C}}}{name}")


# ---- people and organisations -------------------------------------------------------------------


def _person(person: Element, values: Values) -> JsonObject:
    claims: list[Json] = []
    for container, names, kind in (
        ("achievements", ("learningAchievement", "qualificationAward"), "LearningAchievement"),
        ("activities", ("activity", "learningActivity"), "LearningActivity"),
        ("assessments", ("assessment",), "LearningAssessment"),
        ("entitlements", ("entitlement",), "LearningEntitlement"),
    ):
        for claim in values.inside(person, container, *names):
            claims.append({"type": [kind], **_claim(claim, values, kind)})
    return stated(
        id=person.get("id"),
        fullName=values.text(person, "fullName"),
        givenName=values.text(person, "givenNames"),
        familyName=values.text(person, "familyName"),
        dateOfBirth=values.string(person, "dateOfBirth"),
        nationalID=values.strings(person, "nationalId"),
        identifier=values.strings(person, "identifier"),
        hasClaim=claims,
    )


def organisation(agent: Element, values: Values) -> JsonObject:
    """Read an organisation: names, registers, places, accreditation."""
    places = [_place(place, values) for place in values.all(agent, "hasLocation")]
    if not any(places):
        # Where it is registered is all that many say of where it is.
        countries = [element.get("spatialID") for element in values.all(agent, "registration")]
        places = [stated(spatialCode=[code for code in countries if code])]
    return stated(
        id=agent.get("id"),
        legalName=values.text(agent, "prefLabel"),
        altLabel=values.text(agent, "altLabel"),
        registration=values.strings(agent, "registration"),
        vatIdentifier=values.strings(agent, "vatIdentifier"),
        taxIdentifier=values.strings(agent, "taxIdentifier"),
        identifier=values.strings(agent, "identifier"),
        location=[place for place in places if place],
        accreditation=_accreditations(agent, values),
    )


def _place(place: Element, values: Values) -> JsonObject:
    addresses: list[Json] = [
        stated(countryCode=values.concepts(address, "country"))
        for address in values.all(place, "hasAddress")
    ]
    return stated(address=addresses, spatialCode=values.concepts(place, "spatialCode"))


def _accreditations(of: Element, values: Values) -> list[Json]:
    return [
        stated(
            id=found.get("id"),
            dcType=values.concepts(found, "type"),
            title=values.text(found, "title"),
        )
        for found in values.records(of, "hasAccreditation")
    ]


# ---- claims -------------------------------------------------------------------------------------


def _claim(claim: Element, values: Values, kind: str) -> JsonObject:
    if kind == "LearningAchievement":
        return _achievement(claim, values)
    if kind == "LearningActivity":
        return _activity(claim, values)
    if kind == "LearningAssessment":
        return _assessment(claim, values)
    return _summary(claim, values)


def _achievement(claim: Element, values: Values) -> JsonObject:
    tests: list[Json] = [_assessment(test, values) for test in values.all(claim, "wasDerivedFrom")]
    activities = values.all(claim, "wasInfluencedBy")
    parts = values.inside(claim, "hasPart", "learningAchievement", "qualificationAward")
    return stated(
        id=claim.get("id"),
        identifier=values.strings(claim, "identifier"),
        title=values.text(claim, "title"),
        description=values.text(claim, "description"),
        additionalNote=values.notes(claim, "additionalNote"),
        provenBy=tests,
        influencedBy=[_activity(activity, values) for activity in activities],
        awardedBy=[_award(award, values) for award in values.records(claim, "wasAwardedBy")],
        specifiedBy=[
            _specification(found, values) for found in values.records(claim, "specifiedBy")
        ],
        hasPart=[_summary(part, values) for part in parts],
        entitlesTo=[_summary(right, values) for right in values.all(claim, "entitlesTo")],
    )


def _summary(claim: Element, values: Values) -> JsonObject:
    """Read what is shown of a part or an entitlement: its title, and that of what specifies it."""
    specifications: list[Json] = [
        stated(title=values.text(found, "title")) for found in values.records(claim, "specifiedBy")
    ]
    return stated(id=claim.get("id"), title=values.text(claim, "title"), specifiedBy=specifications)


def _award(award: Element, values: Values) -> JsonObject:
    return stated(
        awardingBody=[organisation(body, values) for body in values.records(award, "awardingBody")],
        awardingDate=values.string(award, "date", "awardingDate"),
    )


def _activity(activity: Element, values: Values) -> JsonObject:
    specifications: list[Json] = [
        stated(
            title=values.text(found, "title"),
            identifier=values.strings(found, "identifier"),
            dcType=values.concepts(found, "type"),
            volumeOfLearning=values.string(found, "workload"),
            mode=values.concepts(found, "mode"),
        )
        for found in values.records(activity, "specifiedBy")
    ]
    return stated(
        id=activity.get("id"),
        title=values.text(activity, "title"),
        description=values.text(activity, "description"),
        additionalNote=values.notes(activity, "additionalNote"),
        workload=values.string(activity, "workload"),
        specifiedBy=specifications,
    )


def _assessment(test: Element, values: Values) -> JsonObject:
    specifications: list[Json] = [
        stated(
            title=values.text(found, "title"),
            dcType=values.concepts(found, "type"),
            mode=values.concepts(found, "mode"),
            gradingScheme=[
                stated(title=values.text(scheme, "title"))
                for scheme in values.records(found, "gradingScheme")
            ],
        )
        for found in values.records(test, "specifiedBy")
    ]
    return stated(
        id=test.get("id"),
        title=values.text(test, "title"),
        description=values.text(test, "description"),
        grade=values.string(test, "grade"),
        idVerification=values.concepts(test, "idVerificationMethod"),
        specifiedBy=specifications,
    )


# ---- specifications -----------------------------------------------------------------------------


def _specification(found: Element, values: Values) -> JsonObject:
    partial = values.string(found, "isPartialQualification")
    return stated(
        id=found.get("id"),
        identifier=values.strings(found, "identifier"),
        dcType=values.concepts(found, "type"),
        title=values.text(found, "title"),
        altLabel=values.text(found, "altLabel"),
        description=values.text(found, "definition", "description"),
        additionalNote=values.notes(found, "additionalNote"),
        homepage=values.documents(found, "homepage"),
        supplementaryDocument=values.documents(found, "supplementaryDoc"),
        thematicArea=values.concepts(found, "hasISCED-FCode"),
        volumeOfLearning=values.string(found, "volumeOfLearning"),
        creditPoint=_credits(found, values),
        educationLevel=values.concepts(found, "hasEducationLevel"),
        mode=values.concepts(found, "mode"),
        entryRequirement=values.notes(found, "entryRequirementsNote"),
        learningOutcome=_outcomes(found, values),
        isPartialQualification=True if partial in {"true", "1"} else None,
        eqfLevel=values.concepts(found, "eqfLevel"),
        nqfLevel=values.concepts(found, "nqfLevel"),
        accreditation=_accreditations(found, values),
    )


def _credits(found: Element, values: Values) -> list[Json]:
    """Read credits; the framework of other credits than ECTS is the stated scheme."""
    points: list[Json] = []
    for element in values.all(found, "hasECTSCreditPoints", "hasCreditPoints"):
        own = str(element.tag).endswith("}hasECTSCreditPoints")
        framework = concepts.ECTS if own else element.get("schemeID")
        points.append(stated(framework=framework, point=values.plain(element)))
    return points


def _outcomes(found: Element, values: Values) -> list[Json]:
    """Read learning outcomes: a label and, where there is one, the description that explains it."""
    outcomes: list[Json] = []
    for container in values.all(found, "learningOutcomes"):
        for outcome in values.records(container, "learningOutcome"):
            outcomes.append(
                stated(
                    id=outcome.get("id"),
                    title=values.text(outcome, "prefLabel", "description"),
                    relatedESCOSkill=values.concepts(outcome, "relatedEscoSkill"),
                )
            )
    return outcomes
