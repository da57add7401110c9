"""The only place that knows everything: settings, addresses, roles, and how they are started."""
