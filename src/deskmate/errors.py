"""What can go wrong, said to the person at the keyboard."""

DONE, REFUSED, USAGE = 0, 1, 2


class DeskmateError(Exception):
    """Something was refused: what happened, what to do about it, and the exit code it means.

    ``message`` says what happened and that nothing was lost; ``hint`` says what to do next.
    """

    exit_code = REFUSED

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(DeskmateError):
    """The words on the command line are not understood."""

    exit_code = USAGE
