"""The design system: components, form fields, the Jinja2 environment."""
