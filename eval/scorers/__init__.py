"""Plain functions with a version, each giving an answer its scores."""
