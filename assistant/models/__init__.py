"""Chat models and embeddings, behind LangChain's interfaces; the only folder beside retrieval that names LangChain."""
