"""Has a process of root obey permissions, as those of everybody else do."""

import ctypes
import os

_CAP_DAC_OVERRIDE, _PR_CAPBSET_DROP = 1, 24  # linux/capability.h, linux/prctl.h


def obey_permissions() -> None:
    """Root may write everywhere; a process that has lost this right is told no like everybody else.

    To be called in a child before it becomes the program: `preexec_fn`.
    """
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, _CAP_DAC_OVERRIDE, 0, 0, 0)
