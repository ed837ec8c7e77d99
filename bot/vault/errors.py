"""What can go wrong in the vault. Each docstring is the message."""

from __future__ import annotations


class VaultError(Exception):
    """The vault cannot be opened."""

    def __init__(self, detail: str = "") -> None:
        message = type(self).__doc__ or ""
        super().__init__(f"{message} {detail}".strip())


class KeyringTooOpen(VaultError):
    """Others on this machine can read the keyring; run chmod 600 on it and rotate the keys."""


class KeyringUnreadable(VaultError):
    """The keyring is damaged or is not a keyring; restore it from a backup."""


class Unreadable(VaultError):
    """This value cannot be decrypted: its key is gone, or it was moved or changed."""
