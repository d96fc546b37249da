"""What ``stocktaking doctor`` looks at, in groups: machine, database, settings, mail, providers
of identity, content."""

from collections.abc import Callable, Iterator

from stocktaking.console.health import content, identity, machine, mail, settings, storage
from stocktaking.console.health.finding import Finding, failed

Check = Callable[[], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (
    machine.python,
    machine.data_folder,
    machine.clock_offset,
    storage.database,
    storage.migrations,
    settings.secret_key,
    settings.addresses,
    settings.proxies,
    settings.debugging,
    mail.transport,
    mail.sender,
    mail.waiting,
    identity.providers,
    settings.responsible,
    settings.framework_checks,
    content.catalogue_loaded,
    content.texts,
    content.administrators,
    content.index,
    content.outlines,
    content.messages,
)


def findings() -> Iterator[Finding]:
    """Every finding of every check; a check that breaks is itself a finding."""
    for check in CHECKS:
        try:
            yield from check()
        except Exception as error:  # the doctor goes on to the next check
            name = check.__name__.replace("_", " ")
            yield failed(name, f"could not be looked at: {error}", "See the lines above first.")
