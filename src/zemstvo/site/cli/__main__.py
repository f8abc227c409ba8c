"""`python -m zemstvo.site.cli`, which `./zemstvo` hands over to."""

import sys

from zemstvo.site.cli.main import main

sys.exit(main())
