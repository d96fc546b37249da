"""Build hook: compile the message catalogues, so that no machine needs system gettext."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        script = runpy.run_path(str(root / "scripts" / "compile_messages"))
        script["compile_all"](root / "src")
