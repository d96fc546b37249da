"""``stocktaking doctor``: what is configured, missing or risky."""

import json
from dataclasses import asdict

import click

from stocktaking.console.health import findings
from stocktaking.console.health.finding import Finding, Level

MARKS = {Level.OK: ("ok", "green"), Level.WARN: ("warn", "yellow"), Level.FAIL: ("FAIL", "red")}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For machines: a list of findings.")
def command(as_json: bool) -> None:
    """Look at this installation: what is configured, missing or risky, and what to do.

    The exit status is 1 when something fails, else 0.
    """
    found = []
    for finding in findings():
        found.append(finding)
        if not as_json:
            tell(finding)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in found], indent=1))
    else:
        counts = {level: sum(1 for one in found if one.level is level) for level in Level}
        click.echo(", ".join(f"{level.value} {number}" for level, number in counts.items()))
    if any(finding.level is Level.FAIL for finding in found):
        raise SystemExit(1)


def tell(finding: Finding) -> None:
    """One line, and a second one with what to do."""
    word, colour = MARKS[finding.level]
    click.echo(f"{click.style(f'{word:<5}', fg=colour)} {finding.name:<12} {finding.message}")
    if finding.advice:
        click.echo(f"{'':18} {finding.advice}")
