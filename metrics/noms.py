"""What people call a school or a territory, from its name in the annuaire: told once, in `nom_usuel` of the published tables.

It must not change the annuaire's own name, which stays beside it, nor a letter that search would not fold back.
"""

import re
import unicodedata
from functools import lru_cache

_KEPT = 16_384  # names kept folded: those of a région's schools, sorted at every board of theirs
_SPACES = str.maketrans("-'’", "   ")


@lru_cache(_KEPT)
def fold(texte: str) -> str:
    """Text without accents, case, hyphens or apostrophes, for searching and sorting."""
    spelt = texte.casefold().replace("œ", "oe").replace("æ", "ae").translate(_SPACES)
    return unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()


_OFFICIELS = {
    "circonscription": re.compile(
        r"^circonscription d[’]inspection\s+du 1er degr[ée] (?:de |d[’]|du |des )?", re.IGNORECASE
    )
}
_VOYELLES = "aàâeéèêiîoôuy"
# Words that open a school's name and say which kind it is, folded, with their accents.
_GENRES = {
    fold(mot): mot
    for mot in (
        "école", "maternelle", "élémentaire", "primaire", "enfantine", "publique", "public", "privée", "privé", "communale",
        "intercommunale", "application", "annexe", "mixte", "spécialisée", "groupe", "scolaire", "bilingue",
    )
}  # fmt: skip
_ARTICLES = ("le", "la", "les", "l")
_PARTICULES = (*_ARTICLES, "de", "du", "des", "d", "en", "et", "à", "au", "aux", "sur", "sous", "lès", "lez")
_ABREGES = ("st", "sts", "dr", "mgr", "mme", "gal", "cdt")  # without a vowel, and yet no initials
_SIGLES = frozenset(
    [
        "RPI",
        "RPID",
        "RPC",
        "REP",
        "ULIS",
        "UPE2A",
        "IME",
        "ITEP",
        "EREA",
        "SEGPA",
        "SIVU",
        "SIVOM",
        "SIRP",
        "EMPU",
        "EEPU",
        "EPPU",
        "EM",
        "EE",
        "EP",
        "EPU",
        "EREF",
        "ZAC",
        "GS",
    ]
)
_ROMAIN = re.compile(r"X{0,3}(IX|IV|V?I{0,3})")
_INITIALES = re.compile(r"([^\W\d_]+\.){2,}[^\W\d_]*|.*\d.*")  # « E.M.PU. », « 0341234A »


def usual_name(niveau: str, nom: str) -> str:
    """« Montpellier » is an académie's name and a commune's: « Académie de Montpellier ». A circonscription goes by its seat, and
    what is written in capitals alone is written as names are."""
    texte = " ".join(nom.replace("'", "’").split())
    if niveau == "uai":
        return _usual_school(texte)
    officiel = _OFFICIELS.get(niveau)
    court = officiel.sub("", texte) if officiel else texte
    lu = _recase(court, opening=True)
    if niveau == "academie" and lu and not lu.lower().startswith("académie"):
        return f"Académie d’{lu}" if lu[0].lower() in _VOYELLES else f"Académie de {lu}"
    return lu[:1].upper() + lu[1:] if court != texte else lu


def _usual_school(texte: str) -> str:
    """Its kind with accents, then its own name."""
    mots = texte.split(" ")
    rang = next((n for n, mot in enumerate(mots) if _genre(mot) is None), len(mots))
    genre = [_accent(mot) for mot in mots[:rang]]
    if genre:
        genre[0] = genre[0][:1].upper() + genre[0][1:]
    propre = _recase(" ".join(mots[rang:]), opening=not genre)
    return " ".join([*genre, propre]).strip()


def _genre(mot: str) -> str | None:
    """A word of the kind with its accents; None of another word."""
    elision, _, reste = mot.rpartition("’")
    found = _GENRES.get(fold(reste))
    return found and (f"{elision.lower()}’{found}" if elision else found)


def _accent(mot: str) -> str:
    """Capitals are written small; a capital that somebody chose stays."""
    accented = _genre(mot) or mot
    return accented if mot.isupper() or mot[:1].islower() else accented[:1].upper() + accented[1:]


def _recase(texte: str, opening: bool) -> str:
    """A name in capitals alone as names are written; with one small letter somebody has chosen, and it stays."""
    if not texte.isupper():
        return texte
    mots = [mot if _INITIALES.fullmatch(mot) else _recase_word(mot) for mot in texte.split(" ")]
    tete = re.match(r"\w+", mots[0])
    if tete and (opening or tete[0] in _ARTICLES):
        mots[0] = mots[0][:1].upper() + mots[0][1:]
    return " ".join(mots)


def _recase_word(mot: str) -> str:
    """Each part of « SAINT-EXUPERY », « D’ARC », « (CENTRE) »."""
    return re.sub(r"[^\W\d_]+", lambda part: _recase_part(part[0], mot[part.end() : part.end() + 1] == "’"), mot)


def _recase_part(part: str, elided: bool) -> str:
    small = part.lower()
    if len(part) == 1:
        return small if elided and small in _PARTICULES else part
    if small in _PARTICULES:
        return small
    if part in _SIGLES or _ROMAIN.fullmatch(part) or (small not in _ABREGES and not set(fold(part)) & set("aeiouy")):
        return part
    return part[:1] + small[1:]
