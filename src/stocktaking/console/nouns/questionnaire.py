"""``stocktaking questionnaire``: questionnaires from and to files."""

from pathlib import Path

import click

from stocktaking.console.refusals import told
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken, RulesBroken
from stocktaking.questionnaires.models import QuestionnaireVersion
from stocktaking.questionnaires.operations import load_questionnaire
from stocktaking.questionnaires.queries import definition
from stocktaking.questionnaires.rules.documents import write


@click.group()
def group() -> None:
    """Questionnaires as files that can be read, compared and edited."""


@group.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--freeze", is_flag=True, help="Freeze the version, so that it can be answered.")
def load(file: Path, freeze: bool) -> None:
    """Let the draft of a questionnaire say what FILE says.

    The file names the questionnaire; a version that is frozen stays, and a new draft is opened.
    """
    try:
        text = file.read_text(encoding="utf-8")
        loaded = load_questionnaire(text=text, by=None, at=clock.now(), freeze=freeze)
    except UnicodeDecodeError as error:
        raise click.ClickException("the file is not UTF-8") from error
    except RuleBroken as refused:
        for one in refused.errors if isinstance(refused, RulesBroken) else [refused]:
            click.echo(told(one), err=True)
        raise click.exceptions.Exit(1) from refused
    version = loaded.version
    done = "saved" if loaded.changed else "unchanged"
    click.echo(f"{version.questionnaire.slug} version {version.number} {done}, {version.state}")


@group.command()
@click.argument("slug")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--version", "number", type=int, help="Which version (else the newest).")
def dump(slug: str, file: Path, number: int | None) -> None:
    """Write the questionnaire SLUG to FILE (- for the standard output)."""
    versions = QuestionnaireVersion.objects.filter(questionnaire__slug=slug)
    wanted = versions.filter(number=number) if number is not None else versions
    version = wanted.order_by("-number").first()
    if version is None:
        raise click.ClickException("there is no such questionnaire, or no such version")
    text = write(definition(version.pk))
    if str(file) == "-":
        click.echo(text, nl=False)
    else:
        file.write_text(text, encoding="utf-8")
        click.echo(f"{slug} version {version.number} written")
