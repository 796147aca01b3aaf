"""The component kit: every layout and component with sample views, for those who build pages.

`python -m autodoctor.entrypoints.web.kit` serves it, together with the public pages, under the
headers of the real thing; a development server shows it at /dev/kit.
"""
