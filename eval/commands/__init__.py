"""The acts of `copydesk eval`, a file each: `options(parser)` and `run(given)`."""
