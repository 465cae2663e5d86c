"""Who calls the pipeline: one file a flow."""
