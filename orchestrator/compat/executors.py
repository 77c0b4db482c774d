"""The executors that Dagster's users name. Until orch runs steps in parallel, each runs them one at a time."""

from orchestrator.definitions.jobs import ExecutorDefinition, multi_or_in_process_executor

multiprocess_executor = ExecutorDefinition("multiprocess")

