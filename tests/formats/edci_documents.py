"""EDCI documents to read: one that states everything, and the parts to build others from."""

DOCUMENT_START = """<?xml version="1.0" encoding="UTF-8"?>
<europassCredential xmlns="http://data.europa.eu/snb"
 xmlns:cred="http://data.europa.eu/europass/model/credentials/w3c#"
 cred:id="urn:credential:0d1f" xsdVersion="0.10.0">"""
SNB = "http://data.europa.eu/snb/"
COUNTRY = "http://publications.europa.eu/resource/authority/country/"
ESCO = "http://data.europa.eu/esco/skill/6fb7e4a5-8a0a-4f7c-9d0b-7a1d1a3f8e11"


def texts(name: str, **languages: str) -> str:
    """Write an element with a text in several languages."""
    inner = "".join(
        f'<text content-type="text/plain" lang="{tag}">{value}</text>'
        for tag, value in languages.items()
    )
    return f"<{name}>{inner}</{name}>"


def concept(name: str, uri: str, label: str = "") -> str:
    """Write a term of a vocabulary."""
    inner = texts("targetName", en=label) if label else ""
    return f'<{name} targetFrameworkUrl="urn:table" uri="{uri}">{inner}</{name}>'


HEAD = (
    "<identifier>DIP-7</identifier>"
    + concept("type", SNB + "credential/e34929035b", "Generic")
    + """<primaryLanguage>en</primaryLanguage>
  <cred:validFrom>2026-03-01T00:00:00+01:00</cred:validFrom>
  <cred:issued>2026-03-01T10:00:00+01:00</cred:issued>
  <cred:validUntil>2036-03-01</cred:validUntil>
  <cred:issuer idref="urn:epass:org:1"/>"""
    + texts("title", en="Data literacy", pl="Kompetencje danych")
)
ASSESSMENT = (
    '<wasDerivedFrom id="urn:epass:assessment:1">'
    + texts("title", en="Final project")
    + "<grade>5</grade>"
    + concept("idVerificationMethod", SNB + "supervision-verification/70be69aaf9")
    + '<specifiedBy idref="urn:epass:asssessmentspec:1"/></wasDerivedFrom>'
)
ACHIEVEMENT = (
    '<learningAchievement id="urn:epass:learningAchievement:1">'
    + texts("title", en="Data literacy course", pl="Kurs")
    + texts("additionalNote", en="Held in spring.")
    + ASSESSMENT
    + '<wasInfluencedBy id="urn:epass:activity:1">'
    + texts("title", en="Workshops")
    + "<workload>PT40H</workload></wasInfluencedBy>"
    + '<wasAwardedBy idref="urn:epass:awardingProcess:1"/>'
    + '<hasPart><learningAchievement id="urn:epass:learningAchievement:2">'
    + texts("title", en="Charts")
    + "</learningAchievement></hasPart>"
    + '<entitlesTo id="urn:epass:entitlement:1">'
    + texts("title", en="The second course")
    + "</entitlesTo>"
    + '<specifiedBy idref="urn:epass:qualification:1"/></learningAchievement>'
)
SUBJECT = (
    '<credentialSubject id="urn:epass:person:1"><nationalId spatialID="PL">000</nationalId>'
    + texts("fullName", en="Zofia Przykładowa")
    + "<dateOfBirth>2004-05-06</dateOfBirth>"
    + f"<achievements>{ACHIEVEMENT}</achievements></credentialSubject>"
)
QUALIFICATION = (
    '<qualification id="urn:epass:qualification:1"><identifier>DL-101</identifier>'
    "<identifier>https://example.edu/courses/dl-101</identifier>"
    + concept("type", SNB + "learning-opportunity/05053c1cbe", "Course")
    + texts("title", en="Data literacy 101")
    + '<homepage uri="https://example.edu/dl"/>'
    + concept("hasISCED-FCode", SNB + "isced-f/0542")
    + "<volumeOfLearning>PT60H</volumeOfLearning><hasECTSCreditPoints>2,5</hasECTSCreditPoints>"
    + concept("mode", SNB + "learning-assessment/e92d221e4d")
    + texts("entryRequirementsNote", en="Secondary school.")
    + '<learningOutcomes><learningOutcome idref="urn:epass:learningOutcome:1"/>'
    + "</learningOutcomes><isPartialQualification>true</isPartialQualification>"
    + concept("eqfLevel", SNB + "eqf/5")
    + concept("nqfLevel", SNB + "qdr/c_1", "PRK 5")
    + '<hasAccreditation idref="accreditation-1"/></qualification>'
)
RECORDS = (
    f"<learningSpecificationReferences>{QUALIFICATION}</learningSpecificationReferences>"
    '<learningOutcomeReferences><learningOutcome id="urn:epass:learningOutcome:1">'
    + texts("prefLabel", en="Reads charts")
    + concept("relatedEscoSkill", ESCO, "interpret data")
    + "</learningOutcome></learningOutcomeReferences>"
    + "<assessmentSpecificationReferences>"
    + '<assessmentSpecification id="urn:epass:asssessmentspec:1">'
    + concept("type", SNB + "assessment/d30284d7df", "Oral examination")
    + '<gradingScheme idref="urn:epass:scoringschemespec:1"/></assessmentSpecification>'
    + "</assessmentSpecificationReferences><agentReferences>"
    + '<organization id="urn:epass:org:1"><registration spatialID="PL">VATPL-0000000000'
    + "</registration>"
    + texts("prefLabel", en="Example University", pl="Uniwersytet Przykładowy")
    + "</organization>"
    + '<organization id="urn:epass:org:2"><vatIdentifier>VATES-A00000001</vatIdentifier>'
    + texts("prefLabel", en="Other University")
    + "<hasLocation><hasAddress>"
    + concept("country", COUNTRY + "ESP", "Spain")
    + "</hasAddress></hasLocation></organization></agentReferences>"
    + '<awardingProcessReferences><awardingProcess id="urn:epass:awardingProcess:1">'
    + '<awardingBody idref="urn:epass:org:2"/><date>2026-02-20T00:00:00Z</date>'
    + "</awardingProcess></awardingProcessReferences>"
    + '<accreditationReferences><accreditation id="accreditation-1">'
    + concept("type", SNB + "accreditation/820101cba6", "Programme quality assurance")
    + "</accreditation></accreditationReferences>"
    + '<scoringSchemeReferences><scoringScheme id="urn:epass:scoringschemespec:1">'
    + texts("title", en="2 to 5")
    + "</scoringScheme></scoringSchemeReferences>"
)
DOCUMENT = f"{DOCUMENT_START}{HEAD}{SUBJECT}{RECORDS}<proof/></europassCredential>"
"""Unsealed; a seal takes the place of `<proof/>`."""


def presented(document: str = DOCUMENT) -> str:
    """Put a credential into the presentation that names who sealed it."""
    declaration, inner = document.split("?>", 1)
    sealer = (
        '<vp:issuer id="urn:epass:org:vp:1"><registration>VATES-B00000000</registration>'
        + texts("prefLabel", en="Sealing Service")
        + "</vp:issuer>"
    )
    return (
        f'{declaration}?><vp:verifiablePresentation xmlns="http://data.europa.eu/snb" '
        f'xmlns:vp="http://data.europa.eu/snb/vp" id="urn:verifiable:1">{sealer}'
        f"{inner.replace('<proof/>', '')}<proof/></vp:verifiablePresentation>"
    )
