"""A spreadsheet as ministries have them: a cover, an old encoding, words that are no terms."""

import csv
import io

HEADS = ("Réf.", "Nom du projet", "Résumé", "Pays", "ODD", "Début", "Organisme", "Site web")
ROWS = (
    ("{0}-1", "Cliniques connectées {0}", "Conseil à distance dans douze cliniques.", "Sénégal",
     "3; 9", "01/02/2021", "Ministère de la Santé", "https://cliniques.example.org"),
    ("{0}-2", "École à l’écran {0}", "Des cours en ligne pour les îles éloignées.", "Senegal",
     "ODD 4", "15/09/2019", "Réseau des écoles", "https://ecole.example.org"),
    ("{0}-3", "Marché mobile {0}", "Les récoltes sont vendues par téléphone.",
     "Côte d'Ivoire; Mali", "2; 8", "2020", "Coopérative du Nord", ""),
    ("{0}-4", "Ciel clair {0}", "Des capteurs mesurent l’air du littoral.", "Pays de Galles",
     "11; 13", "31/02/2022", "Observatoire", ""),
)  # fmt: skip


def messy(mark: str) -> bytes:
    """Windows-1252, semicolons, the heads in row 3; ``mark`` makes its projects its own."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=";")
    table.writerows([["Registre du ministère", *[""] * 7], [""] * 8, HEADS])
    table.writerows([cell.format(mark) for cell in row] for row in ROWS)
    return written.getvalue().encode("cp1252")
