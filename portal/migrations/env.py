"""Where Alembic learns which tables there should be."""

from alembic import context

import portal.migrating

portal.migrating.run(context)
