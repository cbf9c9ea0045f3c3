"""Call scripts: what a bank's people say on the telephone, put together from lines and proved."""
