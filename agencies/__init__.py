"""The register of units, each with its dates, so that a merger never breaks a series."""
