"""Runs a command and writes its peak resident memory in bytes to a file: peak.py FILE COMMAND …"""

import resource
import subprocess
import sys
from pathlib import Path

code = subprocess.run(sys.argv[2:], check=False).returncode
Path(sys.argv[1]).write_text(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024), encoding="utf-8")
sys.exit(code)
