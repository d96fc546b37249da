"""``stocktaking serve``: the site, on loopback unless told otherwise."""

import click

from stocktaking.console.server import THREADS, require_free, serve


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, envvar="PORT", type=click.IntRange(1, 65535)
)
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes.")
@click.option(
    "--threads",
    default=THREADS,
    show_default="by the number of processors",
    type=click.IntRange(1),
    help="Per process.",
)
def command(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the site; put a proxy that speaks HTTPS in front of it."""
    require_free(host, port)
    click.echo(f"Serving on http://{host}:{port}/ (stop with Ctrl-C)")
    serve(host=host, port=port, workers=workers, threads=threads)
