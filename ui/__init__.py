"""The pages, in Gradio, mounted on the API's application."""
