"""What scripts/generate-api makes of botocore's model of the API is what the product is built of."""

import pathlib
import subprocess
import sys

SCRIPT = pathlib.Path(__file__).parents[2] / "scripts/generate-api"


def test_the_generated_files_are_what_the_script_makes():
    checked = subprocess.run([sys.executable, SCRIPT, "--check"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
