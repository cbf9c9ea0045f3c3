"""The API, in FastAPI: what other programs ask of the desk."""
