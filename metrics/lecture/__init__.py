"""Reading boards from the publication in force. It must not count: cubes and publication do."""

from metrics.lecture.lecteur import Lecteur

__all__ = ["Lecteur"]
