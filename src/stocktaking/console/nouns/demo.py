"""``stocktaking demo``: a register to try, filled, with an account for every role."""

import os
from pathlib import Path

import click

from stocktaking.console.server import require_free, serve, worker_beside
from stocktaking.console.start import start_django

STAGES = ("framework", "register")


@click.command()
@click.option("--prepare-only", is_flag=True, help="Stop before serving.")
@click.option(
    "--stage",
    type=click.Choice(STAGES),
    default="register",
    show_default=True,
    help="How far to go: the framework alone, or with entries and index.",
)
@click.option("--reset", is_flag=True, help="Begin anew: what the demo holds is removed.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, envvar="PORT", type=click.IntRange(1, 65535)
)
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the demo (else STOCKTAKING_DATA_DIR, else ./var).",
)
def command(
    prepare_only: bool, stage: str, reset: bool, host: str, port: int, data_dir: Path | None
) -> None:
    """Prepare the demo register in its folder, then serve it with its worker.

    It may be run again at any time: what is there stays. The sign-in links printed are for
    demos only: each works once and stands in for the second factor.
    """
    if not prepare_only:
        require_free(host, port)
    if data_dir is not None:
        os.environ["STOCKTAKING_DATA_DIR"] = str(data_dir.absolute())
    os.environ.setdefault("STOCKTAKING_BASE_URL", f"http://127.0.0.1:{port}")
    os.environ["STOCKTAKING_DEMO"] = "1"
    start_django()
    from stocktaking.console.demo import prepare  # noqa: PLC0415 - reads the settings chosen above

    prepare(stage=stage, reset=reset)
    if prepare_only:
        return
    click.echo(f"\nServing on {os.environ['STOCKTAKING_BASE_URL']}/ (stop with Ctrl-C)")
    with worker_beside():
        serve(host=host, port=port)
