"""YAML files that people write: read with file, line and column, and held to pydantic models in our own words."""
