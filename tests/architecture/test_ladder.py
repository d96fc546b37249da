"""What import-linter cannot see: relations written as strings, and the order of the apps."""

import subprocess
import sys
from pathlib import Path

from django.apps import apps
from django.conf import settings
from tests.architecture.sources import ROOT, Offences, floors

Relations = list[tuple[str, str, str]]  # app that points, app pointed at, name of the field


def height(app: str) -> int:
    """How high an app stands; the kernel is 0."""
    return next(n for n, floor in enumerate(reversed(floors())) if app in floor)


def pointing_up(relations: Relations) -> Offences:
    return [
        f"{field} points from {source} up to {target}"
        for source, target, field in relations
        if source != target and height(target) >= height(source)
    ]


def relations() -> Relations:
    ours = {config.label for config in apps.get_app_configs() if is_ours(config.name)}
    return [
        (
            model._meta.app_label,
            field.related_model._meta.app_label,
            f"{model.__name__}.{field.name}",
        )
        for model in apps.get_models()
        if model._meta.app_label in ours
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.is_relation and field.related_model._meta.app_label in ours
    ]


def is_ours(app: str) -> bool:
    return app.startswith("stocktaking.")


def test_no_relation_points_up_the_ladder() -> None:
    found = relations()
    assert ("accounts", "reference", "Organisation.country") in found
    assert pointing_up(found) == []


def test_relation_that_points_up_is_found() -> None:
    planted = [("reference", "accounts", "Term.owner"), ("web", "web", "Page.parent")]
    assert pointing_up(planted) == ["Term.owner points from reference up to accounts"]


def test_installed_apps_stand_in_the_order_of_the_ladder() -> None:
    ours = [app.split(".")[1] for app in settings.INSTALLED_APPS if is_ours(app)]
    assert ours == sorted(ours, key=height)
    assert len(set(ours)) == len(ours)


def test_every_app_is_installed() -> None:
    installed = {app.split(".")[1] for app in settings.INSTALLED_APPS if is_ours(app)}
    present = {path.parent.name for path in (ROOT / "src" / "stocktaking").glob("*/apps.py")}
    assert installed == present


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [str(program), "--no-cache"],
        cwd=root,
        env={"PYTHONPATH": str(root / "src"), "PATH": "", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_ladder_of_imports_is_kept() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout
    assert "4 kept, 0 broken" in result.stdout


def test_import_up_the_ladder_is_found(tmp_path: Path) -> None:
    copy_package(tmp_path)
    planted = tmp_path / "src" / "stocktaking" / "kernel" / "planted.py"
    planted.write_text("def later():\n    from stocktaking.entries import models\n")
    result = lint_imports(tmp_path)
    assert result.returncode == 1
    assert "stocktaking.kernel.planted -> stocktaking.entries.models" in result.stdout


def copy_package(folder: Path) -> None:
    """The Python files of the package and its contracts, without anything else."""
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for path in (ROOT / "src").rglob("*.py"):
        copy = folder / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
