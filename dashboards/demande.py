"""Reads a Vue from the fields of an address: what a node can't answer falls back, with a French sentence.

It must not read figures nor build components: what may be asked is in the Offre.
"""

from dataclasses import dataclass, replace
from datetime import date

from dashboards.formats import mois as nom_mois
from dashboards.state import CONSTANT, REEL
from marking_plan import MarkingPlan
from marking_plan.semaines import annee_scolaire, bounds, month_bounds
from metrics.tableau import ANNEE, MOIS, SEMAINE, AnneeOffre, Offre, Vue

PERIODES = (SEMAINE, MOIS, ANNEE)
Champs = dict[str, str]


@dataclass(frozen=True, slots=True)
class Demande:
    """A view as it can be answered, the order of its children where one is asked for, and what had to be refused."""

    vue: Vue
    tri: str = ""
    avertissements: tuple[str, ...] = ()


def parse_demande(champs: Champs, offre: Offre, defaut: Vue, plan: MarkingPlan) -> Demande:
    """Demand of an address on one node; `defaut` is what the node shows when the address says no more."""
    lecture = _Lecture(champs, offre, defaut, plan, [])
    vue = lecture.read_periode()
    for step in (lecture.read_profil, lecture.read_service, lecture.read_detail, lecture.read_perimetre):
        vue = step(vue)
    return Demande(vue, champs.get("tri", ""), tuple(lecture.messages))


@dataclass(frozen=True, slots=True)
class _Lecture:
    """One address being read; each step gives the view with one more answer."""

    champs: Champs
    offre: Offre
    defaut: Vue
    plan: MarkingPlan
    messages: list[str]

    def read_periode(self) -> Vue:
        """Weeks, one month or one school year."""
        annee = self._annee()
        periode = self.champs.get("periode") or self._periode_sous_entendue()
        if periode not in PERIODES:
            self.messages.append(f"La période «\u00a0{periode}\u00a0» n’existe pas\u202f: elle est ignorée.")
            periode = self.defaut.periode
        if periode not in self.offre.periodes:
            self.messages.append(
                "Ce territoire ne vous est ouvert que par mois et par année scolaire\u202f: la période demandée est ignorée."
            )
            periode = self.defaut.periode
        if periode == MOIS and annee.mois:
            return self._mois(annee)
        if periode == ANNEE or SEMAINE not in self.offre.periodes:
            du, au = bounds(annee.annee)
            return replace(self.defaut, du=du, au=au, periode=ANNEE)
        return self._semaines(annee)

    def _annee(self) -> AnneeOffre:
        asked = self.champs.get("annee") or self._annee_sous_entendue()
        found = self.offre.find_annee(asked)
        if found is not None and found.semaines:
            return found
        self.messages.append(
            f"L’année scolaire «\u00a0{asked}\u00a0» n’est pas publiée\u202f: la plus récente est affichée."
        )
        return self.offre.annees[-1]

    def _annee_sous_entendue(self) -> str:
        """The year of the dates that the address gives, else the usual one."""
        for nom in ("du", "au", "mois"):
            jour = _read_date(self.champs.get(nom, ""))
            if jour is not None and self.offre.find_annee(annee_scolaire(jour)):
                return annee_scolaire(jour)
        return annee_scolaire(self.defaut.au)

    def _periode_sous_entendue(self) -> str:
        if self.champs.get("mois"):
            return MOIS
        return SEMAINE if {"du", "au", "annee"} & self.champs.keys() else self.defaut.periode

    def _mois(self, annee: AnneeOffre) -> Vue:
        usual = (
            self.defaut.du
            if self.defaut.periode == MOIS and self.defaut.du in annee.mois
            else (annee.mois_ecole or annee.mois)[-1]
        )
        asked = self.champs.get("mois", "")
        jour = _read_date(asked)
        mois = usual if jour is None else jour.replace(day=1)
        if (asked and jour is None) or mois not in annee.mois:
            self.messages.append(
                f"Le mois «\u00a0{asked}\u00a0» n’est pas publié pour {annee.annee}\u202f: "
                f"{nom_mois(usual)} est affiché."
            )
            mois = usual
        du, au = month_bounds(mois)
        return replace(self.defaut, du=du, au=au, periode=MOIS)

    def _semaines(self, annee: AnneeOffre) -> Vue:
        first, last = annee.etendue
        if self.defaut.periode == SEMAINE and annee_scolaire(self.defaut.au) == annee.annee:
            first, last = self.defaut.du, self.defaut.au
        du, au = self._semaine("du", first), self._semaine("au", last)
        if not {du, au} <= set(annee.semaines):
            self.messages.append(
                f"Une des semaines demandées n’est pas publiée pour {annee.annee}\u202f: toute l’année est affichée."
            )
            du, au = first, last
        if du > au:
            self.messages.append("La première semaine demandée suit la dernière\u202f: toute la période est affichée.")
            du, au = first, last
        return replace(self.defaut, du=du, au=au, periode=SEMAINE)

    def _semaine(self, nom: str, usual: date) -> date:
        texte = self.champs.get(nom, "")
        if not texte:
            return usual
        lundi = _read_date(texte)
        if lundi is None:
            self.messages.append(
                f"«\u00a0{texte}\u00a0» n’est pas une date de la forme 2025-10-06\u202f: elle est ignorée."
            )
            return usual
        if lundi.isoweekday() != 1:
            self.messages.append(f"«\u00a0{texte}\u00a0» n’est pas un lundi\u202f: une semaine se nomme par son lundi.")
            return usual
        return lundi

    def read_profil(self, vue: Vue) -> Vue:
        """One of those that the node publishes in that school year."""
        asked = self.champs.get("profil") or vue.profil
        annee = self.offre.find_annee(annee_scolaire(vue.au))
        published = {profil.code for profil in annee.profils} if annee else set()
        if asked in published or asked == self.defaut.profil:
            return replace(vue, profil=asked)
        why = "n’a pas de chiffre publié ici" if self._knows("profil", asked) else "n’existe pas"
        label = self.plan.libelle("profil", asked)
        usual = self.plan.libelle("profil", self.defaut.profil)
        self.messages.append(
            f"Le profil «\u00a0{label}\u00a0» {why}\u202f: «\u00a0{usual}\u00a0» est affiché à la place."
        )
        return vue

    def read_service(self, vue: Vue) -> Vue:
        """One service, where its weeks are published."""
        asked = self.champs.get("service", "")
        if not asked:
            return vue
        if not self._knows("service", asked):
            self.messages.append(
                f"Le service «\u00a0{asked}\u00a0» n’existe pas\u202f: toutes les visites sont affichées."
            )
            return vue
        if not publishes_services(self.offre, vue):
            self.messages.append(
                "Les visites d’un service ne sont pas publiées par semaine pour ce territoire et ce profil\u202f: "
                "toutes les visites sont affichées."
            )
            return vue
        return replace(vue, service=asked)

    def read_detail(self, vue: Vue) -> Vue:
        """Level of the children."""
        asked = self.champs.get("detail", "")
        if not asked or asked == next(iter(self.offre.niveaux), ""):
            return vue
        if asked not in self.offre.niveaux:
            self.messages.append(
                f"Ce territoire ne se détaille pas par «\u00a0{self.plan.libelle('niveau', asked)}\u00a0»\u202f: "
                "le détail habituel est affiché."
            )
            return vue
        return replace(vue, detail=asked)

    def read_perimetre(self, vue: Vue) -> Vue:
        """Whether changes are told over the schools open and received in both years."""
        asked = self.champs.get("perimetre") or REEL
        if asked not in (CONSTANT, REEL):
            self.messages.append(
                f"Le périmètre «\u00a0{asked}\u00a0» n’existe pas\u202f: toutes les écoles sont affichées."
            )
            return vue
        if asked == CONSTANT and SEMAINE not in self.offre.periodes:
            self.messages.append("Le périmètre constant se lit par semaine\u202f: il est ignoré.")
            return vue
        if asked == CONSTANT and vue.niveau == "uai":
            self.messages.append("Le périmètre constant ne se lit pas pour une seule école\u202f: il est ignoré.")
            return vue
        if asked == CONSTANT and vue.service:
            self.messages.append(
                "Le périmètre constant se lit pour toutes les visites seulement\u202f: le service est ignoré."
            )
            return replace(vue, perimetre=asked, service="")
        return replace(vue, perimetre=asked)

    def _knows(self, kind: str, code: str) -> bool:
        return any(record.code == code for record in self.plan.records(kind))


def publishes_services(offre: Offre, vue: Vue) -> bool:
    """Whether the weeks of one service are published for the view's node, year and profil."""
    annee = offre.find_annee(annee_scolaire(vue.au))
    profil = annee.find_profil(vue.profil) if annee else None
    return profil is not None and profil.coupes_semaine


def _read_date(texte: str) -> date | None:
    """A day, or the first of a month written 2025-10."""
    try:
        return date.fromisoformat(f"{texte}-01" if len(texte) == 7 else texte)
    except ValueError:
        return None
