//! Nothing but its benchmark: see `run.sh`.
