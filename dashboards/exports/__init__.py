"""What a reader takes away from a board: CSV, spreadsheet, a word on where figures come from, the published file.

They must hold the same figures as the page, and nothing that it doesn't show.
"""

from dashboards.exports.routes import add_export_routes

__all__ = ["add_export_routes"]
