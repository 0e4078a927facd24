"""What the debrief calls a true signal that no instrument shows: its field's own words in English, these in French."""

from __future__ import annotations

_FRENCH = """
absorbance=absorbance; accepted=flacons acceptés; accepted_share=part acceptée; acetate=acétate; acid=acide;
acid_added=acide ajouté; acidic=variants acides; active_auc=exposition active;
active_concentration=concentration active; active_dose_given=dose active donnée; adaptation=adaptation;
aggregate_fraction=taux d'agrégats; aggregated=agrégats formés; aggregates=agrégats;
aggregates_given=agrégats donnés; aggregates_lost=agrégats perdus; air_fraction=part d'air; ammonia=ammoniac;
auc=exposition; bacteria=bactéries; bacteria_density=densité de bactéries; bag_fill=remplissage de la poche;
bank_doublings=doublements de la banque; bank_viability=viabilité après décongélation;
bank_vials=ampoules de la banque; banked_dead=cellules mortes en banque;
banked_viable=cellules vivantes en banque; banked_volume=volume mis en banque;
base=base; base_added=base ajoutée; basic=variants basiques; bioburden=charge microbienne;
bleed=fuite d'air dosée; bottom_temperature=température au fond; bubble_size=taille des bulles; buffer=tampon;
buffer_added=tampon ajouté; bulk_log_reduction=réduction log., cœur de la cuve; burden=charge microbienne;
capability=capacité du condenseur; carbon_dioxide_pressure=pCO2; caught_aggregates=agrégats arrêtés;
caught_parvovirus=parvovirus arrêtés; cells=cellules; cells_died=cellules mortes, cumul;
cells_grown=cellules nées, cumul; cells_lysed=cellules ouvertes, cumul; centre_dried=centre séché;
channel_pressure_drop=perte de charge du canal; clearance=clairance; co_ion_ratio=rapport des co-ions;
cold_time=temps trop froid; collapsed=gâteaux affaissés; condensate=condensat; conductivity=conductivité;
contaminated=flacons contaminés; contaminated_per_vial=contamination par flacon;
content_temperature=température du contenu; core_factor=concentration au cœur; corner_dried=coins séchés;
corner_product=température des coins; counted_density=densité comptée; damaged=produit abîmé;
dead=cellules mortes; dead_cells=cellules mortes; dead_density=densité de cellules mortes; debris=débris;
density=densité; diavolumes=diavolumes; discarded_volume=volume éliminé; dissolved_oxygen=oxygène dissous;
dna=ADN; dose_given=dose donnée; dose_mean=dose moyenne; dose_scatter=dispersion des doses;
doublings=doublements; drained=vidangé; drawable=prélevable; edge_dried=bords séchés; eliminated=éliminé;
endotoxin=endotoxines; endotoxin_per_vial=endotoxines par flacon; energy_dissipation=énergie dissipée;
enveloped_log_reduction=réduction log., virus enveloppés; enveloped_passed=virus enveloppés passés;
excipient=excipient; exposed=flacons exposés; film=film de condensat; fit=flacons conformes;
flawed=gâteaux défectueux acceptés; fit_accepted=conformes acceptés; flow=débit; flux=flux; foam=mousse;
fragment_fraction=taux de fragments;
fragments=fragments; freezings=congélations; front_speed=vitesse du front; frozen=part congelée;
galactosylation=galactosylation; glass_endotoxin=endotoxines du verre; glass_particles=particules du verre;
glucose=glucose; glutamine=glutamine; gold_log_reduction=réduction log., test à l'or; grown=germes formés;
growth_rate=vitesse de croissance; hcp=HCP; hcp_ratio=HCP par produit;
headspace_pressure=pression de l'espace de tête; heat=chaleur; heat_content=chaleur contenue;
histidine=histidine; hmw=agrégats; host_cell_protein=HCP; ice_fraction=part de glace;
immunogenicity_risk=risque d'immunogénicité; immunogenicity_risk_high=risque d'immunogénicité, borne haute;
immunogenicity_risk_low=risque d'immunogénicité, borne basse; in_body=dans le corps;
jacket_heat=chaleur de la double enveloppe; lactate=lactate; layering=stratification; leak_rate=débit de fuite;
leaking=flacons qui fuient; lethal_rate=vitesse létale; level=niveau; ligand=ligand;
liquid_volume=volume de liquide; load=charge de la colonne; log_reduction=réduction logarithmique; loss=perte;
lysed_fraction=part de cellules ouvertes; main_fraction=part de la forme principale;
mean_kinetic_temperature=température cinétique moyenne; medium_used=milieu consommé; melted=gâteaux fondus;
mixing_time=temps de mélange; moisture=humidité résiduelle; monomer=monomère; monomer_lost=monomère perdu;
monomer_mass=masse de monomère; mycoplasma_load=charge en mycoplasmes; open_vials=flacons ouverts;
osmolality=osmolalité; oxygen_transfer=transfert d'oxygène; oxygen_transfer_coefficient=kLa;
oxygen_uptake=consommation d'oxygène; pack_molten=part fondue des accumulateurs;
pack_temperature=température des accumulateurs; parvovirus=parvovirus; parvovirus_passed=parvovirus passés;
passages=repiquages; passing_air=air qui passe; passing_log_reduction=réduction log., ce qui passe;
passing_steam=vapeur qui passe; ph=pH; plate_height=hauteur de plateau; polysorbate=polysorbate;
polysorbate_added=polysorbate ajouté; polysorbate_volume=volume de polysorbate; pool_flow=débit vers le pool;
potency=activité; product=produit; product_lost=produit perdu; product_total=produit total;
productivity=productivité; protein_dried=protéine séchée; raised=bouchons hauts;
raised_accepted=bouchons hauts acceptés;
raised_share=part de bouchons hauts; reaction_risk=risque de réaction;
reaction_risk_high=risque de réaction, borne haute; reaction_risk_low=risque de réaction, borne basse;
reconstitution=temps de reconstitution; recovery=rendement; refused=flacons refusés; rejected=flacons rejetés;
rejected_share=part rejetée; residual_heat=chaleur restante; residual_water=eau résiduelle; salt=sel;
salt_share=part de sel; sampled=prélevé; sampled_share=part prélevée; saturation_gap=écart à la saturation;
serum_concentration=concentration sérique; shaft_speed=vitesse de l'arbre; shear_passes=passages en cisaillement;
shelf_heat=chaleur des étagères; slow_fraction=part de la zone lente; slow_ph=pH de la zone lente;
solids_volume=volume des solides; solutes=autres solutés; standing_lethality=létalité, eau stagnante;
stress=manque ressenti; strong_ions=ions forts; sublimed_water=eau sublimée; sucrose=saccharose;
sucrose_added=saccharose ajouté; supplied=fourni; supplied_product=produit fourni; surfactant=polysorbate;
suspect=flacons douteux; tissue_concentration=concentration tissulaire; titre=titre; tris=Tris;
turbidity=turbidité; unfit_accepted=non conformes acceptés; unmixed=part non mélangée;
upper_limit=limite supérieure; unloaded=flacons déchargés; vapour_flow=débit de vapeur;
vapour_fraction=part de vapeur; viability=viabilité;
viable=cellules viables; viable_cells=cellules viables; viable_density=densité de cellules viables; virus=virus;
viscosity=viscosité; volume=volume; wall_lethality=létalité à la paroi; wall_temperature=température de paroi;
warm_time=temps trop chaud; waste_flow=débit vers l'égout; water=eau; wettest=flacon le plus humide;
withdrawn_flow=débit soutiré
"""
_PLACES = {
    "pooled": "pool", "pool": "pool", "wasted": "égout", "waste": "égout", "held": "retenu", "sampled": "échantillons",
    "transferred": "transféré", "spilt": "répandu", "discarded": "éliminé", "recovered": "récupéré",
    "drained": "vidangé",
    "permeate": "perméat", "left": "resté", "lost": "perdu", "tank": "cuve", "bag": "poche", "accepted": "accepté",
    "rejected": "rejeté",
}
FRENCH: dict[str, str] = {
    name.strip(): said.strip() for name, _, said in (pair.partition("=") for pair in _FRENCH.split(";"))
}


def true_name(field: str, language: str) -> str:
    """``wasted_product`` as ``wasted product`` or ``égout · produit``; what has no French name keeps its own."""
    if language == "fr":
        if field in FRENCH:
            return FRENCH[field]
        place, _, what = field.partition("_")
        if place in _PLACES and what in FRENCH:
            return f"{_PLACES[place]} · {FRENCH[what]}"
    return field.replace("_", " ")
