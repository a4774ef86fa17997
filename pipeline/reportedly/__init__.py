"""Who claimed what, when: entities, calendar dates and attributed claims from news articles, as JSON Lines."""

__version__ = "0.1.0"
