"""The pages an officer sees: page models, templates, assets and their rendering.

Models say what a page shows, templates how; neither knows an aggregate, a table or a query.
"""
