"""The vault's cryptography and upkeep (kho bảo mật); its rows are in infra/postgres/vault.py."""
