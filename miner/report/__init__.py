"""Figures to look at rather than read: one page that shows the texts, their figures and what was checked of them."""

from miner.report.build import Report, make_report, report_of

__all__ = ["Report", "make_report", "report_of"]
