"""Countries and languages: from the European authority tables' three letters to ISO's two.

Every country of ISO 3166-1, and the languages in which European credentials are written. What is
in neither table is shown as it is stated.
"""

import re

_COUNTRIES = (
    "ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG "
    "AUSAU AUTAT AZEAZ BDIBI BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL "
    "BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA CCKCC CHECH "
    "CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX "
    "CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES "
    "ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI "
    "GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM "
    "HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT "
    "JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB "
    "LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD "
    "MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS "
    "MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO "
    "NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL PRIPR PRKKP "
    "PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS "
    "SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI "
    "SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO "
    "TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC "
    "VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW "
)
_LANGUAGES = (
    "ALBsq ARAar ARMhy BAQeu BELbe BOSbs BULbg CATca CEScs CHIzh CYMcy CZEcs DANda DEUde "
    "DUTnl ELLel ENGen ESTet EUSeu FINfi FRAfr FREfr GEOka GERde GLEga GLGgl GREel HEBhe "
    "HRVhr HUNhu HYEhy ICEis ISLis ITAit JPNja KATka KORko LAVlv LITlt LTZlb MACmk MKDmk "
    "MLTmt NLDnl NNOnn NOBnb NORno POLpl PORpt RONro RUMro RUSru SLKsk SLOsk SLVsl SPAes "
    "SQIsq SRPsr SWEsv TURtr UKRuk WELcy ZHOzh "
)
_ALPHA_2 = {entry[:3]: entry[3:] for entry in _COUNTRIES.split()}
# The Union itself, Kosovo's code in the authority table, and two letters of long European custom.
_OTHERS = {"EUR": "EU", "1A0": "XK", "EL": "GR", "UK": "GB"}
_TAGS = {entry[:3]: entry[3:] for entry in _LANGUAGES.split()}

_COUNTRY = re.compile(
    r"https?://publications\.europa\.eu/resource/authority/(?:country|atu)/(\w{2,3})(?:_\w*)?",
    re.ASCII,
)
_LANGUAGE = re.compile(
    r"https?://publications\.europa\.eu/resource/authority/language/([A-Z]{3})", re.ASCII
)


def country(code: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a code or authority address, else None.

    `code` is `PL`, `POL`, an address of the country table, or one of the regions (`atu`), which
    begin with their country's three letters.
    """
    match = _COUNTRY.fullmatch(code)
    letters = (match[1] if match else code).upper()
    if letters in _OTHERS:
        return _OTHERS[letters]
    if len(letters) == 2 and letters.isascii() and letters.isalpha():
        return letters
    return _ALPHA_2.get(letters)


def language(address: str) -> str | None:
    """Return the language tag of an authority address, else None."""
    match = _LANGUAGE.fullmatch(address)
    return _TAGS.get(match[1]) if match else None
