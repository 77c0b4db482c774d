"""`import orchestrator.compat.install` makes `import dagster` mean orch, from then on and in this process."""

from orchestrator.compat.finder import install

install()
