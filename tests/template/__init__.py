"""What must hold of template.yaml, whoever changes it next."""
