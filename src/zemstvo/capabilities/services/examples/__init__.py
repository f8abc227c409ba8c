"""Playing a sample case: checked, run through its states, its days reckoned, its letters written.

Pure: the calendar of an example is Saturdays and Sundays, its `days_off`, less its `working_days`. The day
on which the answer is due is reckoned as for a real case, with territory.rules.
"""

from zemstvo.capabilities.services.examples.playing import play

__all__ = ["play"]
